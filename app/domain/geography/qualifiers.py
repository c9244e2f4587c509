"""What stands around the name of a place and tells which one is meant: `Bergen (Limburg)`."""

from dataclasses import dataclass

from app.domain.geography.gazetteer import (
    PROVINCE_WORDS,
    Kind,
    Locality,
    called,
    countries,
    province_named,
)
from app.domain.geography.netherlands import NETHERLANDS, distance
from app.domain.geography.spelling import glued

NEAR_KM = 15
"""Of `Laren Hilversum` it is the Laren so near to a Hilversum."""
COMPASS = frozenset({
    "noord", "oost", "zuid", "west", "noordoost", "noordwest", "zuidoost", "zuidwest", "midden",
    "centrum",
})  # fmt: skip
"""Alone, or before a province, these name no place."""
_NO_MEANING = COMPASS | {
    "stad", "station", "cs", "hs", "citij", "centraal", "gem", "gemeente", "nieuw", "bij", "in",
    "nabij", "omgeving", "dorp", "eo", "e", "o", "en", "town",
}  # fmt: skip
_TOWN = frozenset({Kind.TOWN})
_PROVINCE = frozenset({Kind.PROVINCE})
_BEFORE = {
    "gemeente": frozenset({Kind.MUNICIPALITY}),
    "gem": frozenset({Kind.MUNICIPALITY}),
    "stad": _TOWN,
    "dorp": _TOWN,
    "regio": frozenset({Kind.REGION, Kind.TOWN, Kind.MUNICIPALITY}),
} | dict.fromkeys(PROVINCE_WORDS, _PROVINCE)
_SKIPPED = frozenset({
    "in", "bij", "near", "eiland", "omgeving", "station", "centrum", "wijk", "of", "de", "t", "rond",
    "rondom", "buurt", "van", "the", "around", "vlakbij",
})  # fmt: skip
_WHOLE = frozenset({"heel", "geheel", "hele", "gans", "all", "whole"})
LONGEST_NAME = 6
"""Words."""


@dataclass(frozen=True)
class Qualifiers:
    """What was said of a place beside its name."""

    provinces: frozenset[str] = frozenset()
    country: str = ""
    places: tuple[Locality, ...] = ()
    is_province: bool = False
    """The word itself stands there."""

    def __bool__(self) -> bool:
        return bool(self.provinces or self.country or self.places or self.is_province)

    def fitting(self, found: tuple[Locality, ...]) -> tuple[Locality, ...]:
        """Return those of the province, the country and the municipality; else those near by."""
        some = tuple(
            one
            for one in found
            if (not self.country or one.country == self.country)
            and (not self.provinces or one.province in self.provinces)
        )
        if self.is_province:
            return tuple(one for one in some if one.kind is Kind.PROVINCE)
        # Nothing lies in itself: `Utrecht, Utrecht` is the town.
        within = tuple(one for one in some if one.kind is not Kind.PROVINCE)
        some = within if self.provinces and within else some
        if not self.places:
            return some
        named = {place.name for place in self.places}
        there = tuple(one for one in some if one.municipality in named)
        return there or tuple(
            one for one in some if any(_km(one, place) <= NEAR_KM for place in self.places)
        )

    def finer_than(self, found: tuple[Locality, ...]) -> Locality | None:
        """Return the part that is meant by `Amsterdam Bijlmer`, if it lies in what was found."""
        parts = [one for one in self.places if one.kind is Kind.PART]
        inside = [part for part in parts if any(_km(part, one) <= NEAR_KM for one in found)]
        return inside[0] if len(inside) == 1 else None


def before_a_name(words: tuple[str, ...]) -> tuple[tuple[str, ...], frozenset[Kind] | None]:
    """Return the words without `gemeente`, `provincie` or `bij`, and what kinds that leaves."""
    kinds = None
    if words[:1] and words[0] in _WHOLE and _is_wide(words[1:]):
        words = words[1:]
    while len(words) > 1 and not _begins_with_a_name(words):
        if words[0] in _BEFORE and kinds is None:
            kinds = _BEFORE[words[0]]
        elif words[0] not in _SKIPPED:
            break
        words = words[1:]
    return words, kinds


def _is_wide(words: tuple[str, ...]) -> bool:
    return glued(words) in countries() or province_named(" ".join(words)) is not None


def _begins_with_a_name(words: tuple[str, ...]) -> bool:
    return any(
        called(words[:number]) and not (number == 1 and words[0] in _BEFORE)
        for number in range(1, len(words) + 1)
    )


def qualifiers(words: tuple[str, ...]) -> Qualifiers | None:
    """Return what stands behind a name; None when it is not all understood."""
    provinces: set[str] = set()
    country = ""
    places: tuple[Locality, ...] = ()
    is_province = False
    while words:
        number = next((n for n in range(min(len(words), LONGEST_NAME), 0, -1)
                       if _is_known(words[:n])), 0)  # fmt: skip
        if not number:
            return None
        part, words = words[:number], words[number:]
        if len(part) == 1 and part[0] in PROVINCE_WORDS:
            is_province = True
        elif province := province_named(" ".join(part)):
            provinces.add(province)
        elif code := countries().get(glued(part)):
            country = code
        elif part[0] not in _NO_MEANING or len(part) > 1:
            places = called(part)
    return Qualifiers(frozenset(provinces), country, places, is_province)


def _is_known(part: tuple[str, ...]) -> bool:
    name = glued(part)
    if name in countries() or name in _NO_MEANING or name in PROVINCE_WORDS:
        return True
    if province_named(" ".join(part)):
        return True
    return bool(called(part))


def _km(one: Locality, other: Locality) -> float:
    if one.position is None or other.position is None or one.country != NETHERLANDS:
        return float("inf")
    return distance(one.position, other.position)
