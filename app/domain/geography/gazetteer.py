"""Every place with a name that people may type: towns, municipalities, parts, regions, provinces."""

import csv
import gzip
import io
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from app.domain.geography.netherlands import NETHERLANDS, distance, locate
from app.domain.geography.spelling import glued, spelled
from app.domain.place import Position

PLACES = Path(__file__).with_name("places.csv.gz")
"""GeoNames, CC BY 4.0 (see NOTICE); made by assets/places.py."""
EVERYDAY = Path(__file__).with_name("everyday.csv")
"""What people say and GeoNames does not know: by hand."""
PROVINCE_WORDS = frozenset({"provincie", "prov", "province", "provinsje", "provinz", "prowincja"})
"""What says that a province is meant, before its name or behind it."""
SAME_KM = 12
"""A part or a region no further than this from the town of its name is that town."""

HEARSAY = 5
"""Letters: GeoNames' other names hold much that is no name, and short ones are words as well."""


class Kind(StrEnum):
    TOWN = "town"
    MUNICIPALITY = "municipality"
    PART = "part"
    REGION = "region"
    PROVINCE = "province"
    BORDER = "border"
    """A town in Belgium or Germany within 50 km."""
    ABROAD = "abroad"
    """Further off: known by name alone."""
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class Locality:
    """A place by one of its names; `position` is None for a province and for what is far abroad."""

    kind: Kind
    name: str
    country: str = NETHERLANDS
    province: str = ""
    municipality: str = ""
    position: Position | None = None
    postcode: str = ""
    """Of a town over the border."""

    @property
    def is_own_municipality(self) -> bool:
        return self.municipality == self.name


def called(words: tuple[str, ...]) -> tuple[Locality, ...]:
    """Return every place of that name, spelt by `spelled`, those in the Netherlands first."""
    return _by_name().get(glued(words), ())


@lru_cache(maxsize=4096)
def province_named(text: str) -> str | None:
    """Return the Dutch province that is called so in Dutch, Frisian or English, or is short so."""
    words = spelled(text)
    if words[:1] and words[0] in PROVINCE_WORDS:
        words = words[1:]
    found = (one.province for one in called(words) if one.kind is Kind.PROVINCE)
    return next(found, None) or short_provinces().get(glued(words))


def belgian(postcode: str) -> Locality | None:
    """Return where a Belgian postcode near the border lies."""
    return _by_foreign_postcode().get(("BE", postcode))


def german(postcode: str) -> Locality | None:
    """Return where a German postcode near the border lies."""
    return _by_foreign_postcode().get(("DE", postcode))


def address_of(one: Locality, among: tuple[Locality, ...] = ()) -> str:
    """Return what to type so that it is this one: `Bergen, Limburg`, `Beek, Montferland`."""
    if one.kind is Kind.PROVINCE:
        return f"provincie {one.name}"
    twins = twins_of(one, among)
    if one.country != NETHERLANDS:
        before = f"{one.postcode} " if twins > 1 else ""
        return f"{before}{one.name}, {country_name(one.country)}"
    return f"{one.name}, {one.municipality if twins > 1 else one.province}"


def twins_of(one: Locality, among: tuple[Locality, ...]) -> int:
    """Return how many are called so in one province or country, itself among them."""
    key = (spelled(one.name), one.country, one.province)
    return sum((spelled(other.name), other.country, other.province) == key for other in among)


def is_hearsay(words: tuple[str, ...]) -> bool:
    """Tell whether a short name is no place's own and not one of ours: `hier` is not Heer."""
    name = glued(words)
    if len(name) > HEARSAY or name in proper_names():
        return False
    return any(glued(spelled(one.name)) != name for one in called(words))


def is_proper(words: tuple[str, ...]) -> bool:
    """Tell whether a place has this name of itself, or every day."""
    return glued(words) in proper_names()


@cache
def municipalities() -> dict[str, frozenset[tuple[str, str]]]:
    """Return each municipality with the towns and parts in it, each with its province.

    Of two that are called the same each has its province behind it: `Bergen (Limburg)`.
    """
    rows = [one for one in _of_the_country() if one.municipality]
    own = {(one.municipality, one.province) for one in rows if one.kind is Kind.MUNICIPALITY}
    names = Counter(name for name, _province in own)
    return {
        name if names[name] == 1 else f"{name} ({province})": frozenset(
            (one.name, one.province)
            for one in rows
            if (one.municipality, one.province) == (name, province)
        )
        for name, province in sorted(own)
    }


@cache
def short_provinces() -> dict[str, str]:
    """Return provinces by what follows a town on an envelope: `nh`, `gld`."""
    return {row["at"]: row["region"] for row in _everyday("province") if row["at"]}


@cache
def countries() -> dict[str, str]:
    """Return countries by their names and, where they are short for them, letters."""
    rows = list(_everyday("country"))
    names = {glued(spelled(row["name"])): row["region"] for row in rows}
    return names | {row["at"]: row["region"] for row in rows if row["at"]}


@cache
def country_name(code: str) -> str:
    """Return a country's name as an address of ours has it; the code itself if it has none."""
    return next((row["name"] for row in _everyday("country") if row["region"] == code), code)


@cache
def proper_names() -> dict[str, tuple[str, ...]]:
    """Return, glued, the names that places have of themselves or every day, each with its words."""
    own = [one.name for one in (*_of_the_country(), *_parts_of_ours(), *_across(), *_provinces())]
    ours = [row["name"] for kind in ("other", "border", "province") for row in _everyday(kind)]
    return {glued(words): words for name in (*own, *ours) if (words := spelled(name))}


