"""Where in the Netherlands a postcode or a town lies, and how far two places are apart."""

import csv
import gzip
import io
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from app.domain.place import Position
from app.domain.unaccented import unaccented

NETHERLANDS = "NL"
PROVINCES = (
    "Drenthe",
    "Flevoland",
    "Friesland",
    "Gelderland",
    "Groningen",
    "Limburg",
    "Noord-Brabant",
    "Noord-Holland",
    "Overijssel",
    "Utrecht",
    "Zeeland",
    "Zuid-Holland",
)
TABLE = Path(__file__).with_name("netherlands.csv.gz")
"""GeoNames, CC BY 4.0 (see NOTICE); made by assets/postcodes.py."""

EARTH_KM = 6371.0
_POSTCODE = re.compile(r"\s*([1-9]\d{3})\s*([A-Za-z]{2})?\s*", re.ASCII)
_ALSO = {
    "s gravenhage": "den haag",
    "the hague": "den haag",
    "la haye": "den haag",
    "den bosch": "s hertogenbosch",
    "mokum": "amsterdam",
    "flushing": "vlissingen",
    "ljouwert": "leeuwarden",
    "snits": "sneek",
    "boalsert": "bolsward",
}
"""Other names of what stands in the table, both folded."""


@dataclass(frozen=True)
class Spot:
    """A town, its province, and where it is: good enough for "nearby", not for a doorstep."""

    town: str
    province: str
    position: Position


def locate(postcode: str) -> Spot | None:
    """Return where a postcode such as `1015 KD` or `1015` lies; None when it is not known."""
    match = _POSTCODE.fullmatch(postcode)
    return _by_postcode().get(match[1]) if match else None


def spot_of_town(name: str) -> Spot | None:
    """Return the middle of a town; accents, case and hyphens do not matter.

    Of towns with the same name the one with most postcodes.
    """
    known_as = folded(name)
    return _by_town().get(_ALSO.get(known_as, known_as))


def distance(a: Position, b: Position) -> float:
    """Return the kilometres between two positions as the crow flies (haversine)."""
    lat_a, lat_b = radians(a.latitude), radians(b.latitude)
    lon = radians(b.longitude - a.longitude)
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin(lon / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, half)))


@cache
def town_names() -> tuple[str, ...]:
    """Return every name that a town is known by, folded."""
    return (*_by_town(), *_ALSO)


@cache
def _by_postcode() -> dict[str, Spot]:
    found: dict[str, Spot] = {}
    for postcode, spot in _lines():
        found.setdefault(postcode, spot)
    return found


@cache
def _by_town() -> dict[str, Spot]:
    towns: dict[tuple[str, str], list[Position]] = defaultdict(list)
    for _, spot in _lines():
        towns[spot.town, spot.province].append(spot.position)
    found: dict[str, Spot] = {}
    sizes: Counter[str] = Counter()
    for (town, province), positions in sorted(towns.items()):
        spot = Spot(town, province, _middle(positions))
        # `Bergen (NH)` answers to `bergen nh` and, as far as no larger one does, to `bergen`.
        for name in {folded(town), folded(town.partition("(")[0])}:
            if len(positions) > sizes[name]:
                found[name], sizes[name] = spot, len(positions)
    return found


def _lines() -> Iterator[tuple[str, Spot]]:
    text = gzip.decompress(TABLE.read_bytes()).decode()
    for postcode, town, province, latitude, longitude in csv.reader(io.StringIO(text)):
        yield postcode, Spot(town, province, Position(float(latitude), float(longitude)))


def _middle(positions: list[Position]) -> Position:
    """Medians, so that a harbour far from the houses does not move the town."""
    return Position(
        round(statistics.median(position.latitude for position in positions), 4),
        round(statistics.median(position.longitude for position in positions), 4),
    )


def folded(name: str) -> str:
    """Return a name by which its spellings are found: no accents, case, hyphens, `st` as `sint`."""
    words = re.sub(r"[^a-z0-9]+", " ", unaccented(name)).split()
    return " ".join("sint" if word == "st" else word for word in words)
