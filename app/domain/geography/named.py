"""Which place a name means, with what stands around it: rightly, or asked back."""

import re
from collections.abc import Iterator

from app.domain.geography.found import Found, Several, Unknown, Whereabouts, found_at
from app.domain.geography.gazetteer import (
    Kind,
    Locality,
    called,
    is_hearsay,
    is_proper,
    short_provinces,
)
from app.domain.geography.here import says_here
from app.domain.geography.likeness import (
    one_slip_from,
    places_inside,
    places_like,
    with_article,
)
from app.domain.geography.netherlands import NETHERLANDS
from app.domain.geography.qualifiers import COMPASS, Qualifiers, before_a_name, qualifiers
from app.domain.geography.spelling import glued, spelled

_TURNED = re.compile(r"(.{2,}?),\s*(de|den|het|['’`´‘]?[ts]-?)\s*", re.IGNORECASE)
"""As lists are sorted: `Haag, Den`."""


def named(near: str) -> Found:
    """Find a place by its name, with what follows to tell it from its namesakes."""
    if turned := _TURNED.fullmatch(near):
        near = f"{turned[2]} {turned[1]}"
    whole = spelled(near)
    if says_here(whole):
        return Unknown.HERE
    words, kinds = before_a_name(whole)
    if is_hearsay(words):
        return Several(called(words), are_namesakes=False)
    # `Oost` alone, and `Oost-Brabant`, say a direction, not the village of that name.
    names_no_place = COMPASS if not set(near) & set(",(") else frozenset()
    if found := _exactly(words, kinds, names_no_place):
        if others := _meant_as_well(words, found):
            return Several((*called(words), *others), are_namesakes=False)
        return found
    *_street, last = near.split(",")
    if len(_street) and (found := _exactly(spelled(last), None)):
        return found
    alike = places_like(words, whole=whole, inside=places_inside(words))
    return Several(alike, are_namesakes=False) if alike else Unknown.NAME


def _meant_as_well(words: tuple[str, ...], found: Found) -> tuple[Locality, ...]:
    """Return what is one slip from a name that is no place's own: `Rozendal` is hardly Roosendaal."""
    is_one = isinstance(found, Whereabouts) and found.position is not None
    if not is_one or not called(words) or is_proper(words):
        return ()
    names = {one.name for one in called(words)}
    return tuple(one for one in one_slip_from(words) if one.name not in names)


def _exactly(
    words: tuple[str, ...], kinds: frozenset[Kind] | None, no_names: frozenset[str] = frozenset()
) -> Found | None:
    for number in _lengths(words):
        if number == 1 and words[0] in no_names:
            break
        if number < len(words) and is_hearsay(words[:number]):
            continue
        behind = qualifiers(words[number:])
        if behind is None:
            continue
        if found := _some_called(words[:number], kinds):
            return _chosen(found, behind, words[:number], is_whole=kinds is not None)
        if behind and len(fitting := behind.fitting(with_article(words[:number]))) == 1:
            return found_at(fitting[0])
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
    if all(one.kind is Kind.PROVINCE for one in found) and behind.places:
        # `Limburg Venlo`, as some lists have it.
        named = Qualifiers(frozenset(one.province for one in found), behind.country)
        found, behind = behind.places, named
    fitting = behind.fitting(found) or behind.fitting(with_article(words))
    if finer := behind.finer_than(fitting or found):
        return found_at(finer)
    if len(fitting) == 1:
        return found_at(fitting[0])
    if behind.country not in ("", NETHERLANDS) and not fitting:
        return Unknown.ABROAD
    return Several(fitting or (*found, *behind.places))


def _only(found: tuple[Locality, ...], words: tuple[str, ...], *, is_whole: bool) -> Found:
    """Return what bears a name, if one does; what else bears it is offered beside it.

    `is_whole`: it was said that no more belongs to the name.
    """
    # `Alphen` may be the beginning of `Alphen aan den Rijn`, and `Kempen` the end of `De Kempen`.
    of_ours = [one for one in found if one.country == NETHERLANDS]
    abroad = tuple(one for one in found if one.country != NETHERLANDS)
    places = [one for one in of_ours if one.kind not in (Kind.PROVINCE, Kind.COUNTRY)]
    wide = tuple(one for one in of_ours if one not in places)
    longer = () if is_whole else places_like(words, only_longer=True)
    if not places or any(one.kind is Kind.COUNTRY for one in wide):
        alone = wide or (*abroad, *longer)
        if all(one.kind in (Kind.ABROAD, Kind.COUNTRY) for one in alone if one not in wide):
            alone = alone[:1]
        ours = tuple(one for one in one_slip_from(words) if one.country == NETHERLANDS)
        return found_at(alone[0], ours) if len(alone) == 1 else Several(alone)
    first = places[0]
    beside = tuple(one for one in (*wide, *abroad, *longer) if one not in places)
    is_sure = first.is_own_municipality and spelled(first.name) == words
    is_one = len(places) == 1 and all(one.province == first.province for one in wide)
    if is_one and (is_sure or not (abroad or longer)):
        return found_at(first, beside)
    return Several((*places, *beside))
