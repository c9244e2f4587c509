"""Sets pages: a Typst source and values in, PDF out, with the fonts that ship and no others."""

import json
import struct
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import typst

_APP = Path(__file__).resolve().parent.parent
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
            compiler = typst.Compiler(Path(folder) / f"{source}.typ", folder, _fonts())
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
    compiler = typst.Compiler(_SOURCES / "pieces.typ", font_paths=_fonts())
    for _ in range(_REMEMBERED):
        compiler.compile(format="pdf")


def breakable(text: str) -> str:
    """Return text with invisible places to break its longest words, so that none leaves its column."""
    return " ".join(
        word if len(word) <= _LONG_WORD else _MAY_BREAK.join(_clusters(word))
        for word in text.split(" ")
    )


def _clusters(word: str) -> Iterator[str]:
    """Yield letters together with what joins them: accents, and the parts of an emoji."""
    cluster = ""
    for character in word:
        joins = (
            unicodedata.combining(character)
            or character in _INVISIBLE
            or unicodedata.category(character) in ("Mn", "Me", "Sk")
            or cluster.endswith("\u200d")
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


_INVISIBLE = frozenset("\n\u200b\u200c\u200d\ufe0e\ufe0f")


def _can_draw(character: str) -> bool:
    return character in _INVISIBLE or ord(character) in _drawn()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_FONTS)]
    )


@cache
def _drawn() -> frozenset[int]:
    """Return the characters that at least one font has a glyph for."""
    files = _FONTS.glob("*/*Regular.ttf")
    return frozenset(code for file in files for code in _mapped(file.read_bytes()))


def _mapped(font: bytes) -> Iterator[int]:
    """Yield the code points of a TrueType font's `cmap`, in its formats 4 and 12 (OpenType 1.9)."""
    for index in range(struct.unpack_from(">H", font, 4)[0]):
        tag, _, start, _ = struct.unpack_from(">4sIII", font, 12 + 16 * index)
        if tag == b"cmap":
            for entry in range(struct.unpack_from(">H", font, start + 2)[0]):
                at = start + struct.unpack_from(">I", font, start + 4 + 8 * entry + 4)[0]
                kind = struct.unpack_from(">H", font, at)[0]
                if kind == 4:
                    yield from _in_segments(font, at)
                elif kind == 12:
                    for group in range(struct.unpack_from(">I", font, at + 12)[0]):
                        first, last, _ = struct.unpack_from(">III", font, at + 16 + 12 * group)
                        yield from range(first, last + 1)


def _in_segments(font: bytes, at: int) -> Iterator[int]:
    doubled = struct.unpack_from(">H", font, at + 6)[0]
    ends = struct.unpack_from(f">{doubled // 2}H", font, at + 14)
    starts = struct.unpack_from(f">{doubled // 2}H", font, at + 16 + doubled)
    for first, last in zip(starts, ends, strict=True):
        yield from range(first, min(last, 0xFFFE) + 1)
