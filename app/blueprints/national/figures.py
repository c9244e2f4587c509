"""The overview of a fellowship, a province or all, and the files of its figures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import Any

from flask import Blueprint, Response, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import ServiceUnavailable

from app import clock
from app.blueprints.access import my_fellowship, my_region, role, sight_in
from app.blueprints.national.within import Within, known_province, within, within_sight
from app.blueprints.web.downloads import attached
from app.blueprints.web.languages import current
from app.domain.overview import Overview, Share, overview, towns_in_need
from app.domain.roles import Role
from app.formats.overview import country_map
from app.formats.overview.changed import what_changed
from app.formats.overview.compared import years_beside
from app.formats.overview.json import write_json
from app.formats.overview.parts import headline, parts_of
from app.formats.overview.printed import write_sheet
from app.formats.overview.words import Part
from app.formats.printed.typesetting import PressIsBusy
from app.formats.spreadsheet import CSV_TYPE, XLSX_TYPE, write_csv, write_xlsx
from app.records.end_of_reading import stop_reading
from app.records.fellowships import Fellowship, all_fellowships
from app.records.figures import (
    Scope,
    figures_of,
    listings_by_freshness,
    provinces_in,
    shares_by_region,
    shares_of,
    towns_in,
)
from app.records.founding_requests import open_by_town
from app.records.group_lists.by_region import by_region
from app.records.group_lists.sight import Sight
from app.records.regions import regions_of

bp = Blueprint("figures", __name__, url_prefix="/national")

SECONDS_TO_WAIT = 5


@dataclass(frozen=True)
class Shown:
    """Of what an overview is, and what it holds."""

    within: Within
    overview: Overview
    fellowships: int | None

    @property
    def fellowship(self) -> Fellowship | None:
        return self.within.fellowship

    @property
    def province(self) -> str | None:
        return self.within.province

    @property
    def slug(self) -> str:
        return self.fellowship.slug if self.fellowship else ""

    @property
    def title(self) -> str:
        return self.within.title

    @property
    def headline(self) -> str:
        return headline(
            self.overview.groups,
            self.overview.people,
            current(),
            fellowships=self.fellowships,
        )

    @property
    def changes(self) -> list[str]:
        return what_changed(self.overview, current())

    @cached_property
    def parts(self) -> list[Part]:
        return parts_of(self.overview, current())

    def file(self, name: str) -> str:
        """Return the address of one of its files."""
        if self.fellowship is None:
            return url_for("figures.file_of_all", name=name, **self.within.part)
        slug = self.fellowship.slug
        return url_for("figures.file_of_fellowship", slug=slug, name=name, **self.within.part)


@bp.get("/provinces/<province>")
@role(Role.OVERSEER)
def province_of_all(province: str) -> ResponseReturnValue:
    return overview_page(look_at(Within(None, known_province(province))))


@bp.get("/<slug>/provinces/<province>")
@my_fellowship(or_overseer=True)
def province_of_fellowship(fellowship: Fellowship, province: str) -> ResponseReturnValue:
    return overview_page(look_at(Within(fellowship, known_province(province))))


@bp.get("/figures/<name>")
@role(Role.OVERSEER)
def file_of_all(name: str) -> ResponseReturnValue:
    return _file(within(None), name)


@bp.get("/<slug>/figures/<name>")
@my_region(or_overseer=True)
def file_of_fellowship(sight: Sight, name: str) -> ResponseReturnValue:
    return _file(within_sight(sight), name)


def look_at(of: Within) -> Shown:
    """Put an overview together: ten queries at most, however many groups there are."""
    today = clock.today()
    fellowship, scope = of.fellowship, of.scope(today)
    bodies = shares_of(all_fellowships(), scope, today) if fellowship is None else []
    requests = {
        town: number for town, number in open_by_town(scope.fellowship_id).items() if of.holds(town)
    }
    found = overview(
        figures_of(scope, today),
        today=today,
        freshness=listings_by_freshness(scope, today),
        provinces=provinces_in(scope, today) if of.is_whole else [],
        regions=_regions(fellowship, scope, today) if fellowship and of.is_whole else [],
        towns=towns_in_need(towns_in(scope, today), requests),
        fellowships=bodies,
    )
    return Shown(of, found, len(bodies) if fellowship is None else None)


def _regions(fellowship: Fellowship, scope: Scope, today: date) -> list[Share]:
    regions = regions_of(fellowship.id)
    if not regions:
        return []
    return shares_by_region(regions, by_region(fellowship.id, regions, today), scope, today)


def overview_page(shown: Shown) -> str:
    """Return the page of an overview; the lists behind its figures are for officers alone."""
    fellowship = shown.fellowship
    return render_template(
        "national/figures/overview.html",
        shown=shown,
        fellowship=fellowship,
        is_officer=fellowship is not None and sight_in(fellowship) is not None,
        **drawn(shown),
    )


def drawn(shown: Shown) -> dict[str, Any]:
    """Return what the parts of an overview need to be drawn."""
    fellowship = shown.fellowship
    lists = fellowship is not None and sight_in(fellowship) is not None
    more = shown.within.part

    def list_of(query: dict[str, str] | None) -> str | None:
        if query is None or fellowship is None or not lists:
            return None
        return url_for("group_lists.index", slug=fellowship.slug, **(more | query))

    def of_province(name: str) -> str:
        if fellowship is None:
            return url_for("figures.province_of_all", province=name)
        return url_for("figures.province_of_fellowship", slug=fellowship.slug, province=name)

    def of_region(region_id: str) -> str:
        return url_for("national_regions.show", slug=shown.slug, region_id=region_id)

    counted = {share.name: share for share in shown.overview.provinces}
    return {
        "list_of": list_of,
        "of_province": of_province,
        "of_region": of_region,
        "box": country_map.COUNTRY,
        "provinces": [
            {
                "name": name,
                "path": path,
                "number": counted[name].groups if name in counted else 0,
                "href": of_province(name),
                "x": country_map.middle_of(name)[0],
                "y": country_map.middle_of(name)[1],
            }
            for name, path in country_map.outlines().items()
            if shown.within.is_whole
        ],
    }


def _file(of: Within, name: str) -> Response:
    shown = look_at(of)
    parts = shown.parts
    writers: dict[str, tuple[str, Callable[[], bytes]]] = {
        "figures.xlsx": (XLSX_TYPE, lambda: write_xlsx(*(part.table() for part in parts))),
        "figures.json": ("application/json", lambda: write_json(shown.overview, **_whose(shown))),
        "overview.pdf": ("application/pdf", lambda: _sheet(shown, parts)),
    }
    for part in parts:
        writers[f"{part.key}.csv"] = (CSV_TYPE, partial(write_csv, part.table()))
    if name not in writers:
        abort(404)
    kind, write = writers[name]
    file_name = f"{of.file_name}-{name}"
    return attached(write(), kind, name=file_name)


def _sheet(shown: Shown, parts: Sequence[Part]) -> bytes:
    title, first, changes = shown.title, shown.headline, shown.changes
    groups = {one.name: one.groups for one in shown.overview.provinces if one.name}
    parts = [*parts, years_beside(shown.overview.months, current())]
    today = clock.today()
    stop_reading()
    try:
        return write_sheet(
            title, first, parts, changes=changes, groups=groups, today=today, language=current()
        )
    except PressIsBusy:
        raise ServiceUnavailable(retry_after=SECONDS_TO_WAIT) from None


def _whose(shown: Shown) -> dict[str, Any]:
    return {
        "fellowship": shown.fellowship.slug if shown.fellowship else None,
        "province": shown.province,
        "region": shown.within.region.name if shown.within.region else None,
        "today": clock.today(),
    }
