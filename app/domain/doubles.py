"""Groups that may be one, written down twice: same day and hour, and near by or named alike."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import time
from difflib import SequenceMatcher
from itertools import combinations

from app.domain.country import distance
from app.domain.place import Position
from app.domain.work import Likeness

NEAR_KM = 0.25
ALIKE = 0.84
"""Of the letters of two names: `Lindengracht` and `Lindegracht` are one, `Oost` and `West` not."""
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
    if ours == theirs:
        return True
    if not ours or not theirs:
        return False
    if re.findall(r"\d+", ours) != re.findall(r"\d+", theirs):
        return False  # `Zuid 1` and `Zuid 2` are two on purpose
    matcher = SequenceMatcher(None, ours, theirs)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _pairs(sites: list[Site]) -> Iterator[tuple[Site, Site]]:
    """Yield the pairs that can be doubles at all, so that thousands need not meet each other."""
    together: dict[object, list[Site]] = defaultdict(list)
    for site in sites:
        if site.town:
            together[site.town.casefold()].append(site)
        if site.room is not None:
            together[site.room].append(site)
    for some in together.values():
        yield from combinations(some, 2)
    northward = sorted(
        (site.position.latitude, site.group_id, site) for site in sites if site.position
    )
    for number, (latitude, _, one) in enumerate(northward):
        for north, _, other in northward[number + 1 :]:
            if north > latitude + _NEAR_DEGREES:
                break
            yield one, other


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
