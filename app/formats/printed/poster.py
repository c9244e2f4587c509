"""The words of a poster, in the group's own language."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.domain.listing import Audience, Listing, Subject
from app.domain.meeting import Status
from app.domain.place import Place
from app.domain.seating import Availability, Seating
from app.domain.week import Week
from app.formats.printed.entry import end_of, slot_of
from app.formats.printed.qr import qr_code
from app.formats.printed.typesetting import breakable
from app.formats.wording import (
    clock_time,
    day_in_words,
    gettext_in,
    known,
    short_weekday,
    weekday_name,
    word,
)

STRIPS = 12
_STRIP_LETTERS = 32
"""So many fit along a strip in letters of a size to be read."""


def poster_in_words(
    listing: Listing, *, address: str, today: date, relatives: Sequence[Listing] = ()
) -> dict[str, Any]:
    """Return what templates/printed/poster.typ shows. `address` is the group's page, whole.

    `relatives` are the nearest groups for family and friends.
    """
    language = known(listing.language)
    _ = gettext_in(language)
    schedule = listing.schedule
    slot = schedule.slot_from(Week.of(today))
    short = address.split("://", 1)[-1]
    when, time, until, strip = _when(listing, language), "", "", ""
    if slot and listing.status is not Status.PAUSED:
        when = weekday_name(slot.weekday, language)
        time = clock_time(slot.start, language)
        until = _("tot %(time)s", time=clock_time(end_of(slot), language))
        strip = f"{short_weekday(slot.weekday, language)} {time}"
    lines = _place_lines(slot.place if slot else None, listing, language)
    return {
        "language": language,
        "title": breakable(listing.name),
        "of": breakable(" · ".join(_of(listing, language))),
        "when": when[:1].upper() + when[1:],
        "time": time,
        "until": until,
        "begins": _begins(listing, today, language),
        "place": [breakable(line) for line in lines],
        "welcome": _welcome(listing, language),
        "scan": _("Scan voor wat er deze week is, of ga naar"),
        "short": short,
        "address": address,
        "qr": _svg(address),
        "qr_words": _("QR-code met het adres %(address)s", address=short),
        "strips": STRIPS,
        "strip": [strip or listing.town, *_in_lines(short)],
        "relatives": _relatives(relatives, today, language),
        "footer": _footer(listing, today, language),
    }


def _of(listing: Listing, language: str) -> list[str]:
    """Return of which fellowship, about what and for whom."""
    parts = [listing.fellowship.name]
    if listing.subject is not Subject.OTHER:
        parts.append(word(listing.subject, language))
    if listing.audience is not Audience.EVERYONE:
        parts.append(word(listing.audience, language))
    return parts


def _in_lines(short: str) -> list[str]:
    """Return an address as lines for a strip, parted behind a sign that is already there."""
    site, slash, name = short.rpartition("/")
    if len(name) <= _STRIP_LETTERS:
        return [site + slash, name]
    middle = name.find("-", len(name) // 2 - 6) + 1 or len(name) // 2
    return [site + slash, name[:middle], name[middle:]]


def _when(listing: Listing, language: str) -> str:
    """Return the largest words of a group that has no evening to name."""
    _ = gettext_in(language)
    if listing.status is Status.PAUSED:
        return _("even gestopt")
    return _("binnenkort")


def _begins(listing: Listing, today: date, language: str) -> str:
    _ = gettext_in(language)
    if listing.status is Status.PAUSED:
        return _("We zijn er nu even niet. Op onze pagina staat wanneer we weer verdergaan.")
    if listing.status is not Status.PREPARING:
        return ""
    first = next(iter(listing.schedule.slots), None)
    day = first.since.day(first.weekday) if first else None
    if day and day >= today:
        return _(
            "Een nieuwe groep. De eerste bijeenkomst is %(day)s.", day=day_in_words(day, language)
        )
    return _("Een nieuwe groep. Je kunt je plek nu al vragen.")


def _place_lines(place: Place | None, listing: Listing, language: str) -> list[str]:
    _ = gettext_in(language)
    if place is None:
        return [line for line in (listing.town, _("Locatie volgt")) if line]
    lines = [place.name, place.street, f"{place.postcode} {place.town}".strip()]
    if place.hidden:
        lines = [place.town or listing.town]
        if place.has_building:
            lines.append(_("Het adres hoor je van ons."))
    if place.is_online:
        lines.append(_("Ook online") if place.has_building else _("Online"))
    return [line for line in lines if line]


def _welcome(listing: Listing, language: str) -> str:
    _ = gettext_in(language)
    if listing.status is Status.PAUSED or listing.status is Status.PREPARING:
        return _("Je hoeft het niet alleen te doen.")
    if listing.seating is Seating.BY_CONTACT or listing.availability is Availability.UNSAID:
        return _("Neem gerust contact op. Je hoeft niets uit te leggen.")
    return _("Kom gerust een keer langs. Je hoeft niets te zeggen.")


def _relatives(listings: Sequence[Listing], today: date, language: str) -> list[str]:
    """Return the line for family and friends, and the one that keeps the two apart."""
    if not listings:
        return []
    _ = gettext_in(language)
    groups = "; ".join(_in_short(one, today, language) for one in listings)
    for_relatives = _("Voor familie en vrienden:")
    return [
        breakable(f"{for_relatives} {groups}."),
        _("Naast elkaar genoemd, niet aan elkaar verbonden."),
    ]


def _in_short(listing: Listing, today: date, language: str) -> str:
    slot = slot_of(listing, today)
    when = ""
    if slot:
        hour = clock_time(slot.start, language)
        when = f"{short_weekday(slot.weekday, language)} {hour}"
    rest = ", ".join(part for part in (listing.fellowship.name, listing.town, when) if part)
    return f"{listing.name} ({rest})"


def _footer(listing: Listing, today: date, language: str) -> str:
    _ = gettext_in(language)
    printed = _("Gemaakt op %(day)s", day=day_in_words(today, language, year=True))
    if listing.confirmed_on is None:
        return printed
    day = day_in_words(listing.confirmed_on, language, year=True)
    confirmed = _("bevestigd op %(day)s", day=day)
    return f"{printed} · {confirmed}"


def _svg(address: str) -> str:
    code = qr_code(address)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {code.size} {code.size}">'
        f'<path d="{code.path}"/></svg>'
    )
