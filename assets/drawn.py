"""Makes app/fonts/drawn.txt: the characters that at least one font for paper has a glyph for.

Run by hand when a font changes: `.venv/bin/python assets/drawn.py`. A line is a range of code points,
first and last, in hexadecimal.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "app" / "fonts"
TARGET = FONTS / "drawn.txt"


def text() -> str:
    """Return what the file holds."""
    drawn = {code for file in FONTS.glob("*/*Regular.ttf") for code in TTFont(file).getBestCmap()}
    return "".join(f"{first:04X} {last:04X}\n" for first, last in _ranges(sorted(drawn)))


def _ranges(codes: Iterable[int]) -> Iterator[tuple[int, int]]:
    first = last = None
    for code in codes:
        if last is None or code != last + 1:
            if last is not None:
                yield first, last
            first = code
        last = code
    if last is not None:
        yield first, last


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="ascii")
