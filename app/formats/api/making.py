"""Makes what the read API answers with of listings: no contact person and no number is in it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from app.domain import place as places
from app.domain.kinds.of_meeting import kinds_of, own_kind
from app.domain.kinds.own import own_among
from app.domain.listing import FellowshipCard, Listing
from app.domain.meeting import Meeting, Status
from app.domain.seating import Availability, Seating
from app.domain.slot import Slot
from app.domain.themes import Theme
from app.domain.week import Week
from app.formats.api import types
from app.formats.api.types import SlotStatus
from app.formats.lists.type_names import name_of


def group_of(listing: Listing, *, page: str, now: datetime) -> types.Group:
    """Return a group; `page` is its whole address."""
    today = now.astimezone(listing.schedule.zone).date()
    return types.Group(
        slug=listing.slug,
        name=listing.name,
        url=page,
        fellowship=listing.fellowship.slug,
        status=listing.status,
        audience=listing.audience,
        subject=listing.subject,
        language=listing.language if listing.language_said else None,
        is_open=listing.is_open,
        features=sorted(listing.features),
        kinds=_kinds(listing),
        codes=[
            types.Code(program, code, _name(program, code, listing))
            for program, code in listing.codes
        ],
        description=listing.description,
        seats=seats_of(listing),
        town=listing.town,
        province=listing.province,
        zone=listing.zone if listing.zone_said else None,
        schedules=[_schedule(slot) for slot in slots_from(listing, now)],
        confirmed_on=listing.confirmed_on,
        confirmation=listing.freshness(today),
        modified=listing.updated_at or now,
    )


def _kinds(listing: Listing) -> list[str]:
    """Return the kinds that everybody knows, and those that its fellowship named."""
    card = listing.fellowship
    own = own_among(listing.codes, card.own_kinds)
    return [
        *map(str, kinds_of(listing.codes, listing.audience)),
        *(f"{card.slug}{own_kind(one.code)}" for one in own),
    ]


def _name(program: str, code: str, listing: Listing) -> str:
    """Return what a code is called: by the fellowship itself, else where everybody calls it so."""
    own = own_among([(program, code)], listing.fellowship.own_kinds)
    if own:
        return own[0].called(listing.language, listing.fellowship.language)[0]
    return name_of(program, code, listing.language) or ""


def slots_from(listing: Listing, now: datetime) -> list[Slot]:
    """Return the slot that holds in the week of an instant, and those that are to come, in order.

    As the public may see them.
    """
    week = Week.at(now, listing.schedule.zone)
    holds = listing.schedule.slot_in(week)
    ahead = (slot for slot in listing.schedule.slots if slot.since > week)
    in_order = [*([holds] if holds else []), *sorted(ahead, key=lambda slot: slot.since)]
    shown = [slot.seen_by_public() for slot in in_order]
    return [
        replace(slot, place=slot.place.in_week(max(week, slot.since)) if slot.place else None)
        for slot in shown
    ]


def meeting_of(listing: Listing, meeting: Meeting, *, page: str) -> types.Meeting:
    """Return one week's meeting of a group."""
    return types.Meeting(
        group=listing.slug,
        name=listing.name,
        url=page,
        fellowship=listing.fellowship.slug,
        week=str(meeting.week),
        starts=meeting.starts,
        ends=meeting.ends if meeting.end_said else None,
        is_on=meeting.is_on,
        is_open=meeting.is_open,
        differences=sorted(meeting.differences),
        reason=meeting.reason,
        note=meeting.note,
        theme=_theme(meeting.theme),
        place=place_of(meeting.place),
        online=online_of(meeting.place),
    )


def fellowship_of(card: FellowshipCard, *, phone: str, page: str) -> types.Fellowship:
    return types.Fellowship(
        slug=card.slug,
        name=card.name,
        identity=card.identity,
        website=card.website,
        phone=phone,
        language=card.language,
        url=page,
    )


def houses_of(listings: Iterable[Listing], now: datetime) -> Iterator[types.House]:
    """Yield each building that is shown whole once, with who meets there now, by town and name."""
    found: dict[types.Place, list[str]] = {}
    for listing in listings:
        slots = slots_from(listing, now)
        place = slots[0].place if slots else None
        shown = place_of(place)
        if shown and place and not place.hidden and (shown.address or shown.name):
            found.setdefault(shown, []).append(listing.slug)
    in_order = sorted(found, key=lambda one: (one.town, one.name, one.address, repr(one)))
    for one in in_order:
        yield types.House(one, found[one])


def seats_of(listing: Listing) -> types.Seats | None:
    """Return whether there is a seat; None where nobody said anything of seats."""
    if listing.status is Status.PAUSED:
        return types.Seats(listing.availability, SlotStatus.NO_CAPACITY)
    match listing.availability:
        case Availability.UNSAID:
            return None
        case Availability.FULL | Availability.PREPARING:
            # A full group takes a line, and so does one that prepares: never a dead end.
            word = SlotStatus.WAITLIST
        case _ if listing.seating is Seating.BY_CONTACT:
            word = SlotStatus.ASSESSMENT
        case _:
            word = SlotStatus.CAPACITY
    return types.Seats(listing.availability, word)


def place_of(place: places.Place | None) -> types.Place | None:
    """Return the building of a place that was already seen by the public."""
    if place is None or not place.has_building:
        return None
    return types.Place(
        name=place.name,
        address=place.street,
        postal_code=place.postcode,
        town=place.town,
        province=place.province,
        country=place.country,
        directions=place.way_in,
        position=_position(place.position),
    )


def online_of(place: places.Place | None) -> types.Online | None:
    if place is None or not place.is_online:
        return None
    return types.Online(place.join_url, place.join_phone, place.join_notes)


def _schedule(slot: Slot) -> types.Schedule:
    return types.Schedule(
        valid_from=slot.since.monday,
        weekday=slot.weekday,
        start=f"{slot.start:%H:%M}",
        minutes=slot.minutes if slot.end_said else None,
        place=place_of(slot.place),
        online=online_of(slot.place),
    )


def _position(position: places.Position | None) -> types.Position | None:
    if position is None:
        return None
    return types.Position(round(position.latitude, 5), round(position.longitude, 5))


def _theme(theme: Theme | None) -> types.ThemeOf | None:
    return None if theme is None else types.ThemeOf(theme.step, theme.title, theme.reading)
