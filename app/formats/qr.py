"""QR codes, as one path for an SVG of ours: no image, no style, no mark-up in it."""

from dataclasses import dataclass

import qrcode


@dataclass(frozen=True)
class QrCode:
    """`size` is the side of the square in modules, its quiet zone included; `path` is its SVG path."""

    size: int
    path: str


def qr_code(text: str) -> QrCode:
    """Return the QR code of a text (ISO/IEC 18004), black modules as squares of one."""
    code = qrcode.QRCode(border=4)
    code.add_data(text)
    matrix = code.get_matrix()
    squares = (
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(matrix)
        for x, is_black in enumerate(row)
        if is_black
    )
    return QrCode(size=len(matrix), path="".join(squares))
