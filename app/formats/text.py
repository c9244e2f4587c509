"""Plain text as it comes from people: composed, trimmed, and without what nobody can see."""

import re
import unicodedata

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0 and C1, but tab, line feed, carriage return
    "\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]"
)


def plain(text: str) -> str:
    """Return text as it is kept: NFC, `\\n` for line ends, no control or bidi characters."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return _UNSEEN.sub("", lines.replace("\u0085", "\n")).strip()


def one_line(text: str) -> str:
    """Return text on one line, with single spaces."""
    return " ".join(plain(text).split())
