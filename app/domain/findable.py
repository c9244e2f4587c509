"""What can be found of a group: its listing in the shape that a search asks for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.domain.country import folded, locate, spot_of_town
from app.domain.place import Place, Position, Visibility
from app.domain.slot import Slot
from app.domain.week import Week

ALWAYS = Week(0)
"""The first slot is found before its first week too: a group that begins soon is a group."""
LONGEST_WORD = 40


@dataclass(frozen=True)
class Findable:
    """A group while one slot holds, as far as the public may see it."""

    since: Week
    until: Week | None
    """The first week of the slot that replaces this one."""
    weekday: int | None
    minute: int | None
    """Of the day on which it begins."""
    position: Position | None
    """None for who meets online only, and when not even a town is known."""
    province: str
    online: bool
    building: bool


def findables(slots: Iterable[Slot], *, town: str, province: str) -> Iterator[Findable]:
    """Yield one for each slot, in order; one without a time when there is no slot.

    A place whose address is hidden lies in the middle of its town: its distance tells no more
    than its name does.
    """
    in_order = sorted(slots, key=lambda slot: slot.since)
    if not in_order:
        where = _whereabouts(None, town)
        yield Findable(ALWAYS, None, None, None, where, province, online=False, building=True)
    for number, slot in enumerate(in_order):
        place = slot.place.seen_by_public(slot.visibility) if slot.place else None
        online_only = place is not None and not place.has_building
        yield Findable(
            since=slot.since if number else ALWAYS,
            until=in_order[number + 1].since if number + 1 < len(in_order) else None,
            weekday=slot.weekday,
            minute=slot.start.hour * 60 + slot.start.minute,
            position=None if online_only else _whereabouts(place, town),
            province=(place.province if place else "") or province,
            online=place is not None and place.is_online,
            building=not online_only,
        )


def words_of(name: str, town: str, slots: Iterable[Slot]) -> frozenset[str]:
    """Return the folded words by which a group is found: name, towns, and buildings it shows."""
    texts = [name, town]
    for slot in slots:
        if slot.place and slot.visibility is not Visibility.NOTHING:
            texts.append(slot.place.town)
        if slot.place and slot.visibility is Visibility.WHOLE:
            texts.append(slot.place.name)
    return frozenset(word[:LONGEST_WORD] for text in texts for word in folded(text).split())


def _whereabouts(place: Place | None, town: str) -> Position | None:
    if place and not place.hidden and place.position:
        return place.position
    spot = None
    if place and not place.hidden:
        spot = locate(place.postcode)
    spot = spot or spot_of_town((place.town if place else "") or town)
    return spot.position if spot else None
