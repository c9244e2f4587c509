"""What a name may hold: of people, groups, fellowships, places and towns, wherever it comes from."""

import unicodedata

_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and marks by their class, and blank in every type."""
_VARIANTS = (range(0x180B, 0x1810), range(0xFE00, 0xFE10), range(0xE0000, 0xE1000))
"""Choose between looks of the letter before, or are tags: a name may hide a whole text in them
(Unicode 15, 23.4 and 23.9)."""
_NO_LETTERS = frozenset({"Cf", "Cs", "Co"})
"""Format characters (joiners, marks that turn the direction), half pairs, private use."""


def as_name(text: str) -> str:
    """Return text as a name: one line, single spaces, and nothing that nobody can see.

    Two names that look the same are then the same, but for letters that look alike.
    """
    seen = text if text.isascii() and text.isprintable() else "".join(filter(_is_seen, text))
    return " ".join(seen.split())


def _is_seen(character: str) -> bool:
    if character in _UNSEEN or any(ord(character) in variants for variants in _VARIANTS):
        return False
    kind = unicodedata.category(character)
    return kind not in _NO_LETTERS and (kind != "Cc" or character.isspace())
