"""Hours by the clock of whoever reads, and the names of time zones."""

from datetime import datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones

from babel.core import get_global
from babel.dates import get_timezone_location

from app.domain.meeting import Meeting
from app.domain.zones import HOME
from app.formats.wording import clock_time, gettext_in, hours, known


def hour_for_reader(moment: datetime, language: str) -> str:
    """Return `19.30`, and where the group's clock says otherwise `01.00 (19.00 in Toronto)`."""
    return _with_there(clock_time(moment.astimezone(HOME), language), moment, language)


def hours_for_reader(meeting: Meeting, language: str) -> str:
    """Return `19.30–21.30`, or `01.00–02.30 (19.00 in Toronto)`."""
    return _with_there(hours(meeting.seen_in(HOME), language), meeting.starts, language)


def city_of(zone: str, language: str) -> str:
    """Return `Toronto` for `America/Toronto`; the name of the zone where it is of no city."""
    if "/" not in zone or zone.startswith("Etc/"):
        return zone
    return get_timezone_location(zone, locale=known(language), return_city=True)


AMBIGUOUS = frozenset({"EST", "MST", "HST"})
"""Of a zone without summer time to IANA, of one with it to who writes a list."""


def zone_named(text: str) -> str | None:
    """Return the IANA name of a zone as people and lists write it, or None when it is none.

    Old names become today's (`Europe/Kiev`, `US/Eastern`), capitals do not matter, and Windows'
    own names (CLDR's windowsZones) are known.
    """
    name = _known().get(text.strip().casefold())
    if name is None:
        name = get_global("windows_zone_mapping").get(text.strip())
    if name is None or name in AMBIGUOUS:
        return None
    links, todays = _links()
    return name if name in todays else links.get(name, name)


@cache
def _known() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}


@cache
def _links() -> tuple[dict[str, str], frozenset[str]]:
    """Return what each other name stands for, and the names that a country has today (tzdata)."""
    data = files("tzdata") / "zoneinfo"
    rows = (row.split() for row in (data / "tzdata.zi").read_text().splitlines())
    links = {row[2]: row[1] for row in rows if row[:1] == ["L"] and not row[1].startswith("Etc/")}
    table = (data / "zone.tab").read_text().splitlines()
    return links, frozenset(row.split("\t")[2] for row in table if not row.startswith("#"))


def _with_there(here: str, moment: datetime, language: str) -> str:
    zone = moment.tzinfo
    if not isinstance(zone, ZoneInfo) or moment.astimezone(HOME).utcoffset() == moment.utcoffset():
        return here
    _ = gettext_in(language)
    return _(
        "%(here)s (%(there)s in %(city)s)",
        here=here,
        there=clock_time(moment, language),
        city=city_of(zone.key, language),
    )
