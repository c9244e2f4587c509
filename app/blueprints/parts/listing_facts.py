"""A listing's facts in one glance, for who is asked whether they are right."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from flask_babel import gettext as _

from app import clock
from app.blueprints.web.languages import current
from app.domain.listing import FellowshipCard, Listing
from app.domain.meeting import Status
from app.domain.place import Place
from app.domain.slot import Slot
from app.domain.week import Week
from app.domain.zones import HOME
from app.formats import wording
from app.formats.printed.typesetting import not_drawn
from app.records.groups import Group
from app.records.listings import listings_of

Facts = list[tuple[str, str]]


def facts_of(groups: list[Group]) -> list[Facts]:
    """Return what the public sees of each group, as pairs of a word and its value."""
    now = clock.now()
    week = Week.at(now, HOME)
    listings = listings_of(groups, (week + -1, week + 1))
    return [
        _facts(listing, group.day_of(now)) for group, listing in zip(groups, listings, strict=True)
    ]


def not_on_paper(name: str, town: str, fellowship: FellowshipCard, place: Place | None) -> str:
    """Return the characters of a group's names for which its poster would hold a `▯`."""
    names = [name, town, fellowship.in_full, *((place.name, place.address) if place else ())]
    return " ".join(not_drawn("".join(names)))


def letters_lost(found: Iterable[tuple[Listing, Place | None]]) -> str:
    """Return the characters of groups and where they meet for which a printed list would hold a `▯`."""
    each = (not_on_paper(one.name, one.town, one.fellowship, place) for one, place in found)
    return " ".join(dict.fromkeys(" ".join(each).split()))


def _facts(listing: Listing, today: date) -> Facts:
    language, week = current(), Week.of(today)
    slot = listing.schedule.slot_from(week)
    found = [(_("Wanneer"), _when(slot))]
    found += [
        (
            _("Vanaf %(day)s", day=wording.short_day(one.since.day(one.weekday), language)),
            _when(one),
        )
        for one in listing.schedule.slots
        if one.since > week and one != slot
    ]
    found.append((_("Waar"), wording.where(slot.place if slot else None, listing, language)))
    found.append((_("Wie mag komen"), _whom(listing)))
    names = ", ".join(contact.name for contact in listing.contacts)
    found.append((_("Contactpersonen"), names or _("nog niemand")))
    if listing.status is not Status.ACTIVE:
        found.append((_("Status"), wording.word(listing.status, language)))
    return found


def _whom(listing: Listing) -> str:
    if listing.is_open is None:
        return _("niet bekend")
    return _("iedereen") if listing.is_open else _("wie mee wil doen")


def _when(slot: Slot | None) -> str:
    if slot is None:
        return _("dag en tijd volgen")
    language = current()
    day = wording.weekday_name(slot.weekday, language)
    starts = wording.clock_time(slot.start, language)
    if not slot.end_said:
        return f"{day}, {starts}"
    ends = datetime.combine(slot.since.day(slot.weekday), slot.start) + timedelta(
        minutes=slot.minutes
    )
    return f"{day}, {starts}–{wording.clock_time(ends, language)}"
