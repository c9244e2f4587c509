"""The list of a fellowship as a file: for WordPress, for NA World Services, for a spreadsheet."""

from flask import Blueprint, Response, abort

from app import clock
from app.blueprints.access import public
from app.blueprints.public.exchange.list_answer import attach, kept_body, list_answer, tag_of
from app.blueprints.public.meeting_guide import page_of
from app.blueprints.web.languages import current
from app.domain.imported import Entry
from app.domain.zones import next_quarter
from app.formats.meeting_guide.writing import entry_of
from app.formats.spreadsheet import CSV_TYPE, XLSX_TYPE, Table, write_csv, write_xlsx
from app.formats.written import naws, plain, tsml
from app.records.fellowships import find_fellowship
from app.records.listed import numbered, stamp_of_listed

bp = Blueprint("list_files", __name__, url_prefix="/fellowships")
bp.record_once(attach)

SHAPE = 1


@bp.get("/<slug>/groups.csv")
@public
def csv(slug: str) -> Response:
    """Answer with the groups of a fellowship as a table, in the reader's language."""
    return _file(slug, "groups.csv")


@bp.get("/<slug>/groups.xlsx")
@public
def xlsx(slug: str) -> Response:
    """Answer with the same as a workbook."""
    return _file(slug, "groups.xlsx")


@bp.get("/<slug>/tsml.csv")
@public
def wordpress(slug: str) -> Response:
    """Answer with the same for TSML, which runs in WordPress."""
    return _file(slug, "tsml.csv")


@bp.get("/<slug>/naws.csv")
@public
def world_services(slug: str) -> Response:
    """Answer with the same for NA World Services."""
    return _file(slug, "naws.csv")


def _file(slug: str, name: str) -> Response:
    fellowship = find_fellowship(slug)
    if fellowship is None:
        abort(404)
    now, id, title, language = clock.now(), fellowship.id, fellowship.name, current()
    tag = tag_of([name, SHAPE, language, id, stamp_of_listed(now, id)])

    def write() -> bytes:
        entries = [
            (one.id, entry)
            for one in numbered(now, id)
            if (entry := entry_of(one.listing, page=page_of, now=now))
        ]
        table = _table(name, entries, title, language)
        return write_xlsx(table) if name.endswith(".xlsx") else write_csv(table)

    media_type = CSV_TYPE if name.endswith(".csv") else XLSX_TYPE
    answer = list_answer(
        tag, lambda: kept_body(tag, write), until=next_quarter(now), content_type=media_type
    )
    answer.vary.update(("Accept-Language", "Cookie"))
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _table(name: str, entries: list[tuple[int, Entry]], title: str, language: str) -> Table:
    if name == "naws.csv":
        return naws.table(entries, title)
    bare = [entry for _, entry in entries]
    return tsml.table(bare, title) if name == "tsml.csv" else plain.table(bare, title, language)
