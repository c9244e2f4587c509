"""Charts as shapes: figures to coordinates, in the units of a phone's width.

Pages draw the shapes with the site's own colours, sheets in black and white; what a shape is, its
class says. Nothing is told by colour alone: each amount stands beside its bar, each line has a dash
of its own and its name at its end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

WIDTH = 360
_BAR, _GAP = 16, 44
_TOP = 12
_LINE = 18
_LETTER = 7.2
"""How wide a letter of a label is, more or less."""


@dataclass(frozen=True)
class Shape:
    """A rect, a path or a text; `kind` is its class."""

    tag: str
    kind: str
    x: float = 0
    y: float = 0
    width: float = 0
    height: float = 0
    path: str = ""
    text: str = ""
    anchor: str = "start"


@dataclass(frozen=True)
class Chart:
    """Shapes in a box, with what they say in one sentence."""

    title: str
    says: str
    height: float
    shapes: Sequence[Shape]
    width: float = WIDTH


@dataclass(frozen=True)
class Bar:
    """An amount and how it is said: `1–4` is drawn as what it counts as."""

    label: str
    amount: float
    said: str


@dataclass(frozen=True)
class Line:
    name: str
    amounts: Sequence[int]


def bars(title: str, says: str, rows: Sequence[Bar]) -> Chart:
    """Lay out bars below each other, each under its label."""
    most = max((row.amount for row in rows), default=0) or 1
    shapes = []
    for number, row in enumerate(rows):
        y = number * _GAP + 14
        width = round(WIDTH * row.amount / most, 1)
        shapes += [
            Shape("text", "name", 0, y, text=row.label),
            Shape("text", "value", WIDTH, y, text=row.said, anchor="end"),
            Shape("rect", "of-all", 0, y + 7, WIDTH, _BAR),
            Shape("rect", "share", 0, y + 7, width, _BAR),
        ]
    return Chart(title, says, max(len(rows) * _GAP - 4, 1), shapes)


def columns(
    title: str, says: str, rows: Sequence[Bar], *, below: Sequence[Bar] = (), every: int = 1
) -> Chart:
    """Lay out columns beside each other, those of `below` hanging under the line.

    Every so many are labelled; the highest of each side says its amount.
    """
    up = max((row.amount for row in rows), default=0)
    down = max((row.amount for row in below), default=0)
    height = 120.0
    unit = height / ((up + down) or 1)
    ground = _TOP + 8 + unit * up
    step = WIDTH / max(len(rows), 1)
    wide = min(step * 0.72, 32)
    shapes = []
    highest = max(range(len(rows)), key=lambda one: rows[one].amount, default=0)
    deepest = max(range(len(below)), key=lambda one: below[one].amount, default=0)
    bottom = ground + unit * down
    label_y = bottom + (30 if down else 17)
    for number, row in enumerate(rows):
        middle = step * (number + 0.5)
        left = round(middle - wide / 2, 1)
        if row.amount:
            shapes.append(
                Shape("rect", "share", left, ground - unit * row.amount, wide, unit * row.amount)
            )
        if number == highest and up:
            y = ground - unit * up - 5
            shapes.append(_beside(middle, y, "value", row.said))
        if number < len(below) and below[number].amount:
            deep = unit * below[number].amount
            shapes.append(Shape("rect", "hollow", left, ground, wide, deep))
            if number == deepest:
                shapes.append(_beside(middle, ground + deep + 14, "value", below[number].said))
        if (len(rows) - 1 - number) % every == 0:
            shapes.append(_beside(middle, label_y, "tick", row.label))
    shapes.append(Shape("path", "ground", path=f"M0 {ground:.1f}H{WIDTH}"))
    return Chart(title, says, label_y + 6, shapes)


def multiples(title: str, says: str, panels: Sequence[tuple[str, Sequence[Bar]]]) -> Chart:
    """Lay out small columns of one scale in panels below each other, each amount above its own."""
    most = max((row.amount for _, rows in panels for row in rows), default=0) or 1
    shapes = []
    for number, (name, rows) in enumerate(panels):
        top = number * 112
        ground = top + 88
        shapes.append(Shape("text", "name", 0, top + 14, text=name))
        step = WIDTH / max(len(rows), 1)
        wide = min(step * 0.72, 30)
        for place, row in enumerate(rows):
            middle = step * (place + 0.5)
            high = 46 * row.amount / most
            if row.amount:
                shapes.append(Shape("rect", "share", middle - wide / 2, ground - high, wide, high))
            shapes.append(_middle(middle, ground - high - 4, "value", row.said))
            shapes.append(_middle(middle, ground + 15, "tick", row.label))
        shapes.append(Shape("path", "ground", path=f"M0 {ground}H{WIDTH}"))
    return Chart(title, says, len(panels) * 112, shapes)


def lines(
    title: str, says: str, series: Sequence[Line], ticks: Sequence[str], *, every: int = 1
) -> Chart:
    """Lay out lines over the same months; each has its name and last amount at its end."""
    most = max((amount for line in series for amount in line.amounts), default=0) or 1
    height, right = 150.0, 212.0
    ground = _TOP + height
    step = right / max(len(ticks) - 1, 1)
    shapes = [Shape("path", "ground", path=f"M0 {ground:.1f}H{WIDTH}")]
    for number, tick in enumerate(ticks):
        if (len(ticks) - 1 - number) % every == 0:
            shapes.append(_beside(number * step, ground + 17, "tick", tick))
    ends = _apart(
        [ground - height * line.amounts[-1] / most for line in series if line.amounts], ground - 6
    )
    for number, line in enumerate(series):
        if not line.amounts:
            continue
        points = [
            f"{place * step:.1f} {ground - height * amount / most:.1f}"
            for place, amount in enumerate(line.amounts)
        ]
        shapes.append(Shape("path", f"line line-{number + 1}", path=f"M{'L'.join(points)}"))
        y = ends[number]
        key = f"M{right + 6:.0f} {y - 4:.1f}h18"
        shapes.append(Shape("path", f"line line-{number + 1}", path=key))
        shapes.append(Shape("text", "name", right + 28, y, text=line.name))
    return Chart(title, says, ground + 24, shapes)


def as_svg(chart: Chart) -> bytes:
    """Return a drawing of its own in black and white, for a sheet: title and description with it."""
    svg = ElementTree.Element(
        "svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {chart.width} {chart.height:.0f}"
    )
    for shape in chart.shapes:
        one = ElementTree.SubElement(svg, shape.tag, _INK[shape.kind.split()[-1]])
        if shape.tag == "path":
            one.set("d", shape.path)
            continue
        one.set("x", f"{shape.x:.1f}")
        one.set("y", f"{shape.y:.1f}")
        if shape.tag == "rect":
            one.set("width", f"{shape.width:.1f}")
            one.set("height", f"{shape.height:.1f}")
        else:
            one.set("text-anchor", shape.anchor)
            one.set("font-family", "Atkinson Hyperlegible")
            one.text = shape.text
    return ElementTree.tostring(svg)


_INK = {
    "name": {"font-size": "13"},
    "value": {"font-size": "13", "font-weight": "bold"},
    "tick": {"font-size": "11.5"},
    "of-all": {"fill": "#eeeeee"},
    "share": {"fill": "#333333"},
    "hollow": {"fill": "#ffffff", "stroke": "#333333"},
    "ground": {"fill": "none", "stroke": "#777777"},
    "line-1": {"fill": "none", "stroke": "#000000", "stroke-width": "3"},
    "line-2": {
        "fill": "none", "stroke": "#000000", "stroke-width": "2.5", "stroke-dasharray": "7 4",
    },
    "line-3": {
        "fill": "none", "stroke": "#000000", "stroke-width": "2.5", "stroke-dasharray": "2 4",
    },
}  # fmt: skip


def _middle(x: float, y: float, kind: str, text: str) -> Shape:
    return Shape("text", kind, x, y, text=text, anchor="middle")


def _beside(x: float, y: float, kind: str, text: str) -> Shape:
    """Return a text in the middle of x, or at the edge that it would leave."""
    half = len(text) * _LETTER / 2
    if x < half:
        return Shape("text", kind, 0, y, text=text)
    if x > WIDTH - half:
        return Shape("text", kind, WIDTH, y, text=text, anchor="end")
    return _middle(x, y, kind, text)


def _apart(places: Sequence[float], lowest: float) -> list[float]:
    """Return heights at which names do not stand on each other, in the order that was given.

    From the lowest up, for near the ground there is no room to go down.
    """
    found = [0.0] * len(places)
    last = lowest + _LINE
    for number in sorted(range(len(places)), key=lambda one: -places[one]):
        last = min(places[number] + 4, last - _LINE)
        found[number] = last
    return found
