"""What changed: searched, and taken away as a table."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import DateField, SelectField, StringField
from wtforms import Form as PlainForm

from app.blueprints.parts.change_words import DEEDS
from app.blueprints.parts.changes import ChangeLine
from app.blueprints.web.downloads import download
from app.blueprints.web.form import optional
from app.blueprints.web.languages import current
from app.formats.figures import amount
from app.formats.spreadsheet import Table
from app.records.changes import Change
from app.records.earlier import can_be_restored
from app.records.history import (
    Wanted,
)

SHOWN = 50
MOST_ROWS = 20_000
"""Of one file to take away."""


class SearchForm(PlainForm):
    """In the address: a search is a GET, which writes nothing."""

    deed = SelectField(lazy_gettext("Wat"), [optional()], validate_choice=False)
    group = StringField(lazy_gettext("Groep"), [optional()])
    who = StringField(lazy_gettext("Wie"), [optional()])
    first = DateField(lazy_gettext("Vanaf"), [optional()])
    last = DateField(lazy_gettext("Tot en met"), [optional()])

    def offer(self, deeds: list[str]) -> None:
        named = sorted(((deed, str(DEEDS[deed])) for deed in deeds), key=lambda one: one[1])
        self.deed.choices = [("", _("alles")), *named]

    def wanted(self, zone: ZoneInfo) -> Wanted:
        return Wanted(
            deed=self.deed.data or "",
            who=(self.who.data or "").strip()[:60],
            group=(self.group.data or "").strip()[:120],
            since=_midnight(self.first.data, zone),
            before=_midnight(self.last.data and _next(self.last.data), zone),
        )


def search_in_address(deeds: list[str]) -> SearchForm:
    form = SearchForm(request.args)
    form.offer(deeds)
    form.validate()
    if form.deed.data not in deeds:
        form.deed.data = ""
    return form


def here() -> dict[str, str]:
    """Return the search as it stands in the address, for the ways to older lines and to files."""
    names = ("deed", "group", "who", "first", "last")
    return {name: request.args[name] for name in names if request.args.get(name)}


def with_way_back(line: ChangeLine, change: Change) -> tuple[ChangeLine, int | None]:
    return line, change.id if can_be_restored(change) else None


def history_file(columns: list[str], rows: list[list[Any]], kind: str) -> Response:
    if len(rows) > MOST_ROWS:
        more = _(
            "Dit zijn de laatste %(number)s regels. Kies een periode om oudere mee te nemen.",
            number=amount(MOST_ROWS, current()),
        )
        rows = [*rows[:MOST_ROWS], [more, *("" for _column in columns[1:])]]
    return download(Table(_("Wat er veranderde"), columns, rows), kind, name="geschiedenis")


def columns() -> list[str]:
    return [_("Wanneer"), _("Wie"), _("Wat"), _("Verschil")]


def row(line: ChangeLine) -> list[Any]:
    differences = (f"{name}: {before} → {after}" for name, before, after in line.differences)
    return [line.at.replace(tzinfo=None), line.who, line.what, "; ".join(differences)]


def _midnight(day: date | None, zone: ZoneInfo) -> datetime | None:
    return datetime.combine(day, time(), zone) if day else None


def _next(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day
