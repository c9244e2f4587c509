"""The words of a printed list, in the order in which they stand on the paper."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from enum import StrEnum
from itertools import groupby
from typing import Any

from app.domain.geography.alphabet import sorting
from app.domain.listing import Feature, Listing
from app.domain.meeting import Meeting
from app.domain.place import Kind
from app.domain.seating import Availability
from app.domain.zones import HOME
from app.formats.printed.entry import (
    ASK,
    DIFFERS,
    FREE,
    FULL,
    PREPARING,
    SURE,
    WALK_IN,
    WHEELCHAIR,
    entry_in_words,
    slot_of,
    standing_of,
)
from app.formats.printed.typesetting import breakable
from app.formats.wording import (
    day_in_words,
    gettext_in,
    weekday_name,
    word,
)


class Order(StrEnum):
    DAY = "day"
    PLACE = "place"


def list_in_words(
    listings: Sequence[Listing],
    *,
    title: str,
    site: str,
    source: str,
    today: date,
    language: str,
    order: Order,
    relatives: Sequence[Listing],
    kilometres: Mapping[str, int],
    meetings: Sequence[Meeting] = (),
) -> dict[str, Any]:
    """Return what templates/printed/list.typ shows: strings, and lists of them.

    With `meetings`, of each listing one: a list of these days, instead of what is usual.
    """
    _ = gettext_in(language)

    def entries(some: Iterable[Listing], *, with_day: bool) -> list[dict[str, Any]]:
        return [
            entry_in_words(one, site, today, language, kilometres.get(one.slug), with_day=with_day)
            for one in some
        ]

    def of_weeks() -> list[dict[str, Any]]:
        with_time = [one for one in listings if standing_of(one, today)]
        without = [one for one in listings if not standing_of(one, today)]
        sections = [
            {"title": name, "entries": entries(some, with_day=order is Order.PLACE)}
            for name, some in _in_sections(with_time, today, language, order)
        ]
        if without:
            sections.append(
                {"title": _("Dag en tijd volgen"), "entries": entries(without, with_day=True)}
            )
        return sections

    number = sum(one.is_on for one in meetings) if meetings else len(listings)
    return {
        "language": language,
        "title": breakable(title),
        "count": _count(number, language),
        "legend": _legend([*listings, *relatives], language),
        "sections": _of_days(listings, meetings, site, today, language, kilometres)
        if meetings
        else of_weeks(),
        "relatives_title": _("Voor familie en vrienden"),
        "relatives": entries(relatives, with_day=True),
        "beside": _("Naast elkaar genoemd, niet aan elkaar verbonden."),
        "empty": _("Hier vonden we geen groep."),
        "source": source,
        "current": _("Altijd actueel: %(address)s", address=breakable(source)),
        "printed": _("Lijst van %(day)s", day=day_in_words(today, language, year=True)),
        "page": _("Bladzijde %(page)s van %(pages)s", page="{page}", pages="{pages}"),
    }


def _of_days(
    listings: Sequence[Listing],
    meetings: Sequence[Meeting],
    site: str,
    today: date,
    language: str,
    kilometres: Mapping[str, int],
) -> list[dict[str, Any]]:
    """Return a section for each day, in the order of the meetings; what is not on stands apart."""
    _ = gettext_in(language)
    sections: dict[str, list[dict[str, Any]]] = {}
    for one, meeting in zip(listings, meetings, strict=True):
        far = kilometres.get(one.slug)
        entry = entry_in_words(
            one, site, today, language, far, with_day=not meeting.is_on, meeting=meeting
        )
        day = max(meeting.seen_in(HOME).day, today)
        title = day_in_words(day, language) if meeting.is_on else _("Gaat niet door")
        sections.setdefault(title, []).append(entry)
    return [{"title": title, "entries": some} for title, some in sections.items()]


def _in_sections(
    listings: Sequence[Listing], today: date, language: str, order: Order
) -> list[tuple[str, list[Listing]]]:
    """Return (heading, listings) in order: Monday to Sunday, or towns from A to Z, online last."""
    _ = gettext_in(language)

    def by_time(listing: Listing) -> tuple[int, time, str, str]:
        usual = standing_of(listing, today)
        assert usual is not None
        names = sorting(listing.town), sorting(listing.name)
        return usual.starts.isoweekday(), usual.starts.time(), *names

    if order is Order.DAY:
        days = groupby(sorted(listings, key=by_time), key=lambda one: by_time(one)[0])
        return [(weekday_name(day, language), list(some)) for day, some in days]

    def town(listing: Listing) -> tuple[bool, str]:
        slot = slot_of(listing, today)
        place = slot.place if slot else None
        if place and place.kind is Kind.ONLINE:
            return True, _("Online")
        name = (place.town if place else "") or listing.town
        return not name, name or _("Plaats volgt")

    towns = sorted(listings, key=lambda one: (_sorting(*town(one)), by_time(one)))
    return [(name, list(some)) for (_last, name), some in groupby(towns, key=town)]


def _sorting(is_last: bool, name: str) -> tuple[bool, str]:
    """Return a key that puts `'s-Hertogenbosch` under the h, as Dutch lists do."""
    return is_last, sorting(name)


def _count(groups: int, language: str) -> str:
    _ = gettext_in(language)
    return _("1 groep") if groups == 1 else _("%(number)s groepen", number=groups)


def _legend(listings: Sequence[Listing], language: str) -> list[list[str]]:
    """Return (sign, meaning) of the signs that this list uses."""
    _ = gettext_in(language)
    used = {one.availability for one in listings}
    has_wheelchair = any(Feature.WHEELCHAIR in one.features for one in listings)
    meanings = [
        (FREE, _("er is plek"), Availability.FREE in used),
        (FULL, _("vol; je kunt op de wachtlijst"), Availability.FULL in used),
        (PREPARING, _("wordt opgezet; je kunt je plek al vragen"), Availability.PREPARING in used),
        (WALK_IN, _("loop gewoon binnen, zonder te vragen"), Availability.WALK_IN in used),
        (SURE, _("toen voor het laatst bevestigd door de groep"), True),
        (ASK, _("lang niet bevestigd: bel of schrijf voor je gaat"), True),
        (DIFFERS, _("de komende weken anders"), True),
        (WHEELCHAIR, word(Feature.WHEELCHAIR, language), has_wheelchair),
    ]
    words = [
        (_("open"), _("iedereen mag komen kijken"), any(one.is_open for one in listings)),
        (
            _("gesloten"),
            _("voor wie zelf mee wil doen"),
            any(one.is_open is False for one in listings),
        ),
    ]
    return [[sign, meaning] for sign, meaning, is_used in [*meanings, *words] if is_used]
