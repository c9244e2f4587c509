"""Names in the letters that every keyboard has."""

import unicodedata

LONGEST_NAME = 500
"""Characters that are read: to decompose takes as long as the square of the marks on one letter."""


def unaccented(name: str) -> str:
    """Return a name in lower-case ASCII: accents are left out, and so are other scripts."""
    decomposed = unicodedata.normalize("NFKD", name[:LONGEST_NAME])
    return decomposed.encode("ascii", "ignore").decode().lower()
