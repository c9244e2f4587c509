"""Files to take away, tables as CSV or XLSX: never kept on the way."""

from collections.abc import Callable

from flask import Response, abort

from app.formats.spreadsheet import CSV_TYPE, XLSX_TYPE, Table, write_csv, write_xlsx

_WRITERS: dict[str, tuple[Callable[[Table], bytes], str]] = {
    "csv": (write_csv, CSV_TYPE),
    "xlsx": (write_xlsx, XLSX_TYPE),
}
KINDS = tuple(_WRITERS)


def download(table: Table, kind: str, *, name: str) -> Response:
    """Answer a table as an attachment `name.csv` or `name.xlsx`; any other kind is a 404.

    The name is plain ASCII and says nothing of who or what is in the file.
    """
    if kind not in _WRITERS:
        abort(404)
    write, media_type = _WRITERS[kind]
    return attached(write(table), media_type, name=f"{name}.{kind}")


def attached(body: bytes, media_type: str, *, name: str) -> Response:
    """Answer a file to keep under a plain ASCII name."""
    answer = Response(body, content_type=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
