"""What can be found of a group: its listing in the shape that a search asks for."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.domain.deviation import Deviation
from app.domain.geography.alphabet import is_of_another_script, romanized
from app.domain.geography.netherlands import NETHERLANDS, folded
from app.domain.geography.unaccented import LONGEST_NAME
from app.domain.geography.whereabouts import spot_of, spot_of_town
from app.domain.place import Place, Position, Visibility
from app.domain.slot import Slot, slot_in
from app.domain.week import Week

ALWAYS = Week(0)
"""The first slot is found before its first week too: a group that begins soon is a group."""
LONGEST_WORD = 40


@dataclass(frozen=True)
class Findable:
    """Where a group is from week to week, as far as the public may see it."""

    since: Week
    until: Week | None
    """The first week in which it is somewhere else."""
    position: Position | None
    """None for who meets online only, and when not even a town is known."""
    province: str
    online: bool
    building: bool


def findables(
    slots: Iterable[Slot],
    *,
    town: str,
    province: str,
    elsewhere: Mapping[Week, Deviation] = {},
) -> Iterator[Findable]:
    """Yield one for each slot, in order, and for each week in which the group is elsewhere.

    A place whose address is hidden lies in the middle of its town: its distance tells no more
    than its name does.
    """
    in_order = sorted(slots, key=lambda slot: slot.since)
    changes: dict[Week, tuple[Place | None, Visibility]] = {}
    for number, slot in enumerate(in_order):
        changes[slot.since if number else ALWAYS] = (slot.place, slot.visibility)
    for week in sorted(elsewhere):
        changes.setdefault(week + 1, _where_in(week + 1, in_order))
    changes |= {week: (one.place, one.visibility) for week, one in elsewhere.items()}
    changes.setdefault(ALWAYS, (None, Visibility.WHOLE))
    weeks = sorted(changes)
    for week, until in zip(weeks, [*weeks[1:], None], strict=True):
        yield _findable(week, until, *changes[week], town, province)


def _where_in(week: Week, slots: list[Slot]) -> tuple[Place | None, Visibility]:
    """Return where the slot of a week is; before the first, where that will be."""
    slot = slot_in(week, slots) or next(iter(slots), None)
    return (slot.place, slot.visibility) if slot else (None, Visibility.WHOLE)


def _findable(
    since: Week,
    until: Week | None,
    where: Place | None,
    visibility: Visibility,
    town: str,
    province: str,
) -> Findable:
    place = where.seen_by_public(visibility) if where else None
    online_only = place is not None and not place.has_building
    return Findable(
        since=since,
        until=until,
        position=None if online_only else _whereabouts(place, town, province),
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
    return frozenset(part[:LONGEST_WORD] for text in set(texts) for part in _found_by(text))


def words_asked(text: str) -> list[str]:
    """Return the words of a search as they stand in the index; in another script as typed."""
    words: list[str] = []
    for word in re.findall(
        r"[^\W_]+", unicodedata.normalize("NFKC", text[:LONGEST_NAME]).casefold()
    ):
        words += [word[:LONGEST_WORD]] if is_of_another_script(word) else folded(word).split()
    return words


def _found_by(text: str) -> Iterator[str]:
    """Yield the words of a text; of another script every end of one, so that any part is found.

    Chinese puts no spaces between words, and who searches Arabic may leave out the article. Who has
    no such keyboard writes it in our letters: `nadiya`.
    """
    yield from folded(text).split()
    for word in words_asked(text):
        if is_of_another_script(word):
            yield from folded(romanized(word)).split()
            yield from (word[start:] for start in range(len(word)))


def _whereabouts(place: Place | None, town: str, province: str) -> Position | None:
    """Return where that is, in the country that the address names."""
    if place and not place.hidden and place.position:
        return place.position
    country = place.country if place else NETHERLANDS
    postcode = place.postcode if place and not place.hidden else ""
    named = (place.town if place else "") or town
    of = (place.province if place else "") or province
    spot = spot_of(country, postcode, named, of)
    if spot is None and country == NETHERLANDS:
        # What stands as a province may be a list's own region, such as `Regio Amsterdam`.
        spot = spot_of_town(named)
    return spot.position if spot else None
