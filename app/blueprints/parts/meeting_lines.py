"""Meetings and groups in the reader's words, as the pieces of the pages want them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import url_for

from app.blueprints.web.languages import current
from app.blueprints.web.languages import gettext as _
from app.domain.confirmation import Freshness
from app.domain.listing import Feature, Listing
from app.domain.meeting import MEETS, Difference, Meeting, Status
from app.domain.place import Place
from app.domain.seating import Availability
from app.domain.week import Week
from app.domain.zones import HOME, day_at_home
from app.formats import wording
from app.formats.zones import hour_for_reader, hours_for_reader
from app.records.groups import Group

Label = tuple[str, str]

_KINDS = {
    Difference.PAUSED: "paused",
    Difference.CANCELLED: "cancelled",
    Difference.SHUT: "cancelled",
    Difference.HOLIDAY: "ask",
    Difference.MOVED: "moved",
    Difference.ELSEWHERE: "elsewhere",
    Difference.OPEN: "open",
    Difference.CLOSED: "closed",
    Difference.THEME: "theme",
    Difference.NOTE: "note",
}
BETWEEN = "\N{NO-BREAK SPACE}· "
_COMMA = {"ar": "\N{ARABIC COMMA} "}
"""Between the parts of where a group is."""
EVENING = 17
DAYS_BY_NAME = 7
"""Within so many days the name of a weekday says which one."""
DAYS_WITHOUT_YEAR = 300
"""A day longer ago is shown with its year."""


@dataclass(frozen=True)
class WeekLine:
    """One row of a week strip; the names are those of the macro `week_row`."""

    number: str
    date: str
    time: str
    theme: str
    label: Label | None
    current: bool
    off: bool
    href: str | None = None


def week_line(
    meeting: Meeting, today: date, href: str | None = None, *, for_public: bool = False
) -> WeekLine:
    """Return a meeting as a row of the week strip; `for_public` by the clock of whoever reads."""
    language = current()
    labels = labels_of(meeting)
    if for_public:
        hour = hour_for_reader(meeting.starts, language)
        day = meeting.seen_in(HOME).day
    else:
        hour, day = wording.clock_time(meeting.starts, language), meeting.day
    return WeekLine(
        number=_("wk %(number)s", number=meeting.week.iso[1]),
        date=wording.short_day(day, language),
        time=hour if meeting.is_on else "–",
        theme=wording.theme_name(meeting.theme, language) if meeting.is_on else "",
        label=labels[0] if labels else None,
        current=meeting.week == Week.of(today),
        off=not meeting.is_on,
        href=href,
    )


def labels_of(meeting: Meeting) -> list[Label]:
    """Return what makes a meeting unlike the others; only the reason when it is not on."""
    found = [one for one in _KINDS if one in meeting.differences]
    if not meeting.is_on:
        found = found[:1]
    return [(_KINDS[one], _in_words(one, meeting)) for one in found]


def near_day(day: date, today: date, starts: datetime) -> str:
    """Return `vandaag`, `vanavond`, `morgen`, or nothing for a day further off."""
    if day == today:
        return _("vanavond") if starts.hour >= EVENING else _("vandaag")
    if day == today + timedelta(days=1):
        return _("morgenavond") if starts.hour >= EVENING else _("morgen")
    return ""


def moment_in_words(meeting: Meeting, today: date) -> str:
    """Return `morgen 19.30`, `woensdag 19.30`, further off `maandag 14 december 19.30`."""
    language, ahead = current(), (meeting.day - today).days
    if ahead == 1:
        day = _("morgen")
    elif 1 < ahead < DAYS_BY_NAME:
        day = wording.weekday_name(meeting.day.isoweekday(), language)
    else:
        day = wording.day_in_words(meeting.day, language)
    return f"{day} {wording.clock_time(meeting.starts, language)}"


def next_in_words(meeting: Meeting, today: date, *, for_public: bool = False) -> tuple[str, str]:
    """Return the largest words of a group page, and the line below them.

    (`Vanavond, 19.30–21.30`, `maandag 23 november`), further off (`maandag 30 november`,
    `19.30–21.30`).
    """
    language = current()
    hours = hours_for_reader(meeting, language) if for_public else wording.hours(meeting, language)
    here = meeting.seen_in(HOME) if for_public else meeting
    day = wording.day_in_words(here.day, language)
    near = near_day(here.day, today, here.starts)
    comma = _COMMA.get(language, ", ")
    return (f"{near.capitalize()}{comma}{hours}", day) if near else (f"{day}{comma}{hours}", "")


def public_line(
    listing: Listing, meeting: Meeting | None, now: datetime, kilometres: int | None = None
) -> dict[str, Any]:
    """Return the same for anybody: by the clock of whoever reads, with what is under way."""
    today = day_at_home(now)
    line = meeting_line(listing, meeting, today, kilometres)
    if meeting is None:
        return line
    language, here = current(), meeting.seen_in(HOME)
    short = wording.short_weekday(here.starts.isoweekday(), language)
    near = near_day(here.day, today, here.starts) or wording.short_date(here.day, language)
    line |= {"when": f"{short} {hour_for_reader(meeting.starts, language)}", "nearer": near}
    if meeting.is_under_way(now):
        if here.day < today:
            line["nearer"] = _("nu")
        line["status"] = [*under_way_label(meeting, now), *line["status"]]
    return line


def under_way_label(meeting: Meeting, now: datetime) -> list[Label]:
    """Return that one may still come to a meeting that has begun: one line, on a phone too."""
    if not meeting.is_under_way(now):
        return []
    return [("on", _("nu bezig, kom er gerust bij"))]


def off_label(meeting: Meeting, now: datetime) -> list[Label]:
    """Return that a meeting before the one that is shown is not on: `vanavond gaat niet door`."""
    here, today = meeting.seen_in(HOME), day_at_home(now)
    day = near_day(here.day, today, here.starts) or wording.short_date(here.day, current())
    return [(kind, _("%(day)s %(what)s", day=day, what=what)) for kind, what in labels_of(meeting)]


def meeting_line(
    listing: Listing, meeting: Meeting | None, today: date, kilometres: int | None = None
) -> dict[str, Any]:
    """Return a group in a list, as keyword arguments of the macro `meeting_line`."""
    language = current()
    line: dict[str, Any] = {
        "href": url_for("groups.show", slug=listing.slug),
        "name": listing.name,
        "where": BETWEEN.join(_where(listing, meeting.place if meeting else None, kilometres)),
        "fellowship": listing.fellowship.in_full,
        "colour": listing.fellowship.colour,
        "nearer": "",
        "what": "",
        "off": False,
    }
    if meeting is None:
        return line | {
            "when": wording.word(listing.status, language),
            "status": [("preparing", _("locatie en tijd volgen")), *_unsure_label(listing, today)]
            if listing.status is Status.PREPARING
            else [],
        }
    short = wording.short_weekday(meeting.starts.isoweekday(), language)
    return line | {
        "when": f"{short} {wording.clock_time(meeting.starts, language)}",
        "nearer": near_day(meeting.day, today, meeting.starts)
        or wording.short_date(meeting.day, language),
        "what": wording.theme_name(meeting.theme, language) if meeting.is_on else "",
        "status": [
            *labels_of(meeting),
            *availability_label(listing, meeting),
            *_unsure_label(listing, today),
        ],
        "off": not meeting.is_on,
    }


def availability_label(listing: Listing, meeting: Meeting | None = None) -> list[Label]:
    """Return whether there is a seat, unless the group is not meeting anyway."""
    if listing.availability is Availability.UNSAID or (meeting is not None and not meeting.is_on):
        return []
    return [(str(listing.availability), wording.word(listing.availability, current()))]


def confirmation_label(listing: Listing | Group, today: date) -> list[Label]:
    """Return how sure a reader may be of a group that meets, or prepares to."""
    stands = listing.freshness(today)
    if listing.status not in MEETS:
        return []
    if stands is Freshness.ASK_FIRST or listing.confirmed_on is None:
        return [("ask", _("vraag dit even na"))]
    is_old = (today - listing.confirmed_on).days > DAYS_WITHOUT_YEAR
    day = wording.short_date(listing.confirmed_on, current(), year=is_old)
    kind = "confirmed" if stands is Freshness.GREEN else "ask"
    return [(kind, _("bevestigd %(day)s", day=day))]


def is_unsure(confirmation: list[Label]) -> bool:
    """Tell whether a label of confirmation asks for anything."""
    return any(kind == "ask" for kind, _ in confirmation)


def _unsure_label(listing: Listing, today: date) -> list[Label]:
    """Return the same for lists, which stay calm: nothing while it is green."""
    label = confirmation_label(listing, today)
    return label if is_unsure(label) else []


def place_in_lines(place: Place | None, listing: Listing) -> list[str]:
    """Return a place as the lines of an address."""
    if place is None or place.hidden:
        return [wording.where(place, listing, current())]
    lines = [place.name, place.street, f"{place.postcode} {place.town}".strip()]
    if place.is_online:
        lines.append(_("Ook online") if place.has_building else _("Online"))
    return [line for line in lines if line]


def distance_in_words(kilometres: int) -> str:
    """Return a distance to a kilometre; number and unit stay on one line."""
    far = _("%(number)s km", number=kilometres) if kilometres else _("minder dan 1 km")
    return far.replace(" km", "\N{NO-BREAK SPACE}km")


def _where(listing: Listing, place: Place | None, kilometres: int | None) -> list[str]:
    town = (place.town if place else "") or listing.town
    parts = [town] if town else []
    if kilometres is not None:
        parts.append(distance_in_words(kilometres))
    if place and place.is_online:
        parts.append(_("online"))
    if Feature.WHEELCHAIR in listing.features:
        parts.append(_("rolstoel"))
    return parts


def _in_words(difference: Difference, meeting: Meeting) -> str:
    text = wording.word(difference, current())
    if difference in (Difference.CANCELLED, Difference.SHUT) and meeting.reason:
        return _("%(what)s: %(reason)s", what=text, reason=meeting.reason)
    if meeting.holiday and difference is Difference.HOLIDAY:
        name = wording.word(meeting.holiday.name, current())
        return _("%(what)s: %(reason)s", what=text, reason=name)
    if difference is Difference.MOVED:
        same_day = meeting.starts.date() == meeting.usually_starts.date()
        return _("andere tijd") if same_day else _("andere dag")
    if difference is Difference.ELSEWHERE and meeting.place and meeting.place.name:
        return _("%(what)s: %(reason)s", what=text, reason=meeting.place.name)
    if difference is Difference.NOTE:
        return meeting.note
    return text


def place_words(place: Place, language: str) -> str:
    """Return a place in one line for its own people, whole."""
    if not place.has_building:
        return ", ".join(part for part in (_("Online"), place.name) if part)
    return ", ".join(part for part in (place.name, place.address) if part) or wording.word(
        place.kind, language
    )
