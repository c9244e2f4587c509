"""Plain text as it comes from people: composed, trimmed, and without what nobody can see."""

import re
import unicodedata

UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
    "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)
"""Controls that are no white space (RFC 5545 3.3.11 forbids them), marks that turn the direction
of a line, blanks without width, and halves of surrogate pairs, which have no UTF-8."""
LONGEST = 2_500
"""Characters; more than any text of ours may have. To compose takes as long as the square of the
marks on one letter, and no other request is served meanwhile: 100,000 of them take a minute."""
NEW_LINE = re.compile(r"\r\n?|[\v\f\x1c-\x1f\x85\u2028\u2029]")


def plain(text: str) -> str:
    """Return text as it is kept: NFC, `\\n` for line ends, nothing unseen.

    What is longer than LONGEST stays decomposed: it is to be refused, and its writer sees it again.
    """
    composed = unicodedata.normalize("NFC", text) if len(text) <= LONGEST else text
    return UNSEEN.sub("", NEW_LINE.sub("\n", composed)).strip()


def one_line(text: str) -> str:
    """Return text on one line, with single spaces."""
    return " ".join(plain(text).split())


def large_first(text: str) -> str:
    """Return a text that begins a sentence; the rest keeps its letters, as English months do."""
    return text[:1].upper() + text[1:]
