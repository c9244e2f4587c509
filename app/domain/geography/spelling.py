"""How a name of a place is spelt, made the same for every way in which people write it."""

import re

from app.domain.geography.unaccented import unaccented

_WORDS = {
    "st": "sint", "sankt": "sint", "nw": "nieuw", "nwe": "nieuwe", "het": "t", "v": "van",
    "vd": "van de", "and": "en",
}  # fmt: skip
_ARTICLES = r"(?:den|der|de|d|het|t|h)"
_SHORT = (
    (re.compile(r"\b(a z|az)$"), "aan zee"),
    (re.compile(rf"\b(aan {_ARTICLES}|aan|a {_ARTICLES}|ad|a)\b"), "aan"),
    (re.compile(rf"\b(bij {_ARTICLES}|bij|b {_ARTICLES}|b)\b(?= )"), "bij"),
    (re.compile(rf"\b(op {_ARTICLES}|o {_ARTICLES}|o(?= zoom\b| zand\b))\b"), "op"),
    (re.compile(rf"\b(in {_ARTICLES}|i {_ARTICLES})\b"), "in"),
    (re.compile(rf"\b(van {_ARTICLES}|v {_ARTICLES}|van|v)\b"), "van"),
)
"""`a/d Rijn`, `a.d. Rijn`, `aan den Rijn` and `aan de Rijn` are one. Not at the beginning."""


def spelled(name: str) -> tuple[str, ...]:
    """Return the words of a name in one spelling: `Alphen a/d Rijn` is `alphen aan rijn`."""
    plain = unaccented(name.replace("&", " en "))
    text = " ".join(re.sub(r"[^a-z0-9]+", " ", plain).split())
    if not text:
        # `Гаага` and `لاهاي` have no letter of ours, and stay as they are.
        text = " ".join(re.sub(r"[\W_]+", " ", name.casefold()).split())
    first, _, rest = text.partition(" ")
    for short, long in _SHORT:
        rest = short.sub(long, rest)
    words = (_WORDS.get(word, word) for word in [first, *rest.split()] if word)
    return tuple(word.replace("y", "ij") for word in " ".join(words).split())


def glued(words: tuple[str, ...]) -> str:
    """Return the words as one: whoever writes `Denhaag` or `Noord Holland` means the same."""
    return "".join(words)
