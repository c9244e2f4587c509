"""Names of every script in the letters of ours: for addresses, for searching and for sorting."""

import re
from functools import lru_cache

from anyascii import anyascii

from app.domain.geography.unaccented import LONGEST_NAME, unaccented

SORTED_BY = 80
"""Characters that a list is sorted by."""
_LEAD = re.compile(r"\s*['’`´‘](?:s\s*-?|t|n)\s*(?=\S)", re.IGNORECASE)
"""Of `'s-Hertogenbosch` and `'t Gooi`, which lists have under the H and the G."""


def romanized(text: str) -> str:
    """Return text in lower-case ASCII: `Надія` is `nadiya`, `希望` is `xiwang`, `Łódź` is `lodz`.

    Letters that have one of ours below an accent become that one, whatever their sound.
    """
    text = text[:LONGEST_NAME]
    if text.isascii():
        return text.lower()
    return "".join(unaccented(one) or anyascii(one).lower() for one in text)


def is_of_another_script(word: str) -> bool:
    """Tell whether a word has a letter that none of ours is below: of `ø` and `ł` one is."""
    return not word.isascii() and any(
        letter.isalpha() and not unaccented(letter) for letter in word
    )


@lru_cache(maxsize=16_384)
def sorting(name: str) -> str:
    """Return what a list is sorted by: letters and digits of ours, without a leading `'s-` or `'t`.

    In this order both databases and Python agree, and it is that of Dutch: ij is i and j.
    """
    bare = _LEAD.sub("", name, count=1) if _LEAD.match(name) else name
    return " ".join(re.sub(r"[^a-z0-9]+", " ", romanized(bare)).split())[:SORTED_BY]
