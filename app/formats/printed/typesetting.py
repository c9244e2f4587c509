"""Sets pages: a Typst source and values in, PDF out, with the fonts that ship and no others."""

import json
import re
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

_APP = Path(__file__).resolve().parents[2]
_SOURCES = _APP / "templates" / "printed"
_FONTS = _APP / "fonts"

PATIENCE_SECONDS = 10
_press = BoundedSemaphore(1)
"""One sheet at a time in each process: a thousand readers at once cost one core, not all."""

UNKNOWN = "▯"
"""Stands for a character that none of our fonts can draw; PDF/UA-1 refuses a missing glyph."""
_LONG_WORD = 24
_REMEMBERED = 11
"""Sheets after which Typst has forgotten one (comemo::evict)."""
_MAY_BREAK = "\u200b"
_VIRAMA = 9
"""The combining class of the sign by which letters of India grow together."""


class PressIsBusy(Exception):
    """So many sheets are being set that this one would keep its reader waiting too long."""


def set_pages(
    source: str,
    values: Mapping[str, Any],
    *,
    files: Mapping[str, bytes] | None = None,
    is_tagged: bool = True,
) -> bytes:
    """Return the PDF of `templates/printed/<source>.typ`, tagged as PDF/UA-1 unless told not to.

    The same values give the same bytes: no date, no author. Values reach the source as data and
    are never part of its mark-up; `files` are read by it under their names. Raises PressIsBusy.
    """
    project = {path.name: path.read_bytes() for path in _SOURCES.glob("*.typ")}
    project["values.json"] = json.dumps(_printable(values)).encode()
    if not _press.acquire(timeout=PATIENCE_SECONDS):
        raise PressIsBusy
    try:
        with tempfile.TemporaryDirectory(prefix="twaalf-") as folder:
            # On disk, for among files in memory Typst takes none that is not text.
            for name, content in {**project, **(files or {})}.items():
                (Path(folder) / name).write_bytes(content)
            compiler = _typst().Compiler(Path(folder) / f"{source}.typ", folder, _fonts())
            pdf = compiler.compile(
                format="pdf", pdf_standards=["ua-1"] if is_tagged else [], pdf_tags=is_tagged
            )
    finally:
        _forget()
        _press.release()
    assert isinstance(pdf, bytes)
    return pdf


def _forget() -> None:
    """Let Typst's memory of this sheet go, which it keeps for ten more: 60 MB for a long list.

    Ten empty sheets take a millisecond or two.
    """
    compiler = _typst().Compiler(_SOURCES / "pieces.typ", font_paths=_fonts())
    for _ in range(_REMEMBERED):
        compiler.compile(format="pdf")


def breakable(text: str) -> str:
    """Return text with invisible places to break its longest words, so that none leaves its column."""
    return " ".join(
        word if len(word) <= _LONG_WORD else _MAY_BREAK.join(_clusters(word))
        for word in text.split(" ")
    )


def _clusters(word: str) -> Iterator[str]:
    """Yield letters together with what joins them: accents, vowels, and the parts of an emoji."""
    cluster = ""
    for character in word:
        joins = (
            unicodedata.combining(character)
            or character in _INVISIBLE
            or unicodedata.category(character) in ("Mn", "Mc", "Me", "Sk")
            or cluster.endswith("\u200d")
            or (cluster and unicodedata.combining(cluster[-1]) == _VIRAMA)
        )
        if cluster and not joins:
            yield cluster
            cluster = ""
        cluster += character
    yield cluster


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return "".join(one if _can_draw(one) else UNKNOWN for one in value)
    if isinstance(value, Mapping):
        return {key: _printable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(one) for one in value]
    return value


_INVISIBLE = frozenset("\n\u200b\u200c\u200d\u200f\ufe0e\ufe0f")


def not_drawn(text: str) -> str:
    """Return the characters of a text for which paper holds a `▯`, each once, in order."""
    unknown = _unknown().findall(unicodedata.normalize("NFC", text))
    return "".join(dict.fromkeys(one for one in unknown if one not in _INVISIBLE))


def _can_draw(character: str) -> bool:
    return character in _INVISIBLE or not _unknown().match(character)


def _typst() -> Any:
    """Return the typesetter: 7 MB that only who prints needs."""
    import typst

    return typst


@cache
def _fonts() -> Any:
    return _typst().Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_FONTS)]
    )


@cache
def _unknown() -> re.Pattern[str]:
    """Return how to find a character that no font has a glyph for; assets/drawn.py lists the others.

    As a pattern the 14,000 of them take some kB, as a set a megabyte of each worker.
    """
    ranges = (line.split() for line in (_FONTS / "drawn.txt").read_text("ascii").splitlines())
    drawn = "".join(f"\\U{first:0>8}-\\U{last:0>8}" for first, last in ranges)
    return re.compile(f"[^{drawn}]")
