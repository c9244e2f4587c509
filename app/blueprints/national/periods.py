"""Periods beside each other: months and years of a fellowship, a part of it or all, since a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from wtforms import DateField
from wtforms import Form as PlainForm

from app import clock
from app.blueprints.access import my_region, role
from app.blueprints.national.within import Within, within, within_sight
from app.blueprints.web.downloads import attached
from app.blueprints.web.form import optional
from app.blueprints.web.languages import current
from app.domain.confirmation import Freshness
from app.domain.overview import RUNNING, every_month
from app.domain.people_known import People
from app.domain.periods import Compared, Kept, compared
from app.domain.roles import Role
from app.domain.tally import Topic
from app.formats.overview.compared import compared_parts
from app.formats.overview.words import Part
from app.formats.spreadsheet import CSV_TYPE, XLSX_TYPE, write_csv, write_xlsx
from app.records.figures import Figures, figures_of, listings_by_freshness
from app.records.group_lists.sight import Sight
from app.records.months import months_kept

bp = Blueprint("periods", __name__, url_prefix="/national")

BACK = timedelta(days=365)
"""Compared with, unless a day is chosen."""


class SinceForm(PlainForm):
    """In the address: a GET, which writes nothing."""

    since = DateField(lazy_gettext("Vanaf"), [optional()])


@dataclass(frozen=True)
class Shown:
    """Of what periods are told, since when, and what they brought."""

    within: Within
    since: date
    found: Compared

    @cached_property
    def parts(self) -> list[Part]:
        return compared_parts(self.found, current())

    def file(self, name: str) -> str:
        """Return the address of one of its files."""
        more: dict[str, Any] = self.within.part | {"since": self.since.isoformat()}
        if self.within.fellowship is None:
            return url_for("periods.file_of_all", name=name, **more)
        return url_for(
            "periods.file_of_fellowship", slug=self.within.fellowship.slug, name=name, **more
        )


@bp.get("/periods")
@role(Role.OVERSEER)
def of_all() -> ResponseReturnValue:
    return _page(within(None))


@bp.get("/<slug>/periods")
@my_region(or_overseer=True)
def of_fellowship(sight: Sight) -> ResponseReturnValue:
    return _page(within_sight(sight))


@bp.get("/periods/<name>")
@role(Role.OVERSEER)
def file_of_all(name: str) -> ResponseReturnValue:
    return _file(within(None), name)


@bp.get("/<slug>/periods/<name>")
@my_region(or_overseer=True)
def file_of_fellowship(sight: Sight, name: str) -> ResponseReturnValue:
    return _file(within_sight(sight), name)


def _page(of: Within) -> str:
    form = SinceForm(request.args)
    return render_template(
        "national/figures/periods.html", form=form, shown=_look_at(of, form), of=of
    )


def _file(of: Within, name: str) -> Response:
    shown = _look_at(of, SinceForm(request.args))
    tables = {f"{part.key}.csv": part.table() for part in shown.parts}
    if name == "periods.xlsx":
        return attached(write_xlsx(*tables.values()), XLSX_TYPE, name=f"{of.file_name}-{name}")
    if name not in tables:
        abort(404)
    return attached(write_csv(tables[name]), CSV_TYPE, name=f"{of.file_name}-{name}")


def _look_at(of: Within, form: SinceForm) -> Shown:
    """Compare what is kept, five queries; a day that is none, or ahead, is a year ago."""
    today = clock.today()
    since = form.since.data
    if since is None or since > today:
        since = today - BACK
        form.since.data, form.since.raw_data, form.since.errors = since, None, ()
    scope = of.scope(today)
    figures = figures_of(scope, today)
    months = every_month(figures, today)
    kept = months_kept(scope, f"{since.year - 1}-12")
    kept[months[-1].name] = _now(figures, listings_by_freshness(scope, today))
    return Shown(of, since, compared(months, since, kept))


def _now(figures: Figures, freshness: Mapping[Freshness, int]) -> Kept:
    def people(topic: Topic) -> People:
        found = figures.get(topic, {})
        return People.total(found[one].people for one in RUNNING if one in found)

    return Kept(
        people(Topic.SEATS),
        people(Topic.LINE),
        listed=sum(freshness.values()),
        confirmed=freshness[Freshness.GREEN],
    )
