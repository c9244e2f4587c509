"""Places whose names look like what somebody typed: to choose from, never to be taken unasked."""

import difflib
import string
from collections.abc import Iterable
from itertools import chain

from app.domain.geography.gazetteer import Kind, Locality, called, proper_names
from app.domain.geography.netherlands import NETHERLANDS
from app.domain.geography.qualifiers import COMPASS
from app.domain.geography.spelling import glued

ALIKE = 0.78
"""From here on two spellings may be of one place (difflib's ratio)."""
MOST = 6
_LINKS = frozenset({"aan", "op", "bij", "van", "in", "en"})
_ARTICLES = ("de", "den", "t")
_LEFT_OUT = (*_ARTICLES, "sint")
"""What people leave out before a name: `Haag`, `Oedenrode`."""
MOST_SLIPS = 4
"""Some room stays for names that begin so."""
MOST_LONGER = 4
"""Letters by which a spelling and the name may differ in length."""
_SHORTEST = 3
"""Letters: of fewer, one slip makes anything."""
_NOT_OFFERED = frozenset({Kind.COUNTRY, Kind.ABROAD})


def places_like(
    words: tuple[str, ...],
    *,
    whole: tuple[str, ...] = (),
    only_longer: bool = False,
    inside: tuple[Locality, ...] = (),
) -> tuple[Locality, ...]:
    """Return at most six: what stands `inside`, names one slip away, then those spelt nearly so.

    `whole`: the words with what was taken for no part of the name. `only_longer`: those alone that
    go on with `aan den`, `op`, `bij`, or have an article before.
    """
    if only_longer:
        found = dict.fromkeys((*inside, *with_article(words, _ARTICLES), *_all(_going_on(words))))
    else:
        slips = (*one_slip_from(whole), *one_slip_from(words))
        near = _all(_spelt_nearly(glued(words)))
        found = dict.fromkeys((*inside, *with_article(words), *slips[:MOST_SLIPS], *near))
    return tuple(one for one in found if one.kind not in _NOT_OFFERED)[:MOST]


def with_article(
    words: tuple[str, ...], left_out: tuple[str, ...] = _LEFT_OUT
) -> tuple[Locality, ...]:
    """Return the places that are called so with an article, or `Sint`, before it."""
    return _all(glued((before, *words)) for before in left_out)


def one_slip_from(words: tuple[str, ...]) -> tuple[Locality, ...]:
    """Return the places whose name is one letter away, or two that changed places: ours first."""
    name = glued(words)
    if len(name) < _SHORTEST or name.isdecimal():
        return ()
    found = _all(sorted(_slips(name) & proper_names().keys()))
    return tuple(sorted(found, key=lambda one: (one.country != NETHERLANDS, not _is_large(one))))


def _slips(name: str) -> set[str]:
    halves = [(name[:at], name[at:]) for at in range(len(name) + 1)]
    letters = string.ascii_lowercase
    return {
        *(a + b[1:] for a, b in halves if b),
        *(a + b[1] + b[0] + b[2:] for a, b in halves if len(b) > 1),
        *(a + letter + b[1:] for a, b in halves if b for letter in letters),
        *(a + letter + b for a, b in halves for letter in letters),
        *(a + letter + b[2:] for a, b in halves if b[:2] == "ij" for letter in ("", *letters)),
    } - {name}


def _is_large(one: Locality) -> bool:
    return one.is_own_municipality or one.kind is Kind.MUNICIPALITY


def _all(names: Iterable[str]) -> tuple[Locality, ...]:
    return tuple(chain.from_iterable(called((name,)) for name in names))


def places_inside(words: tuple[str, ...]) -> tuple[Locality, ...]:
    """Return the places that the words begin with and end with: `Damrak 1 Amsterdam`."""
    lengths = range(len(words) - 1, 0, -1)
    first = next((some for n in lengths if (some := _named_fully(words[:n]))), ())
    last = next((some for n in lengths if (some := _named_fully(words[-n:]))), ())
    return (*first, *last)


def _named_fully(words: tuple[str, ...]) -> tuple[Locality, ...]:
    name = glued(words)
    return called(words) if len(name) > 2 and name in proper_names() and name not in COMPASS else ()


def _going_on(words: tuple[str, ...]) -> list[str]:
    number = len(words)
    return [
        name
        for name, full in proper_names().items()
        if full[:number] == words and len(full) > number and full[number] in _LINKS
    ]


def _spelt_nearly(name: str) -> list[str]:
    if len(name) < 3 or name.isdecimal():
        return []
    begin = sorted((one for one in proper_names() if one.startswith(name)), key=len)
    # As good as none begins with a typing error; but an article is easily left out.
    near = [
        one
        for one in proper_names()
        if abs(len(one) - len(name)) <= MOST_LONGER and name[0] in (one[:1], one[1:2])
    ]
    alike = difflib.get_close_matches(name, near, n=MOST, cutoff=ALIKE) if len(name) > 3 else []
    return [*alike, *begin[: MOST if len(name) > 3 else 3]]
