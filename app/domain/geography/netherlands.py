"""Where in the Netherlands a postcode lies, and how far two places are apart."""

import csv
import gzip
import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from app.domain.geography.unaccented import unaccented
from app.domain.place import Position

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


@dataclass(frozen=True, slots=True)
class Spot:
    """A town, its province, and where it is: good enough for "nearby", not for a doorstep."""

    town: str
    province: str
    position: Position


def locate(postcode: str) -> Spot | None:
    """Return where a postcode such as `1015 KD` or `1015` lies; None when it is not known."""
    match = _POSTCODE.fullmatch(postcode)
    return _by_postcode().get(match[1]) if match else None


def distance(a: Position, b: Position) -> float:
    """Return the kilometres between two positions as the crow flies (haversine)."""
    lat_a, lat_b = radians(a.latitude), radians(b.latitude)
    lon = radians(b.longitude - a.longitude)
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin(lon / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, half)))


@cache
def _by_postcode() -> dict[str, Spot]:
    found: dict[str, Spot] = {}
    for postcode, spot in _lines():
        found.setdefault(postcode, spot)
    return found


@cache
def towns_by_postcode() -> dict[tuple[str, str], frozenset[int]]:
    """Return the postcodes of each town, by its name and province."""
    found: dict[tuple[str, str], set[int]] = {}
    for postcode, spot in _lines():
        found.setdefault((spot.town, spot.province), set()).add(int(postcode))
    return {town: frozenset(postcodes) for town, postcodes in found.items()}


def _lines() -> Iterator[tuple[str, Spot]]:
    text = gzip.decompress(TABLE.read_bytes()).decode()
    for postcode, town, province, latitude, longitude in csv.reader(io.StringIO(text)):
        position = Position(float(latitude), float(longitude))
        yield postcode, Spot(sys.intern(town), sys.intern(province), position)  # one text for all


def folded(name: str) -> str:
    """Return a name by which its spellings are found: no accents, case, hyphens, `st` as `sint`."""
    words = re.sub(r"[^a-z0-9]+", " ", unaccented(name)).split()
    return " ".join("sint" if word == "st" else word for word in words)
