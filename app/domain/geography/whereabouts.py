"""Where a reader says to be: a postcode, a place however it is spelt, a province, a position."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from app.domain.geography.gazetteer import (
    Kind,
    Locality,
    belgian,
    called,
    countries,
    country_name,
    german,
    short_provinces,
)
from app.domain.geography.likeness import places_like
from app.domain.geography.netherlands import NETHERLANDS, Spot, distance, locate
from app.domain.geography.qualifiers import Qualifiers, before_a_name, qualifiers
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
_GERMAN = re.compile(r"(?:de?\s*-?\s*)?(\d{5})\b.*", _FLAGS)
_FOREIGN = re.compile(r"(?:l|lu|f|ch|a|gb|uk)\s*-\s*\w{3,8}( \w{3})?", _FLAGS)
_LATITUDES, _LONGITUDES = (50.2, 54.0), (2.9, 7.9)
"""The Netherlands and what lies around it."""


class Unknown(StrEnum):
    """Why a place is not known."""

    BELGIAN = "belgian"
    GERMAN = "german"
    POSTCODE = "postcode"
    ABROAD = "abroad"
    NAME = "name"


@dataclass(frozen=True)
class Whereabouts:
    """Either a position or, without one, a whole province; `name` is empty for a bare position.

    Without either it is the whole country.
    """

    name: str = ""
    province: str = ""
    position: Position | None = None
    country: str = NETHERLANDS
    also: tuple[Locality, ...] = ()
    """What else is called so, and may have been meant."""


@dataclass(frozen=True)
class Several:
    """More than one place may be meant, or none is called exactly so: the reader chooses."""

    choices: tuple[Locality, ...]
    are_namesakes: bool = True
    """They are called exactly so; else their names only look like it."""


Found = Whereabouts | Several | Unknown


@lru_cache(maxsize=2048)
def whereabouts(near: str) -> Found:
    """Return where that is, what it may be, or why we do not know. Nothing is guessed."""
    near = near.strip()[:LONGEST]
    if match := _POSITION.fullmatch(near):
        return _at(float(match[1]), float(match[2]))
    if match := _POSTCODE.fullmatch(near):
        return _at_postcode(match[1])
    return _with_postcode(near) or _named(near)


@lru_cache(maxsize=4096)
def spot_of_town(name: str, province: str = "") -> Spot | None:
    """Return the middle of a town; None when it is not known, or more than one may be meant."""
    found = _named((f"{name}, {province}" if province else name)[: LONGEST * 2])
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


def _of(one: Locality, also: tuple[Locality, ...] = ()) -> Found:
    match one.kind:
        case Kind.ABROAD:
            return Unknown.ABROAD
        case Kind.COUNTRY:
            return Whereabouts(one.name) if one.country == NETHERLANDS else Unknown.ABROAD
    return Whereabouts(one.name, one.province, one.position, one.country, also)


def _with_postcode(near: str) -> Found | None:
    """Read `3512 AB Utrecht`, `B-2382`, `47533 Kleve`; None when no postcode stands in it."""
    if match := _BELGIAN.fullmatch(near):
        across = belgian(match[1])
        return _of(across) if across else Unknown.BELGIAN
    if match := _GERMAN.fullmatch(near):
        across = german(match[1])
        return _of(across) if across else Unknown.GERMAN
    if _FOREIGN.fullmatch(near):
        return Unknown.ABROAD
    match = _AND_TOWN.fullmatch(near) or _IN_ADDRESS.fullmatch(near)
    return _postcode_and_town(match[1], match[2].strip(" ,")) if match else None


def _postcode_and_town(postcode: str, town: str) -> Found | None:
    """Return what both say; where they differ the reader chooses."""
    spot, across = locate(postcode), belgian(postcode)
    found = _named(town) if town else None
    country = countries().get(glued(spelled(town)))
    if country and country != NETHERLANDS:
        return (_of(across) if across else Unknown.BELGIAN) if country == "BE" else Unknown.ABROAD
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
        return _of(over[0])
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


def _named(near: str) -> Found:
    """Find a place by its name, with what follows to tell it from its namesakes."""
    words, kinds = before_a_name(spelled(near))
    if found := _exactly(words, kinds):
        return found
    *_street, last = near.split(",")
    if len(_street) and (found := _exactly(spelled(last), None)):
        return found
    alike = places_like(words)
    return Several(alike, are_namesakes=False) if alike else Unknown.NAME


def _exactly(words: tuple[str, ...], kinds: frozenset[Kind] | None) -> Found | None:
    for number in _lengths(words):
        if found := _some_called(words[:number], kinds):
            behind = qualifiers(words[number:])
            if behind is not None:
                return _chosen(found, behind, words[:number], is_whole=kinds is not None)
    if (province := short_provinces().get(glued(words))) and len(glued(words)) > 1:
        return Whereabouts(province, province)
    return None


def _lengths(words: tuple[str, ...]) -> Iterator[int]:
    """Yield how many words the name may have; of `Hengelo O` the last is no part of it."""
    if words[-1:] and words[-1] in short_provinces() and called(words[:-1]):
        yield len(words) - 1
    yield from range(len(words), 0, -1)


def _some_called(
    words: tuple[str, ...], kinds: frozenset[Kind] | None
) -> tuple[Locality, ...]:  # fmt: skip
    found = called(words)
    if kinds is None:
        return found
    return tuple(
        one
        for one in found
        if one.kind in kinds or (Kind.MUNICIPALITY in kinds and one.is_own_municipality)
    )


def _chosen(
    found: tuple[Locality, ...], behind: Qualifiers, words: tuple[str, ...], *, is_whole: bool
) -> Found:
    """Return the one that fits what stands behind the name."""
    if not behind:
        return _only(found, words, is_whole=is_whole)
    if behind.country and behind.country not in (NETHERLANDS, "BE", "DE"):
        return Unknown.ABROAD
    fitting = behind.fitting(found)
    if finer := behind.finer_than(fitting or found):
        return _of(finer)
    if len(fitting) == 1:
        return _of(fitting[0])
    if behind.country not in ("", NETHERLANDS) and not fitting:
        return Unknown.ABROAD
    return Several(fitting or (*found, *behind.places))


def _only(found: tuple[Locality, ...], words: tuple[str, ...], *, is_whole: bool) -> Found:
    """Return what bears a name, if one does; what else bears it is offered beside it.

    `is_whole`: it was said that no more belongs to the name.
    """
    of_ours = [one for one in found if one.country == NETHERLANDS]
    abroad = tuple(one for one in found if one.country != NETHERLANDS)
    places = [one for one in of_ours if one.kind not in (Kind.PROVINCE, Kind.COUNTRY)]
    wide = tuple(one for one in of_ours if one not in places)
    if not places or any(one.kind is Kind.COUNTRY for one in wide):
        alone = wide or abroad
        return _of(alone[0]) if len(alone) == 1 else Several(alone)
    first = places[0]
    # `Alphen` may be the beginning of `Alphen aan den Rijn`.
    longer = () if is_whole else places_like(words, only_longer=True)
    beside = tuple(one for one in (*wide, *abroad, *longer) if one not in places)
    is_sure = first.is_own_municipality and spelled(first.name) == words
    is_one = len(places) == 1 and all(one.province == first.province for one in wide)
    if is_one and (is_sure or not (abroad or longer)):
        return _of(first, beside)
    return Several((*places, *beside))
