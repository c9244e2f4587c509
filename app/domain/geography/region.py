"""A region as a fellowship draws it: of provinces, municipalities and postcodes.

What is drawn closest wins: a postcode before a municipality, a municipality before a province. So a
city may be a region of its own, and the province around it another.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from app.domain.geography.gazetteer import municipalities, province_named
from app.domain.geography.netherlands import towns_by_postcode
from app.domain.geography.spelling import glued, spelled
from app.domain.refusal import Refusal

MOST_REGIONS = 40
MOST_PARTS = 400
_POSTCODES = re.compile(r"([1-9]\d{3})(?:\s*[-–]\s*([1-9]\d{3}))?")
_KIND = re.compile(r"(provincie|province|gemeente|municipality(?: of)?)\s+(.+)", re.IGNORECASE)

Town = tuple[str, str]
"""Its name and its province."""


class PartKind(StrEnum):
    POSTCODE = "postcode"
    MUNICIPALITY = "municipality"
    PROVINCE = "province"


class RegionPart(NamedTuple):
    """A province or municipality by its name, or postcodes as `1000-1099`."""

    kind: PartKind
    value: str


@dataclass(eq=False)
class NotAPart(Refusal):
    """These words are no province, municipality or postcode that is known."""

    words: tuple[str, ...]


@dataclass(eq=False)
class PartIsElsewhere(Refusal):
    """Another region of the fellowship is drawn from this already."""

    part: str
    region: str


@dataclass(eq=False)
class RegionNameInUse(Refusal):
    """The fellowship has a region of this name."""


@dataclass(eq=False)
class TooManyRegions(Refusal):
    """A fellowship has no more of them, and each has no more parts."""

    regions: int = MOST_REGIONS
    parts: int = MOST_PARTS


@dataclass(frozen=True)
class Area:
    """What parts cover together: whole provinces, towns, and postcodes from one up to another."""

    postcodes: tuple[tuple[int, int], ...] = ()
    of_postcodes: frozenset[Town] = frozenset()
    """Towns all of whose postcodes are among them: of a group that hides its address, this is known."""
    of_municipalities: frozenset[Town] = frozenset()
    provinces: frozenset[str] = frozenset()

    @classmethod
    def of(cls, parts: Iterable[RegionPart]) -> "Area":
        ranges, towns, provinces = [], set[Town](), set[str]()
        for kind, value in parts:
            match kind:
                case PartKind.POSTCODE:
                    first, _, last = value.partition("-")
                    ranges.append((int(first), int(last)))
                case PartKind.MUNICIPALITY:
                    towns |= municipalities().get(value, frozenset())
                case PartKind.PROVINCE:
                    provinces.add(value)
        return cls(
            tuple(sorted(ranges)), _wholly_in(ranges), frozenset(towns), frozenset(provinces)
        )

    def has_postcode(self, postcode: int) -> bool:
        return any(first <= postcode <= last for first, last in self.postcodes)


def region_of(areas: Mapping[int, Area], town: Town, postcode: int | None) -> int | None:
    """Return the key of the area that holds a town, or the postcode that is known of it."""
    ways = (
        lambda area: postcode is not None and area.has_postcode(postcode),
        lambda area: town in area.of_postcodes,
        lambda area: town in area.of_municipalities,
        lambda area: town[1] in area.provinces,
    )
    for holds in ways:
        for key, area in areas.items():
            if holds(area):
                return key
    return None


def parts_in(text: str) -> tuple[RegionPart, ...]:
    """Read what somebody typed, parts between commas or lines, each once. Raises NotAPart, TooManyRegions."""
    words = [one.strip() for one in re.split(r"[,;\n]", text) if one.strip()]
    if len(words) > MOST_PARTS:
        raise TooManyRegions
    read = {one: _part(one) for one in words}
    if unknown := tuple(one for one, part in read.items() if part is None):
        raise NotAPart(unknown)
    return tuple(dict.fromkeys(part for part in read.values() if part))


def part_in_words(part: RegionPart) -> str:
    """Return a part as `parts_in` reads it."""
    kind, value = part
    if kind is PartKind.MUNICIPALITY and province_named(value):
        return f"gemeente {value}"
    first, _, last = value.partition("-")
    return first if kind is PartKind.POSTCODE and first == last else value


def _part(text: str) -> RegionPart | None:
    if match := _POSTCODES.fullmatch(text):
        first, last = match[1], match[2] or match[1]
        return RegionPart(PartKind.POSTCODE, f"{first}-{last}") if first <= last else None
    kind, name = "", text
    if match := _KIND.fullmatch(text):
        kind, name = match[1].lower()[0], match[2]
    province = province_named(name)
    if province and kind != "g" and kind != "m":
        return RegionPart(PartKind.PROVINCE, province)
    found = _municipality(name) if kind != "p" else None
    return RegionPart(PartKind.MUNICIPALITY, found) if found else None


def _municipality(name: str) -> str | None:
    wanted = glued(spelled(name))
    return next((one for one in municipalities() if glued(spelled(one)) == wanted), None)


def _wholly_in(ranges: Iterable[tuple[int, int]]) -> frozenset[Town]:
    ranges = list(ranges)
    if not ranges:
        return frozenset()
    return frozenset(
        town
        for town, postcodes in towns_by_postcode().items()
        if all(any(first <= one <= last for first, last in ranges) for one in postcodes)
    )


def known_parts(kept: Iterable[Iterable[str]]) -> Iterator[RegionPart]:
    """Yield parts as they are kept: kind and value."""
    for kind, value in kept:
        yield RegionPart(PartKind(kind), value)
