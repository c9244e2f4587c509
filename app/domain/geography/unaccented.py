"""Names in the letters that every keyboard has."""

import unicodedata

LONGEST_NAME = 500
"""Characters that are read: to decompose takes as long as the square of the marks on one letter."""


_LETTERS = str.maketrans({
    "ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l",
    "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th",
    "\N{LATIN SMALL LETTER DOTLESS I}": "i", "ŋ": "n", "Ŋ": "n",
})  # fmt: skip
"""Latin letters that no mark can be taken from (Unicode does not decompose them)."""


def unaccented(name: str) -> str:
    """Return a name in lower-case ASCII: accents are left out, and so are other scripts."""
    if name.isascii():
        return name[:LONGEST_NAME].lower()
    decomposed = unicodedata.normalize("NFKD", name[:LONGEST_NAME].translate(_LETTERS))
    return decomposed.encode("ascii", "ignore").decode().lower()
