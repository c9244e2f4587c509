"""The words of a calendar event: title, text and place, in the group's language."""

import re
from urllib.parse import quote, urlsplit

from app.domain.listing import Listing
from app.domain.meeting import Difference, Meeting, Status
from app.domain.place import Place
from app.domain.seating import Availability
from app.formats.text import UNSEEN, large_first
from app.formats.who_sees import who_may_come
from app.formats.wording import (
    KEPT,
    clock_time,
    gettext_in,
    theme_name,
    weekday_name,
    where,
    word,
)  # fmt: skip

SUMMARY_LENGTH = 60
"""Lock screens cut off what is longer."""
GROUP_LENGTH = 28
"""Of a group's name before the title, so that the title is still to be read."""
DESCRIPTION_LENGTH = 500
LOCATION_LENGTH = 200
NAME_LENGTH = 80

_URI_CHARACTERS = ":/?#[]@!$&'()*+,;=%-._~"


@KEPT
def one_line(text: str, length: int) -> str:
    """Return a text on one line without controls, cut after a word when it is longer."""
    words = " ".join(UNSEEN.sub("", text).split())
    words = words.replace("\\N", "/N")  # icalendar writes a typed backslash and N as a new line
    return _shortened(words, length)


def summary(meeting: Meeting, listing: Listing) -> str:
    """Return the title: the theme, or else the group's name, and whether it is off or moved.

    The mark stands in the words because Outlook does not look at STATUS.
    """
    subject = theme_name(meeting.theme, listing.language).strip() or listing.name
    return _titled(subject, meeting, listing, SUMMARY_LENGTH)


def summary_among_others(meeting: Meeting, listing: Listing) -> str:
    """Return the title beside those of other groups: the name of this one comes first."""
    group = one_line(listing.name, GROUP_LENGTH)
    theme = theme_name(meeting.theme, listing.language).strip()
    if not group or not theme:
        return _titled(theme or group, meeting, listing, SUMMARY_LENGTH)
    room = SUMMARY_LENGTH - len(group) - len(": ")
    return f"{group}: {_titled(theme, meeting, listing, room)}"


def _titled(subject: str, meeting: Meeting, listing: Listing, length: int) -> str:
    _ = gettext_in(listing.language)

    def titled(subject: str) -> str:
        if not meeting.is_on:
            return _("GAAT NIET DOOR – %(subject)s", subject=subject)
        if Difference.MOVED in meeting.differences:
            return _("%(subject)s (verplaatst)", subject=subject)
        return subject

    room = length - len(titled(""))
    return titled(one_line(subject, room) or _("Bijeenkomst"))


def away(title: str, language: str) -> str:
    """Return the title of an evening to which the reader cannot come."""
    _ = gettext_in(language)
    room = SUMMARY_LENGTH - len(_("IK KAN NIET – %(subject)s", subject=""))
    return _("IK KAN NIET – %(subject)s", subject=one_line(title, room))


def said_away(language: str) -> str:
    _ = gettext_in(language)
    return _("Je zei dat je deze keer niet kunt.")


def description(meeting: Meeting, listing: Listing, page: str, seats: str = "") -> str:
    """Return lines separated by `\\n`: how to get in, what differs, what the evening is about.

    `page` is the address of the group's page, or empty; `seats` becomes the last line.
    """
    entrance = _entrance(meeting, listing, page) if meeting.is_on else []
    lines = _what_differs(meeting, listing) + _theme(meeting, listing.language)
    rest = _shortened("\n".join(lines), DESCRIPTION_LENGTH - len(seats) - 1)
    return "\n".join([*entrance, *([rest] if rest else []), *([seats] if seats else [])])


def seats(said: Availability | None, language: str) -> str:
    """Return whether there is a seat, in a sentence; never how many."""
    _ = gettext_in(language)
    match said:
        case Availability.FREE:
            return _("Er is plek.")
        case Availability.WALK_IN:
            return _("Loop gewoon binnen.")
        case Availability.FULL:
            return _("De groep is vol; er is een wachtlijst.")
    return ""


def location(place: Place | None, listing: Listing) -> str:
    """Return the place in one line; empty when there is none, so that no map looks for it."""
    _ = gettext_in(listing.language)
    if place is None:
        return ""
    if place.has_building and not _shown_building(place, listing):
        return _("Online") if place.is_online else ""
    return one_line(where(place, listing, listing.language), LOCATION_LENGTH)


