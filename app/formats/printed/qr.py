"""QR codes, as one path for an SVG of ours: no image, no style, no mark-up in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

MOST_KEPT = 200
"""Codes of 2 to 4 kB each: to draw one takes a third of a group's page."""


@dataclass(frozen=True)
class QrCode:
    """`size` is the side of the square in modules, its quiet zone included; `path` is its SVG path."""

    size: int
    path: str


@lru_cache(MOST_KEPT)
def qr_code(text: str) -> QrCode:
    """Return the QR code of a text (ISO/IEC 18004), a bar for each run of black modules."""
    import qrcode

    code = qrcode.QRCode(border=4)
    code.add_data(text)
    matrix = code.get_matrix()
    bars = (
        f"M{x} {y}h{length}v1h-{length}z"
        for y, row in enumerate(matrix)
        for x, length in _runs(row)
    )
    return QrCode(size=len(matrix), path="".join(bars))


def _runs(row: list[bool]) -> Iterator[tuple[int, int]]:
    """Yield (where it begins, how long) for each run of black modules: a third of the bytes."""
    x = 0
    for is_black, modules in groupby(row):
        length = len(list(modules))
        if is_black:
            yield x, length
        x += length
