"""Reads XLSX: sheet after sheet, line after line, every cell as text. Imported when one comes."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from app.domain.imported import BrokenList, Problem
from app.formats.lists.tables import MOST_COLUMNS

MOST_UNPACKED = 200 * 1024 * 1024
_TORN = (
    zipfile.BadZipFile, zlib.error, SyntaxError, LookupError, ValueError, TypeError,
    AttributeError, OSError, EOFError, RuntimeError, InvalidFileException,
)  # fmt: skip
"""What the library says of a torn or hostile file."""


def sheets(data: bytes) -> list[Any]:
    """Return the sheets of a workbook. Raises BrokenList."""
    try:
        _refuse_bomb(data)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return list(book.worksheets)
    except _TORN:
        raise BrokenList(Problem.NOT_A_WORKBOOK) from None


def cells(sheet: Any) -> Iterator[list[str]]:
    """Yield the lines of a sheet as texts. Raises BrokenList."""
    try:
        for line in sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS):
            yield [_in_text(cell) for cell in line]
    except _TORN:
        raise BrokenList(Problem.NOT_A_WORKBOOK) from None


def _refuse_bomb(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        unpacked = sum(one.file_size for one in archive.infolist())
    if unpacked > MOST_UNPACKED:
        raise BrokenList(Problem.TOO_BIG, detail=str(MOST_UNPACKED // 1024 // 1024))


def _in_text(cell: object) -> str:
    match cell:
        case None:
            return ""
        case datetime() if cell.year < 1905:
            return f"{cell:%H:%M}"
        case datetime():
            return f"{cell:%Y-%m-%d %H:%M:%S}"
        case date() | time():
            return cell.isoformat()[:8] if isinstance(cell, time) else cell.isoformat()
        case timedelta():
            minutes = int(cell.total_seconds() // 60)
            return f"{minutes // 60:02}:{minutes % 60:02}"
        case float() if cell.is_integer() and abs(cell) < 10**15:
            return str(int(cell))
        case bool():
            return "ja" if cell else "nee"
    return str(cell)[:10_000]