def discreet_location(place: Place | None, listing: Listing) -> str:
    """Return the street without the name of the building, which may tell too much."""
    if place is None:
        return ""
    if place.has_building:
        return one_line(
            (place.town or listing.town) if place.hidden else place.address, LOCATION_LENGTH
        )
    _ = gettext_in(listing.language)
    return _("Online")


def link(text: str) -> str:
    """Return a web address as a URI in ASCII (RFC 3986), or nothing when it is none.

    A blank in it is escaped: programs would end the link there, and no page be found.
    """
    address = one_line(text, len(text))
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    host = parts.hostname
    if parts.scheme.lower() not in ("http", "https") or not host or " " in parts.netloc:
        return ""
    return quote(address, safe=_URI_CHARACTERS)


def _shown_building(place: Place, listing: Listing) -> str:
    shown = (place.town or listing.town) if place.hidden else place.name + place.address
    return one_line(shown, LOCATION_LENGTH)


def _entrance(meeting: Meeting, listing: Listing, page: str) -> list[str]:
    _ = gettext_in(listing.language)
    place = meeting.place
    if place is None:
        return [_("Locatie volgt")]
    lines = []
    if place.is_online:
        if join := link(place.join_url):
            lines.append(_("Online meedoen: %(link)s", link=join))
        elif page:
            lines.append(_("Online meedoen? Kijk op %(page)s", page=page))
        if place.join_phone:
            phone = one_line(place.join_phone, 60)
            lines.append(_("Telefonisch meedoen: %(phone)s", phone=phone))
        if place.join_notes:
            lines.append(one_line(place.join_notes, 200))
    if place.has_building and place.hidden:
        lines.append(_("Adres bij de contactpersoon"))
    if Difference.ELSEWHERE not in meeting.differences:
        lines += _way_in(place, listing.language)
    return lines


def _way_in(place: Place, language: str) -> list[str]:
    _ = gettext_in(language)
    directions = one_line(place.way_in, 200)
    return [_("Zo kom je binnen: %(how)s", how=directions)] if directions else []


def _what_differs(meeting: Meeting, listing: Listing) -> list[str]:
    language = listing.language
    _ = gettext_in(language)
    differs = meeting.differences
    lines = []
    if Difference.PAUSED in differs and listing.status is Status.CLOSED:
        lines.append(_("De groep is gestopt."))
    elif Difference.PAUSED in differs:
        lines.append(_("De groep is even gestopt."))
    elif not meeting.is_on:
        lines.append(_("Deze bijeenkomst gaat niet door."))
        lines.append(one_line(meeting.reason, 200))
    else:
        if meeting.holiday:
            name = word(meeting.holiday.name, language)
            lines.append(_("%(holiday)s: vraag even na of het doorgaat.", holiday=name))
        if Difference.MOVED in differs:
            usual = meeting.usually_starts
            lines.append(
                _(
                    "Deze week op een ander moment (normaal %(weekday)s %(time)s).",
                    weekday=weekday_name(usual.isoweekday(), language),
                    time=clock_time(usual, language),
                )
            )
        if Difference.ELSEWHERE in differs:
            lines.append(_("Deze week op een andere locatie."))
            lines += _way_in(meeting.place, language) if meeting.place else []
        if Difference.THEME in differs:
            lines.append(_("Deze week een ander thema."))
        lines += [f"{large_first(words)}." for words in who_may_come(meeting, language)]
    lines.append(one_line(meeting.note, 300))
    return [line for line in lines if line]


def _theme(meeting: Meeting, language: str) -> list[str]:
    _ = gettext_in(language)
    if meeting.theme is None or not meeting.is_on:
        return []
    lines = []
    name = one_line(theme_name(meeting.theme, language), 200)
    if len(name) > SUMMARY_LENGTH:
        lines.append(name)
    if reading := one_line(meeting.theme.reading, 200):
        lines.append(_("Lezen: %(reading)s", reading=reading))
    if question := one_line(meeting.theme.question, 300):
        lines.append(_("Vraag: %(question)s", question=question))
    return lines


def _shortened(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    words = re.split(r"\s+\S*$", cut)[0]
    return (words if len(words) > length // 2 else cut).rstrip() + "…"
