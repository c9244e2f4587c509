"""The map of a town: water, names, rings of distance and a scale, cut out of the country's."""

import gzip
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app.formats.overview.country_map import KM_A_UNIT, Box

WATER = Path(__file__).with_name("water.json.gz")
"""Rijkswaterstaat, GSHHG, WDBII and GeoNames (see NOTICE); made by assets/water.py."""
WIDEST = 60
"""Units: on a larger map, as of the country, there is nothing to see of all this."""
RINGS = (1, 2, 5, 10, 25, 50)
MOST_RINGS = 3
MOST_NAMES = 14
APART = 0.09
"""Names stand at least so much of the map's width from each other, and half of that in height."""

Line = list[tuple[float, float]]


@dataclass(frozen=True)
class Name:
    text: str
    x: float
    y: float


@dataclass(frozen=True)
class Ring:
    """A circle round where somebody looks from."""

    kilometres: int
    radius: float


@dataclass(frozen=True)
class Scale:
    kilometres: int
    left: float
    right: float
    y: float


@dataclass(frozen=True)
class TownMap:
    water: str
    rivers: str
    names: tuple[Name, ...]
    rings: tuple[Ring, ...]
    scale: Scale


def town_map(box: Box, *, kilometres: int = 0) -> TownMap | None:
    """Return what lies in a box, with rings up to so many kilometres; None for a large one."""
    if box.width > WIDEST or box.height > WIDEST:
        return None
    kept = _kept()
    rings = [one for one in RINGS if one <= kilometres][-MOST_RINGS:]
    return TownMap(
        water="".join(_ring(spots, box) for shape in kept["water"] for spots in shape),
        rivers="".join(_river(spots, box) for spots in kept["rivers"]),
        names=_names(kept["towns"], box),
        rings=tuple(Ring(one, one / KM_A_UNIT) for one in rings),
        scale=_scale(box),
    )


def _scale(box: Box) -> Scale:
    """Return a bar at the bottom right, a quarter of the map at most."""
    fits = [one for one in RINGS if one / KM_A_UNIT <= box.width / 4]
    kilometres = fits[-1] if fits else RINGS[0]
    right, y = box.left + 0.95 * box.width, box.top + 0.95 * box.height
    return Scale(kilometres, right - kilometres / KM_A_UNIT, right, y)


def _names(towns: list[list[Any]], box: Box) -> tuple[Name, ...]:
    """Return the largest places that have room for their name."""
    found: list[Name] = []
    for text, x, y in towns:
        edge = 0.01 * box.width * len(text)
        inside = box.left + edge < x < box.left + box.width - edge and (
            box.top + APART * box.width < y < box.top + box.height
        )
        wide = APART * box.width * (1 + len(text) / 12)
        if inside and all(
            abs(x - one.x) > wide or abs(y - one.y) > APART * box.width / 2 for one in found
        ):
            found.append(Name(text, x, y))
        if len(found) == MOST_NAMES:
            break
    return tuple(found)


def _ring(spots: Line, box: Box) -> str:
    """Return a closed path cut to a box (Sutherland and Hodgman); empty when nothing is in it."""
    right, bottom = box.left + box.width, box.top + box.height
    for axis, limit, keeps_less in (
        (0, box.left, 0),
        (0, right, 1),
        (1, box.top, 0),
        (1, bottom, 1),
    ):
        spots = _cut(spots, axis, limit, keeps_less=bool(keeps_less))
        if not spots:
            return ""
    return _path(spots) + "Z"


def _cut(spots: Line, axis: int, limit: float, *, keeps_less: bool) -> Line:
    found: Line = []
    for before, spot in zip((spots[-1], *spots[:-1]), spots, strict=True):
        was, is_in = (
            one[axis] == limit or (one[axis] < limit) == keeps_less for one in (before, spot)
        )
        if was != is_in:
            part = (limit - before[axis]) / (spot[axis] - before[axis])
            other = before[1 - axis] + part * (spot[1 - axis] - before[1 - axis])
            found.append((limit, other) if axis == 0 else (other, limit))
        if is_in:
            found.append(spot)
    return found


def _river(spots: Line, box: Box) -> str:
    """Return the pieces of a line that come into a box; what sticks out is hidden by the edge."""
    right, bottom = box.left + box.width, box.top + box.height
    inside = [box.left < x < right and box.top < y < bottom for x, y in spots]
    words, piece = [], []
    for number, spot in enumerate(spots):
        if any(inside[max(0, number - 1) : number + 2]):
            piece.append(spot)
        elif piece:
            words.append(_path(piece))
            piece = []
    return "".join([*words, _path(piece) if piece else ""])


def _path(spots: Line) -> str:
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in spots)


@cache
def _kept() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(gzip.decompress(WATER.read_bytes()))
    return {
        "water": [[_pairs(ring) for ring in shape] for shape in found["water"]],
        "rivers": [_pairs(line) for line in found["rivers"]],
        "towns": found["towns"],
    }


def _pairs(flat: list[float]) -> Line:
    return list(zip(flat[::2], flat[1::2], strict=True))
