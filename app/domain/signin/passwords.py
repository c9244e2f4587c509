"""Passwords that whoever knows the person or the site would try first."""

import re
import unicodedata
from collections.abc import Iterable

LEAST_LETTERS = 3
"""Shorter pieces of a name stand in any sentence."""
_PIECES = re.compile(r"[^\W\d_]+")


def words_in(texts: Iterable[str]) -> list[str]:
    """Return the words of names and addresses, as zxcvbn and this module compare them.

    A name of several words also counts written as one: `stayclean`.
    """
    found: dict[str, None] = {}
    for text in texts:
        pieces = _PIECES.findall(_folded(text))
        for piece in (*pieces, "".join(pieces)):
            if len(piece) >= LEAST_LETTERS:
                found[piece] = None
    return list(found)


def is_made_of(password: str, words: Iterable[str]) -> bool:
    """Tell whether a password holds nothing but these words, digits and signs."""
    known = set(words)
    pieces = [piece for piece in _PIECES.findall(_folded(password)) if len(piece) >= LEAST_LETTERS]
    return all(piece in known for piece in pieces)


def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
