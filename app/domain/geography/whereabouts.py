"""Where a reader says to be: a postcode, a place however it is spelt, a province, a position."""

import re
from functools import lru_cache

from app.domain.geography.found import Found, Several, Unknown, Whereabouts, found_at
from app.domain.geography.gazetteer import (
    Kind,
    Locality,
    belgian,
    countries,
    country_name,
    german,
)  # fmt: skip
from app.domain.geography.named import named
from app.domain.geography.netherlands import NETHERLANDS, Spot, distance, locate
from app.domain.geography.spelling import glued, spelled
from app.domain.place import Position

DECIMALS = 2
"""Of a reader's own position: about a kilometre, and no closer."""
LONGEST = 60
NEAR_KM = 15
"""A postcode and the town behind it are no further apart than this, or one of them is wrong."""

_POSITION = re.compile(r"(-?\d{1,3}(?:\.\d{1,8})?)\s*[,;]\s*(-?\d{1,3}(?:\.\d{1,8})?)", re.ASCII)
_FLAGS = re.ASCII | re.IGNORECASE
_POSTCODE = re.compile(r"(?:nl\s*-?\s*)?([1-9]\d{3}\s*[a-z]{2}|[1-9]\d{3})", _FLAGS)
_AND_TOWN = re.compile(
    r"(?:nl\s*-?\s*)?([1-9]\d{3}(?:\s?[a-z]{2}(?![a-z]))?)\s*,?\s+(\D.*)", _FLAGS
)
_IN_ADDRESS = re.compile(r".*\b([1-9]\d{3}\s?[a-z]{2})\b(.*)", _FLAGS)
_BELGIAN = re.compile(r"be?\s*-?\s*([1-9]\d{3})\b.*", _FLAGS)
_GERMAN = re.compile(r"(?:de?\s*-?\s*)?(\d{5})\b(.*)", _FLAGS)
_FOREIGN = re.compile(
    r"(?:l|lu|f|fr|ch|a|at|gb|uk|dk|pl|i|it|e|es)\s*-\s*\d{3,5}\b.*"
    r"|(?:(?:gb|uk)\s*-?\s*)?[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}(?: .*)?",
    _FLAGS,
)
_SAYS_POSTCODE = re.compile(r"\s*(?:postcode|pc)\s*:?\s*(?=\d)", _FLAGS)
_LATITUDES, _LONGITUDES = (50.2, 54.0), (2.9, 7.9)
"""The Netherlands and what lies around it."""


@lru_cache(maxsize=2048)
def whereabouts(near: str) -> Found:
    """Return where that is, what it may be, or why we do not know. Nothing is guessed."""
    near = _SAYS_POSTCODE.sub("", near.strip()[:LONGEST])
    if match := _POSITION.fullmatch(near):
        return _at(float(match[1]), float(match[2]))
    if match := _POSTCODE.fullmatch(near):
        return _at_postcode(match[1])
    return _with_postcode(near) or named(near)


@lru_cache(maxsize=4096)
def spot_of_town(name: str, province: str = "") -> Spot | None:
    """Return the middle of a town; None when it is not known, or more than one may be meant."""
    found = named((f"{name}, {province}" if province else name)[: LONGEST * 2])
    if not isinstance(found, Whereabouts) or found.position is None:
        return None
    return Spot(found.name, found.province, found.position)


def spot_of(country: str, postcode: str, town: str, province: str = "") -> Spot | None:
    """Return where an address of a country (ISO 3166) lies; None when that is not known to us."""
    if country == NETHERLANDS:
        return locate(postcode) or spot_of_town(town, province)
    across = {"BE": belgian, "DE": german}.get(country)
    if across is None:
        return None
    if one := across(postcode.strip()):
        return Spot(one.name, "", one.position) if one.position else None
    return spot_of_town(f"{town}, {country_name(country)}") if town else None


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


def _at_postcode(postcode: str) -> Found:
    spot = locate(postcode)
    across = belgian(postcode) if len(postcode) == 4 else None
    if spot:
        return _of_spot(spot, (across,) if across else ())
    return Several((across,)) if across else Unknown.POSTCODE


def _of_spot(spot: Spot, also: tuple[Locality, ...] = ()) -> Whereabouts:
    return Whereabouts(spot.town, spot.province, spot.position, also=also)


def _with_postcode(near: str) -> Found | None:
    """Read `3512 AB Utrecht`, `B-2382`, `47533 Kleve`; None when no postcode stands in it."""
    if match := _BELGIAN.fullmatch(near):
        across = belgian(match[1])
        return found_at(across) if across else Unknown.BELGIAN
    if match := _GERMAN.fullmatch(near):
        if across := german(match[1]):
            return found_at(across)
        is_abroad = named(match[2]) is Unknown.ABROAD if match[2].strip() else False
        return Unknown.ABROAD if is_abroad else Unknown.GERMAN
    if _FOREIGN.fullmatch(near):
        return Unknown.ABROAD
    match = _AND_TOWN.fullmatch(near) or _IN_ADDRESS.fullmatch(near)
    return _postcode_and_town(match[1], match[2].strip(" ,")) if match else None


def _postcode_and_town(postcode: str, town: str) -> Found | None:
    """Return what both say; where they differ the reader chooses."""
    spot, across = locate(postcode), belgian(postcode)
    found = named(town) if town else None
    country = countries().get(glued(spelled(town)))
    if country and country != NETHERLANDS:
        return (
            (found_at(across) if across else Unknown.BELGIAN) if country == "BE" else Unknown.ABROAD
        )
    if isinstance(found, Whereabouts) and found.position is None and found.province:
        is_there = spot is not None and spot.province == found.province
        return _of_spot(spot) if spot and is_there else found
    may_be = found.choices if isinstance(found, Several) else ()
    if isinstance(found, Whereabouts) and found.position:
        may_be = (
            Locality(
                Kind.TOWN, found.name, found.country, found.province, position=found.position
            ),
        )  # fmt: skip
    if over := [one for one in may_be if across and _is_near(one, across.position)]:
        return found_at(over[0])
    if spot and (not town or country or any(_is_near(one, spot.position) for one in may_be)):
        return _of_spot(spot)
    if not spot:
        return found
    itself = Locality(Kind.TOWN, spot.town, province=spot.province, position=spot.position)
    if isinstance(found, Unknown) or (isinstance(found, Several) and not found.are_namesakes):
        # A village or a street that we do not know: the postcode says where it lies.
        return found if found is Unknown.ABROAD else _of_spot(spot)
    return Several((itself, *may_be))


def _is_near(one: Locality, where: Position | None) -> bool:
    if one.position is None or where is None:
        return False
    return distance(one.position, where) <= NEAR_KM
