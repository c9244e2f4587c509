"""Plain text out of what others write in theirs: tags, entities, control characters, stray blanks."""

import html
import re

from app.formats.text import NEW_LINE, UNSEEN

PASSES = 8
"""Rounds of unescaping: `&amp;lt;b&amp;gt;` takes three, and nobody honest needs more."""

_BREAK = re.compile(r"<(?:br|/p|/div|/li|/h[1-6])\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<(?:/?[a-zA-Z][^<>]*|!--[^<>]*--)>")
_BLANKS = re.compile(r"[^\S\n]+")
_AS_IT_IS = re.compile(r"[!-%'-;=-~À-ɏ–]+(?: [!-%'-;=-~À-ɏ–]+)*")
"""Most fields of most lists: nothing in them can be anything but itself."""
_EMPTY_LINES = re.compile(r"\n{3,}")


def plain(text: str) -> str:
    """Return text without tags and entities, its lines kept; doing it twice changes nothing."""
    return text if not text or _AS_IT_IS.fullmatch(text) else _cleaned(text)


def one_line(text: str) -> str:
    """Return the same on one line."""
    # Asked of each field of each row: at a glance, one line of which nothing is to be taken.
    if not text or _AS_IT_IS.fullmatch(text):
        return text
    return " ".join(_cleaned(text).split())


def cut(text: str, most: int) -> str:
    """Return text of so many characters at most, an ellipsis where something is left out."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _cleaned(text: str) -> str:
    for _ in range(PASSES):
        cleaned = _once(text)
        if cleaned == text:
            return text
        text = cleaned
    return _once(text.replace("<", "").replace("&", ""))


def _once(text: str) -> str:
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub("\n", text))
    if "&" in text:
        text = html.unescape(text)
    text = UNSEEN.sub("", NEW_LINE.sub("\n", text))
    text = "\n".join(line.strip() for line in _BLANKS.sub(" ", text).split("\n"))
    return _EMPTY_LINES.sub("\n\n", text).strip()
