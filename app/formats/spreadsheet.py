"""Tables as CSV and as XLSX: the one writer, so that no text from people becomes a formula."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

Cell = str | int | float | date | datetime | bool | None
"""An instant is a naive datetime in the reader's zone: spreadsheets know no zones."""

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes UTF-8 for the code page of its machine."""
DANGEROUS = frozenset("=+-@\t\r\n\0＝＋－＠")  # noqa: RUF001 - twins are the point
"""What a spreadsheet may take for the beginning of a formula, full-width twins included (OWASP,
"CSV Injection")."""
MOST_CHARACTERS = 100_000
"""Of lines that are read."""
_BETWEEN = re.compile(r"[\t;,|]")
LONGEST_TITLE = 31
"""Of a sheet, in characters, without any of `[]:*?/\\`."""
MOST_WIDTH = 60
"""Characters. The library's own `autofit` takes an instant for a day, and Excel shows ##### where a
column is too narrow for it."""


@dataclass(frozen=True)
class Table:
    """Rows under named columns; every row has a cell for each column."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def safe(text: str) -> str:
    """Return text that a spreadsheet shows as it stands: a quote before what looks like a formula.

    Nothing is left of NUL, which not every reader survives.
    """
    shown = text.replace("\0", "")
    return f"'{shown}" if text[:1] in DANGEROUS else shown


def as_it_was(cell: str) -> str:
    """Return the text that `safe` made safe: what stands behind the quote before a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in DANGEROUS else cell


def write_csv(table: Table) -> bytes:
    """Return UTF-8 with a byte order mark, every cell quoted, lines that end with CRLF
    (RFC 4180 2); dates as 2026-11-23, instants as 2026-11-23 19:30."""
    text = io.StringIO(newline="")
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in (table.columns, *table.rows):
        writer.writerow([_as_text(cell) for cell in row])
    return text.getvalue().encode()


def write_xlsx(*tables: Table) -> bytes:
    """Return a workbook with a sheet for each table; the same tables give the same bytes.

    Numbers and dates are typed; text is never read as a formula, a link or a number.
    """
    import xlsxwriter

    packed = io.BytesIO()
    options = {
        # Else parts of it lie on the disk while it is written.
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }
    book = xlsxwriter.Workbook(packed, options)
    # Else the hour of writing stands in the file.
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 - a format without zones
    bold = book.add_format({"bold": True, "bottom": 1})
    instants = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    titles = set[str]()
    for table in tables:
        sheet = book.add_worksheet(_sheet_title(table.title, titles))
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, [safe(name) for name in table.columns], bold)
        for number, row in enumerate(table.rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, datetime):
                    sheet.write_datetime(number, column, cell, instants)
                elif isinstance(cell, str):
                    sheet.write_string(number, column, safe(cell))
                elif cell is not None:
                    sheet.write(number, column, cell)
        for column, width in enumerate(_widths(table)):
            sheet.set_column(column, column, width)
        if table.rows:
            sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    book.close()
    return packed.getvalue()


def _as_text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, str):
        return safe(cell)
    return str(cell)


def _sheet_title(title: str, taken: set[str]) -> str:
    """Return a title that a workbook accepts and has not yet, and remember it."""
    plain = "".join(" " if sign in "[]:*?/\\" else sign for sign in title).strip("' ") or "1"
    name, number = plain[:LONGEST_TITLE], 1
    while name.casefold() in taken:
        number += 1
        ending = f" {number}"
        name = plain[: LONGEST_TITLE - len(ending)] + ending
    taken.add(name.casefold())
    return name


def _widths(table: Table) -> Iterator[int]:
    for column, name in enumerate(table.columns):
        longest = max((len(_as_text(row[column])) for row in table.rows), default=0)
        yield min(MOST_WIDTH, max(len(name), longest) + 2)


@dataclass(frozen=True)
class InvitationLine:
    """Which group, as it was written, and the address; either may be missing."""

    group: str
    address: str


def read_invitation_lines(text: str) -> Iterator[InvitationLine]:
    """Yield each line that says anything: `Lindengracht; anna@example.org`, in either order.

    A line whose address is still empty says nothing yet; nor does a heading without any `@`.
    """
    for row in csv.reader(io.StringIO(text[:MOST_CHARACTERS]), delimiter=_delimiter(text)):
        cells = [cell.strip() for cell in row]
        address = next((cell for cell in cells if "@" in cell), "")
        group = next((cell for cell in cells if cell and "@" not in cell), "")
        if address:
            yield InvitationLine(group, address.strip("<>"))


def _delimiter(text: str) -> str:
    """Return what stands between the cells: what is found first in the first line that has any."""
    found = _BETWEEN.search(text)
    return found[0] if found else ";"
