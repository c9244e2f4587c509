"""Groups that may be one, written down twice: same day and hour, and near by or named alike."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import time
from difflib import SequenceMatcher
from itertools import combinations, product

from app.domain.geography.netherlands import distance
from app.domain.place import Position
from app.domain.work import Likeness

NEAR_KM = 0.25
ALIKE = 0.84
"""Of the letters of two names: `Lindengracht` and `Lindegracht` are one, `Oost` and `West` not."""
CROWD = 12
"""Of so many others at most each is held to, where they are many in one spot or of one name."""
_SAYS_NOTHING = frozenset(("groep", "group", "de", "het", "the", "in", "op", "te"))
_NEAR_DEGREES = 0.0023
"""Of latitude: just over NEAR_KM, for one is 111 km."""


@dataclass(frozen=True)
class Site:
    """A group as the rule sees it: its name, town and standing time, and where it meets.

    `room` is the same for the same building; None when there is none. Online groups have neither
    a room nor a position.
    """

    group_id: int
    name: str
    town: str
    weekday: int
    start: time
    room: object | None = None
    position: Position | None = None


def doubles(sites: Iterable[Site]) -> dict[int, dict[int, Likeness]]:
    """Return by group which others may be the same one, and why. A pair stands there twice."""
    at_hour = defaultdict(list)
    for site in sites:
        at_hour[site.weekday, site.start].append(site)
    found: dict[int, dict[int, Likeness]] = defaultdict(dict)
    for some in at_hour.values():
        for one, other in _pairs(some):
            if other.group_id in found.get(one.group_id, ()):
                continue
            if likeness := _likeness(one, other):
                found[one.group_id][other.group_id] = likeness
                found[other.group_id][one.group_id] = likeness
    return found


def names_are_alike(one: Site, other: Site) -> bool:
    """Tell whether two groups of one town have nearly one name; the town itself says nothing."""
    ours, theirs = _name(one), _name(other)
    return ours == theirs or (_numbers(ours) == _numbers(theirs) and _are_alike(ours, theirs))


def _are_alike(ours: str, theirs: str) -> bool:
    shortest, longest = sorted((len(ours), len(theirs)))
    if not shortest or 2 * shortest < ALIKE * (shortest + longest):
        return False
    matcher = SequenceMatcher(None, ours, theirs)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _numbers(name: str) -> tuple[str, ...]:
    """Return what tells `Zuid 1` and `Zuid 2` apart: they are two on purpose."""
    return tuple(re.findall(r"\d+", name))


def _parts(name: str) -> frozenset[str]:
    return frozenset(name[at : at + 2] for at in range(len(name) - 1))


def _pairs(sites: list[Site]) -> Iterator[tuple[Site, Site]]:
    """Yield the pairs that can be doubles at all, so that thousands need not meet each other.

    In a crowd in one building, or of one name, each meets the next CROWD: what is wrong shows then
    too, and nobody reads a list of thousands.
    """
    in_room: dict[object, list[Site]] = defaultdict(list)
    in_town: dict[str, list[Site]] = defaultdict(list)
    for site in sites:
        if site.room is not None:
            in_room[site.room].append(site)
        if site.town:
            in_town[site.town.casefold()].append(site)
    for some in in_room.values():
        yield from _neighbours(some)
    yield from _near_by(site for site in sites if site.position)
    for some in in_town.values():
        yield from _named_alike(some)


def _neighbours(some: list[Site]) -> Iterator[tuple[Site, Site]]:
    in_order = sorted(some, key=lambda site: (site.name, site.group_id))
    for number, one in enumerate(in_order):
        for other in in_order[number + 1 : number + 1 + CROWD]:
            yield one, other


def _near_by(sites: Iterable[Site]) -> Iterator[tuple[Site, Site]]:
    at: dict[tuple[float, float], list[Site]] = defaultdict(list)
    for site in sites:
        assert site.position is not None
        at[site.position.latitude, site.position.longitude].append(site)
    for some in at.values():
        yield from _neighbours(some)
    northward = sorted(at)
    for number, here in enumerate(northward):
        for there in northward[number + 1 :]:
            if there[0] > here[0] + _NEAR_DEGREES:
                break
            if distance(Position(*here), Position(*there)) <= NEAR_KM:
                yield from product(at[here][:CROWD], at[there][:CROWD])


def _named_alike(sites: list[Site]) -> Iterator[tuple[Site, Site]]:
    named: dict[str, list[Site]] = defaultdict(list)
    for site in sites:
        named[_name(site)].append(site)
    by_number: dict[tuple[str, ...], list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for name, some in named.items():
        yield from _neighbours(some)
        by_number[_numbers(name)].append((name, _parts(name)))
    for names in by_number.values():
        for (one, its), (other, theirs) in combinations(names, 2):
            # Of names that are ALIKE enough about half of the parts of two letters are the same:
            # looked at first, for it takes a hundredth of the time.
            fewest = min(len(its), len(theirs))
            if 2 * len(its & theirs) >= fewest - 2 and _are_alike(one, other):
                yield from product(named[one][:CROWD], named[other][:CROWD])


def _likeness(one: Site, other: Site) -> Likeness | None:
    near = one.room is not None and one.room == other.room
    if not near and one.position and other.position:
        near = distance(one.position, other.position) <= NEAR_KM
    same_town = bool(one.town) and one.town.casefold() == other.town.casefold()
    alike = same_town and names_are_alike(one, other)
    if near:
        return Likeness.BOTH if alike else Likeness.PLACE
    return Likeness.NAME if alike else None


def _name(site: Site) -> str:
    nothing = _SAYS_NOTHING | set(_words(site.town))
    return " ".join(word for word in _words(site.name) if word not in nothing)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())
