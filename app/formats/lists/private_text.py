"""Parts a text from elsewhere: what anyone may read, and what waits for a person's word."""

import re
from collections.abc import Iterable, Iterator

from app.domain.imported import HeldText
from app.domain.personal_text import Finding
from app.formats.phone import findings_in

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ\"“(])|\n+")
_AFTER_ABBREVIATION = re.compile(
    r"(?:\b(?:tel|mob|nr|no|dhr|mevr|mw|fam|ds|dr|st|mr|mrs|ms|evt|bijv|bv|incl|etc|ph|str)|\b[A-Z])\.$",
    re.IGNORECASE,
)
_IN_NAME = re.compile(r"\s*(?:[|;/•·]|\s-\s|\s–\s|,)\s*|\s*(?=\()|(?<=\))\s*")
_LABELS = ("name", "place_name", "street", "town")
_ONLY_A_NAME = re.compile(r"(?:[A-ZÀ-Þ][\w'’.-]*[\s,:]*){1,3}")
_MAY_HOLD = re.compile(
    r"[@$:=]|\s(?:[pP][uU][nN]|[dD][oO][tT])|[nN]ul|[zZ]e[rsv]|[tT]w[ea]|[dD]rie|[zZ]wei|[cC][oO][dD][eE]|\d(?:[\s()./-]*\d){5}|[A-ZÀ-Þ](?<=[\s.].)[a-zà-ÿ]|[\[({]\s?[aA]|\.[a-zA-Z]+/|[A-Z][A-Z]\d\d"
)
"""In every text of which `findings_in` tells anything; most have none of it, and are looked at no further.
Each of its ways begins with a character of few: a search goes past all others at once."""


def parted(field: str, text: str, countries: Iterable[str]) -> tuple[str, tuple[HeldText, ...]]:
    """Return the text without what is private, and that, each with its whole sentence.

    Of a name or an address only the part between commas, dashes or brackets goes. A line that is
    a name and nothing else goes with the number beside it.
    """
    if not text or not _MAY_HOLD.search(text):
        return text, ()
    pieces = list(_pieces(field, text))
    joins_calls, is_label = field == "join_notes", field in _LABELS
    found = [_finding(piece, countries, joins_calls=joins_calls) for piece, _ in pieces]
    if not any(found):
        return text, ()
    held, kept = [], ""
    for number, (piece, glue) in enumerate(pieces):
        beside = [found[one] for one in (number - 1, number + 1) if 0 <= one < len(found)]
        finding = found[number]
        is_beside = not is_label and Finding.PHONE in beside
        if finding is None and is_beside and _ONLY_A_NAME.fullmatch(piece.strip()):
            finding = Finding.SURNAME
        if finding is None:
            kept += piece + glue
        else:
            held.append(HeldText(field, piece.strip(" \t\n,;|-()"), finding))
    return _tidy(kept, text), tuple(held)


def _pieces(field: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a text, each with what stands between it and the next."""
    between = _IN_NAME if field in _LABELS else _SENTENCE
    start = 0
    for match in between.finditer(text):
        piece = text[start : match.start()]
        if between is _SENTENCE and "\n" not in match[0] and _AFTER_ABBREVIATION.search(piece):
            continue
        if piece.strip():
            yield piece, match[0]
            start = match.end()
    if text[start:].strip():
        yield text[start:], ""


def _finding(piece: str, countries: Iterable[str], *, joins_calls: bool) -> Finding | None:
    if not _MAY_HOLD.search(piece):
        return None
    for country in countries:
        found = findings_in(piece, country, is_for_calls=joins_calls)
        if found:
            return next(one for one in Finding if one in found)
    return None


def _tidy(kept: str, text: str) -> str:
    lines = (line.strip(" \t,;|-–:/(") for line in kept.split("\n"))
    tidied = "\n".join(line for line in lines if line)
    return tidied if tidied != text else text
