"""What changed: of a group and of a fellowship, searched, taken away as a table, and put back."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import DateField, HiddenField, SelectField, StringField
from wtforms import Form as PlainForm

from app import clock
from app.actions.restoring import restore_listing, restore_slot
from app.blueprints.access import group_of_my_fellowship, my_fellowship, my_group
from app.blueprints.deeds import DEEDS, FIELDS, ChangeLine, change_line, value_in_words
from app.blueprints.downloads import download
from app.blueprints.form import Form, optional
from app.blueprints.intake import id_in_query
from app.blueprints.languages import current
from app.blueprints.listing import form_version
from app.domain.refusal import NoSuchWeek, Refusal
from app.domain.week import Week
from app.formats.figures import amount
from app.formats.spreadsheet import Table
from app.formats.wording import day_in_words
from app.records.changes import Change, change_of_group
from app.records.earlier import OF_LISTINGS, can_be_restored, listing_before
from app.records.fellowships import Fellowship
from app.records.groups import Group
from app.records.history import (
    ABOUT_PLACES,
    OF_THE_OFFICE,
    Wanted,
    history_of_fellowship,
    history_of_group,
)
from app.records.slots import slot_as_noted

bp = Blueprint("history", __name__)

SHOWN = 50
MOST_ROWS = 20_000
"""Of one file to take away."""
WEEKS_AHEAD = 6


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


class RestoreForm(Form):
    since = SelectField(lazy_gettext("Vanaf wanneer?"), validate_choice=False)
    version = HiddenField()


@bp.get("/coordinate/<slug>/changes")
@my_group()
def of_group(group: Group):
    form = _search(list(DEEDS))
    found = history_of_group(
        group, form.wanted(group.timezone), most=SHOWN + 1, before_id=id_in_query("before")
    )
    lines = [change_line(change, group.timezone) for change in found[:SHOWN]]
    return render_template(
        "history/group.html",
        group=group,
        form=form,
        lines=[_with_way_back(line, one) for line, one in zip(lines, found, strict=False)],
        here=_here(),
        older=found[SHOWN - 1].id if len(found) > SHOWN else None,
    )


@bp.get("/coordinate/<slug>/changes.<kind>")
@my_group()
def group_file(group: Group, kind: str):
    form = _search(list(DEEDS))
    found = history_of_group(group, form.wanted(group.timezone), most=MOST_ROWS + 1)
    rows = [_row(change_line(change, group.timezone)) for change in found]
    return _file(_columns(), rows, kind)


@bp.get("/national/<slug>/history")
@my_fellowship()
def of_fellowship(fellowship: Fellowship):
    zone = ZoneInfo(fellowship.zone)
    form = _search(sorted(OF_THE_OFFICE & DEEDS.keys()))
    found = history_of_fellowship(
        fellowship.id, form.wanted(zone), most=SHOWN + 1, before_id=id_in_query("before")
    )
    return render_template(
        "history/fellowship.html",
        fellowship=fellowship,
        form=form,
        lines=[
            (
                _with_way_back(change_line(entry.change, zone, for_office=True), entry.change),
                entry.groups,
            )
            for entry in found[:SHOWN]
        ],
        here=_here(),
        older=found[SHOWN - 1].change.id if len(found) > SHOWN else None,
    )


@bp.get("/national/<slug>/history.<kind>")
@my_fellowship()
def fellowship_file(fellowship: Fellowship, kind: str):
    zone = ZoneInfo(fellowship.zone)
    form = _search(sorted(OF_THE_OFFICE & DEEDS.keys()))
    found = history_of_fellowship(fellowship.id, form.wanted(zone), most=MOST_ROWS + 1)
    rows = [
        [
            ", ".join(group.name for group in entry.groups),
            *_row(change_line(entry.change, zone, for_office=True)),
        ]
        for entry in found
    ]
    return _file([_("Groep"), *_columns()], rows, kind)


@bp.route("/coordinate/<slug>/changes/<int:change_id>/restore", methods=["GET", "POST"])
@my_group(fresh=True)
def restore(group: Group, change_id: int):
    return _restore(group, change_id, as_officer=False)


@bp.route("/national/groups/<slug>/changes/<int:change_id>/restore", methods=["GET", "POST"])
@group_of_my_fellowship(fresh=True)
def restore_for(group: Group, change_id: int):
    return _restore(group, change_id, as_officer=True)


def _restore(group: Group, change_id: int, *, as_officer: bool):
    change = change_of_group(change_id, group.id)
    if change is None or not can_be_restored(change):
        abort(404)
    is_listing = change.deed in OF_LISTINGS
    version = group.version if is_listing else group.slot_version
    form = RestoreForm(data={"version": str(version)})
    this_week = Week.of(group.day_of(clock.now()))
    form.since.choices = [
        (str(this_week + number), _since(this_week + number)) for number in range(WEEKS_AHEAD + 1)
    ]
    if form.validate_on_submit():
        given = {"by": current_user, "version": form_version(form), "as_officer": as_officer}
        try:
            if is_listing:
                restore_listing(group, change.id, **given)
            else:
                restore_slot(group, change.id, _week(form, this_week), **given)
        except Refusal as refused:
            form.refuse(refused)
            form.version.data = str(group.version if is_listing else group.slot_version)
        else:
            flash(_("Teruggezet. Het staat nu overal zoals het eerder was."), "good")
            return redirect(_back(group, as_officer), 303)
    page = render_template(
        "history/restore.html",
        group=group,
        form=form,
        back=_back(group, as_officer),
        is_listing=is_listing,
        as_officer=as_officer,
        line=change_line(change, group.timezone, for_office=as_officer),
        rows=_differences(group, change, this_week, for_office=as_officer),
    )
    return page, form.code


def _differences(
    group: Group, change: Change, this_week: Week, *, for_office: bool
) -> list[tuple[str, str, str]]:
    """Return what would change, in words: field, what stands now, what stood before."""
    if change.deed in OF_LISTINGS:
        earlier = listing_before(group, change)
        now = {name: getattr(group, name) for name in earlier}
    else:
        now = slot_as_noted(group.slot_in(this_week))
        earlier = {name: value for name, value in change.before.items() if now.get(name) != value}
    return [
        (str(FIELDS[name]), value_in_words(name, now.get(name)), value_in_words(name, value))
        for name, value in earlier.items()
        if name in FIELDS and name != "since" and not (for_office and name in ABOUT_PLACES)
    ]


def _search(deeds: list[str]) -> SearchForm:
    form = SearchForm(request.args)
    form.offer(deeds)
    form.validate()
    if form.deed.data not in deeds:
        form.deed.data = ""
    return form


def _here() -> dict[str, str]:
    """Return the search as it stands in the address, for the ways to older lines and to files."""
    names = ("deed", "group", "who", "first", "last")
    return {name: request.args[name] for name in names if request.args.get(name)}


def _with_way_back(line: ChangeLine, change: Change) -> tuple[ChangeLine, int | None]:
    return line, change.id if can_be_restored(change) else None


def _file(columns: list[str], rows: list[list[Any]], kind: str) -> Response:
    if len(rows) > MOST_ROWS:
        more = _(
            "Dit zijn de laatste %(number)s regels. Kies een periode om oudere mee te nemen.",
            number=amount(MOST_ROWS, current()),
        )
        rows = [*rows[:MOST_ROWS], [more, *("" for _column in columns[1:])]]
    return download(Table(_("Wat er veranderde"), columns, rows), kind, name="geschiedenis")


def _columns() -> list[str]:
    return [_("Wanneer"), _("Wie"), _("Wat"), _("Verschil")]


def _row(line: ChangeLine) -> list[Any]:
    differences = (f"{name}: {before} → {after}" for name, before, after in line.differences)
    return [line.at.replace(tzinfo=None), line.who, line.what, "; ".join(differences)]


def _midnight(day: date | None, zone: ZoneInfo) -> datetime | None:
    return datetime.combine(day, time(), zone) if day else None


def _next(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day


def _back(group: Group, as_officer: bool) -> str:
    if as_officer:
        return url_for("history.of_fellowship", slug=group.fellowship.slug)
    return url_for("history.of_group", slug=group.slug)


def _week(form: RestoreForm, this_week: Week) -> Week:
    try:
        return max(Week.parse(form.since.data or ""), this_week)
    except NoSuchWeek:
        return this_week


def _since(week: Week) -> str:
    day = day_in_words(week.monday, current(), year=True)
    return _("de week van %(day)s (week %(week)s)", day=day, week=week.iso[1])