@cache
def _by_name() -> dict[str, tuple[Locality, ...]]:
    found: dict[str, list[Locality]] = defaultdict(list)
    for one in (*_of_the_country(), *_parts_of_ours(), *_across(), *_provinces(), *_far()):
        kept = found[glued(spelled(one.name))]
        if not any(_is_same(one, other) for other in kept):
            kept.append(one)
    for name, also in _other_names(found):
        found[name] = [*also]
    return {name: tuple(several) for name, several in found.items() if several}


def _is_same(one: Locality, other: Locality) -> bool:
    if (one.country, one.province) != (other.country, other.province):
        return False
    if one.kind is Kind.MUNICIPALITY and other.municipality == one.name:
        return True
    if one.position is None or other.position is None:
        return one.kind is other.kind
    return distance(one.position, other.position) < SAME_KM


def _other_names(found: dict[str, list[Locality]]) -> Iterator[tuple[str, list[Locality]]]:
    """Yield names that no place has of itself, with the places that are also called so."""
    others: dict[str, list[Locality]] = defaultdict(list)
    for name, region, of in _aliases():
        known_as = glued(spelled(name))
        if found.get(known_as):
            continue
        for one in found.get(glued(spelled(of)), ()):
            is_there = region in (one.province, one.country) and one.kind is not Kind.PROVINCE
            if is_there and one not in others[known_as]:
                others[known_as].append(one)
    for row in _everyday("province"):
        others.setdefault(
            glued(spelled(row["name"])), [Locality(Kind.PROVINCE, row["region"], province=row["region"])]
        )  # fmt: skip
    yield from ((name, some) for name, some in others.items() if not found.get(name))


def _aliases() -> Iterator[tuple[str, str, str]]:
    for kind in ("other", "border"):
        yield from ((row["name"], row["region"], row["at"]) for row in _everyday(kind))
    for kind, name, _country, region, of, *_rest in _rows():
        if kind == "other":
            yield name, region, of


def _of_the_country() -> Iterator[Locality]:
    for kind in (Kind.TOWN, Kind.MUNICIPALITY, Kind.PART):
        yield from _localities()[kind]


def _parts_of_ours() -> Iterator[Locality]:
    for row in _everyday("district"):
        if spot := locate(row["at"]):
            yield Locality(Kind.PART, row["name"], province=row["region"], position=spot.position)
    towns = {(one.name, one.province): one.position for one in _of_the_country()}
    for row in _everyday("region"):
        where = towns[row["at"], row["region"]]
        yield Locality(Kind.REGION, row["name"], province=row["region"], position=where)


@cache
def _across() -> tuple[Locality, ...]:
    """One for each town: of several postcodes near each other the first."""
    found: dict[tuple[str, str], list[Locality]] = defaultdict(list)
    for one in _localities()[Kind.BORDER]:
        kept = found[one.name, one.country]
        if not any(_is_same(one, other) for other in kept):
            kept.append(one)
    return tuple(one for several in found.values() for one in several)


def _provinces() -> Iterator[Locality]:
    names = dict.fromkeys(row["region"] for row in _everyday("province"))
    yield from (Locality(Kind.PROVINCE, name, province=name) for name in names)


def _far() -> Iterator[Locality]:
    for kind in (Kind.ABROAD, Kind.COUNTRY):
        for row in _everyday(kind):
            yield Locality(kind, row["name"], country=row["region"])


@cache
def _by_foreign_postcode() -> dict[tuple[str, str], Locality]:
    """Of the towns that share a postcode the one with most of them: `4000` is Liège."""
    across = _localities()[Kind.BORDER]
    sizes = Counter((one.name, one.country) for one in across)
    found: dict[tuple[str, str], Locality] = {}
    for one in sorted(across, key=lambda one: -sizes[one.name, one.country]):
        found.setdefault((one.country, one.postcode), one)
    return found


_OF_ROWS: dict[str, Kind] = {
    kind.value: kind for kind in (Kind.TOWN, Kind.MUNICIPALITY, Kind.PART, Kind.BORDER)
}


@cache
def _localities() -> dict[Kind, tuple[Locality, ...]]:
    """Return each place of the table once, whatever it is found by; a name of many is one text."""
    found: dict[Kind, list[Locality]] = {kind: [] for kind in Kind}
    for row in _rows():
        if (kind := _OF_ROWS.get(row[0])) is None:
            continue  # another name of a place
        name, country, region, municipality = map(sys.intern, row[1:5])
        position = Position(float(row[6]), float(row[7]))
        province = region if country == NETHERLANDS else ""
        found[kind].append(Locality(kind, name, country, province, municipality, position, row[5]))
    return {kind: tuple(several) for kind, several in found.items()}


def _everyday(kind: str) -> Iterable[dict[str, str]]:
    return (row for row in _rows_of_ours() if row["kind"] == kind)


@cache
def _rows_of_ours() -> tuple[dict[str, str], ...]:
    return tuple(csv.DictReader(io.StringIO(EVERYDAY.read_text(encoding="utf-8"))))


def _rows() -> Iterator[list[str]]:
    """Yield the table: whoever reads it keeps what is made of it, not its text."""
    return csv.reader(io.StringIO(gzip.decompress(PLACES.read_bytes()).decode()))
