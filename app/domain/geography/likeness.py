"""Places whose names look like what somebody typed: to choose from, never to be taken unasked."""

import difflib
from itertools import chain

from app.domain.geography.gazetteer import Kind, Locality, called, proper_names
from app.domain.geography.qualifiers import COMPASS
from app.domain.geography.spelling import glued

ALIKE = 0.78
"""From here on two spellings may be of one place (difflib's ratio)."""
MOST = 6
_LINKS = frozenset({"aan", "op", "bij", "van", "in", "en"})
_ARTICLES = ("de", "den", "het", "t")
_NOT_OFFERED = frozenset({Kind.COUNTRY, Kind.ABROAD})


def places_like(
    words: tuple[str, ...], *, only_longer: bool = False, inside: tuple[Locality, ...] = ()
) -> tuple[Locality, ...]:
    """Return at most six: what stands `inside`, names that begin so, then those spelt nearly so.

    `only_longer`: those alone that go on with `aan den`, `op`, `bij`, or have an article before.
    """
    with_article = [glued((article, *words)) for article in _ARTICLES]
    names = with_article + (_going_on(words) if only_longer else _spelt_nearly(glued(words)))
    found = dict.fromkeys((*inside, *chain.from_iterable(called((name,)) for name in names)))
    return tuple(one for one in found if one.kind not in _NOT_OFFERED)[:MOST]


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
        if abs(len(one) - len(name)) <= 3 and name[0] in (one[:1], one[1:2])
    ]
    alike = difflib.get_close_matches(name, near, n=MOST, cutoff=ALIKE) if len(name) > 3 else []
    return [*alike, *begin[: MOST if len(name) > 3 else 3]]
