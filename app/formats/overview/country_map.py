"""The map of the country and its provinces: outlines and points, as SVG wants them."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from math import cos, radians
from pathlib import Path
from xml.etree import ElementTree

from app.domain.place import Position

OUTLINES = Path(__file__).with_name("provinces.json")
"""Natural Earth, public domain (see NOTICE); made by assets/provinces.py."""
_NORTH, _WEST = 53.6, 3.3
_EAST_A_DEGREE = 100 * cos(radians(52.2))
WIDTH, HEIGHT = 242.0, 288.0
KM_A_UNIT = 1.112
WIDEST, TALLEST = 26, 34
"""Of a map on a page, in rem, as site.css has it."""


@dataclass(frozen=True)
class Box:
    """A part of the map, in its units: a hundredth of a degree of latitude."""

    left: float
    top: float
    width: float
    height: float

    @property
    def view_box(self) -> str:
        return f"{self.left:.1f} {self.top:.1f} {self.width:.1f} {self.height:.1f}"

    @property
    def dot(self) -> float:
        """The radius of a numbered dot: as large to the eye in a tall part as in a wide one."""
        return 0.62 * max(self.width / WIDEST, self.height / TALLEST)


COUNTRY = Box(0, 0, WIDTH, HEIGHT)


def point(latitude: float, longitude: float) -> tuple[float, float]:
    """Return where a position lies on the map: x to the east, y to the south."""
    return (longitude - _WEST) * _EAST_A_DEGREE, (_NORTH - latitude) * 100


@cache
def outlines() -> dict[str, str]:
    """Return the path of each province by its name."""
    found: dict[str, str] = json.loads(OUTLINES.read_text(encoding="utf-8"))
    return found


@cache
def box_of(province: str) -> Box:
    """Return a province with a little air around it; the country for one that has no outline."""
    numbers = [float(one) for one in re.findall(r"[\d.]+", outlines().get(province, ""))]
    if not numbers:
        return COUNTRY
    xs, ys = numbers[::2], numbers[1::2]
    air = 4
    return Box(
        min(xs) - air, min(ys) - air, max(xs) - min(xs) + 2 * air, max(ys) - min(ys) + 2 * air
    )


def box_around(position: Position, radius: int) -> Box:
    """Return what lies within so many kilometres."""
    x, y = point(position.latitude, position.longitude)
    half = max(radius, 3) / KM_A_UNIT * 1.08
    return Box(x - half, y - half, 2 * half, 2 * half)


@cache
def middle_of(province: str) -> tuple[float, float]:
    """Return where a number stands in a province."""
    if province in _BETTER:
        return point(*_BETTER[province])
    box = box_of(province)
    return box.left + box.width / 2, box.top + box.height / 2


def as_svg(numbers: Mapping[str, int], said: Callable[[int], str]) -> bytes:
    """Return the country in black and white, for a sheet: in each province its number, darker with more."""
    svg = ElementTree.Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox=COUNTRY.view_box)
    most = max(numbers.values(), default=0) or 1
    for name, path in outlines().items():
        shade = 255 - round(70 * numbers.get(name, 0) / most)
        ink = {"fill": f"rgb({shade},{shade},{shade})", "stroke": "#777777", "stroke-width": "0.7"}
        ElementTree.SubElement(svg, "path", ink, d=path)
    for name in outlines():
        x, y = middle_of(name)
        place = {"x": f"{x:.1f}", "y": f"{y + 4:.1f}", "text-anchor": "middle"}
        font = {"font-family": "Atkinson Hyperlegible", "font-size": "12", "font-weight": "bold"}
        ElementTree.SubElement(svg, "text", place | font).text = said(numbers.get(name, 0))
    return ElementTree.tostring(svg)


_BETTER = {
    "Noord-Holland": (52.62, 4.88),
    "Zuid-Holland": (52.0, 4.55),
    "Zeeland": (51.48, 3.82),
    "Flevoland": (52.5, 5.58),
    "Gelderland": (52.08, 5.95),
    "Limburg": (51.22, 5.93),
    "Friesland": (53.05, 5.85),
    "Utrecht": (52.09, 5.2),
    "Overijssel": (52.43, 6.42),
    "Groningen": (53.27, 6.75),
    "Noord-Brabant": (51.57, 5.2),
    "Drenthe": (52.87, 6.62),
}
