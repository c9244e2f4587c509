"""Where a reader says to be: a postcode, a town however it is spelt, a province, a position."""

import difflib
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from app.domain.country import PROVINCES, folded, locate, spot_of_town, town_names
from app.domain.place import Position

DECIMALS = 2
"""Of a reader's own position: about a kilometre, and no closer."""
ALIKE = 0.8
"""From here on two spellings are one town (difflib's ratio)."""
LONGEST = 40

_POSITION = re.compile(r"(-?\d{1,3}(?:\.\d{1,8})?)\s*[,;]\s*(-?\d{1,3}(?:\.\d{1,8})?)", re.ASCII)
_POSTCODE = re.compile(r"[1-9]\d{3}(?:\s*[a-z]{2})?", re.ASCII | re.IGNORECASE)
_BELGIAN = re.compile(r"b(?:e)?\s*-\s*[1-9]\d{3}|[1-9]\d{3}\s+belgi.*", re.ASCII | re.IGNORECASE)
_GERMAN = re.compile(r"(?:d\s*-\s*)?\d{5}", re.ASCII | re.IGNORECASE)
_LATITUDES, _LONGITUDES = (50.5, 53.8), (3.0, 7.5)
"""The Netherlands and a little around it."""


class Unknown(StrEnum):
    """Why a place is not known."""

    BELGIAN = "belgian"
    GERMAN = "german"
    POSTCODE = "postcode"
    ABROAD = "abroad"
    NAME = "name"


@dataclass(frozen=True)
class Whereabouts:
    """Either a position or, without one, a whole province; `name` is empty for a bare position."""

    name: str = ""
    province: str = ""
    position: Position | None = None


@lru_cache(maxsize=2048)
def whereabouts(near: str) -> Whereabouts | Unknown:
    """Return where that is, or why we do not know."""
    near = near.strip()[:LONGEST]
    if match := _POSITION.fullmatch(near):
        return _at(float(match[1]), float(match[2]))
    if _GERMAN.fullmatch(near):
        return Unknown.GERMAN
    if _BELGIAN.fullmatch(near):
        return Unknown.BELGIAN
    if _POSTCODE.fullmatch(near):
        spot = locate(near)
        return Whereabouts(spot.town, spot.province, spot.position) if spot else Unknown.POSTCODE
    # `3512 AB Utrecht`, as a letter has it.
    match = _POSTCODE.match(near)
    if match and (spot := locate(match[0])):
        return Whereabouts(spot.town, spot.province, spot.position)
    return _named(folded(near))


def rounded(near: str) -> str:
    """Return a position no finer than we use it, about a kilometre; a name or postcode as it is."""
    match = _POSITION.fullmatch(near.strip()[:LONGEST])
    return f"{float(match[1]):.{DECIMALS}f},{float(match[2]):.{DECIMALS}f}" if match else near


def is_postcode(text: str) -> bool:
    """Tell whether this is a Dutch postcode by its shape."""
    return bool(_POSTCODE.fullmatch(text.strip()))


def _at(latitude: float, longitude: float) -> Whereabouts | Unknown:
    inside = (
        _LATITUDES[0] <= latitude <= _LATITUDES[1] and _LONGITUDES[0] <= longitude <= _LONGITUDES[1]
    )
    if not inside:
        return Unknown.ABROAD
    return Whereabouts(position=Position(round(latitude, DECIMALS), round(longitude, DECIMALS)))


def _named(name: str) -> Whereabouts | Unknown:
    """Find a town or province: as it is, with fewer words behind it, and then by its likeness."""
    words = name.split()
    for number in range(len(words), 0, -1):
        if found := _exactly(" ".join(words[:number])):
            return found
    names = _names_like(name)
    alike = difflib.get_close_matches(name, names, n=1, cutoff=ALIKE) if len(name) > 3 else []
    return (alike and _exactly(alike[0])) or Unknown.NAME


def _exactly(name: str) -> Whereabouts | None:
    if spot := spot_of_town(name):
        return Whereabouts(spot.town, spot.province, spot.position)
    if province := _PROVINCES.get(name.removeprefix("provincie ")):
        return Whereabouts(province, province)
    return None


def _names_like(name: str) -> list[str]:
    """Return the names worth comparing: as good as none begins with a typing error."""
    return [
        one
        for one in (*town_names(), *_PROVINCES)
        if one[:1] == name[:1] and abs(len(one) - len(name)) <= 3
    ]


_PROVINCES = {folded(province): province for province in PROVINCES} | {"brabant": "Noord-Brabant"}
