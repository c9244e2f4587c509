"""Closures as coordinators write them down, and answer those of others."""

from collections.abc import Callable
from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app import clock
from app.actions.all_the_same import follow_closure, meet_all_the_same
from app.actions.closures import change_closure, close_group, close_place, withdraw_closure
from app.blueprints.access import my_group
from app.blueprints.parts.closures import (
    GROUP,
    ClosureForm,
    Falling,
    falling,
    line_of,
    stretch,
    subject_of,
    undone,
    weeks_to,
)
from app.blueprints.web.form import form_version
from app.blueprints.web.refusals import pressed
from app.domain.closure import planned
from app.domain.refusal import ChangedMeanwhile, Refusal
from app.records.closures import closures_about, last_closing, places_owned_by
from app.records.groups import Group
from app.records.houses import groups_meeting_in, shut_with
from app.records.listings import schedule_of
from app.records.places import PlaceRecord
from app.records.weeks import ClosureRecord

bp = Blueprint("closures", __name__, url_prefix="/coordinate")


@bp.get("/<slug>/closures")
@my_group(fresh=True)
def index(group: Group) -> ResponseReturnValue:
    today = group.day_of(clock.now())
    records = closures_about(group, today)
    schedule = schedule_of(group, weeks_to(records, today), public=False)
    lines = [line_of(one, records, group, schedule, today) for one in records]
    last = last_closing(current_user.id, clock.now(), group_id=group.id)
    return render_template("coordinate/closures/index.html", group=group, lines=lines, last=last)


@bp.route("/<slug>/closures/new", methods=["GET", "POST"])
@my_group(fresh=True)
def new(group: Group) -> ResponseReturnValue:
    today = group.day_of(clock.now())
    places = _places(group)
    form = ClosureForm(data={"what": request.args.get("place", GROUP)})
    form.what.choices = [
        (GROUP, _("Alleen onze groep")),
        *((key, _place_words(*one)) for key, one in places.items()),
    ]
    preview = None
    if form.validate_on_submit():
        place, only_room = places.get(form.what.data, (None, False))
        days = form.first.data, form.last.data, form.reason.data or ""
        try:
            if request.form.get("do") == "preview":
                shut = shut_with(place, only_room=only_room) if place else None
                preview = falling(
                    group,
                    None,
                    planned(*days, today=today, places=shut, said_at=clock.now()),
                    today=today,
                )
            else:
                if place:
                    close_place(group, place, *days, by=current_user, only_room=only_room)
                else:
                    close_group(group, *days, by=current_user)
                flash(_("Bewaard. Daarna gaat alles vanzelf weer verder."), "good")
                return redirect(url_for("closures.index", slug=group.slug), 303)
        except Refusal as refused:
            form.refuse(refused)
    return _page(group, form, preview)


@bp.route("/<slug>/closures/<int:closure_id>", methods=["GET", "POST"])
@my_group(fresh=True)
def edit(group: Group, closure_id: int) -> ResponseReturnValue:
    today = group.day_of(clock.now())
    record = _mine(group, closure_id)
    old = record.value()
    form = ClosureForm(
        data={
            "first": old.first,
            "last": old.last,
            "reason": old.reason,
            "version": str(record.version),
        }
    )
    del form.what
    preview, meanwhile = None, ""
    if form.validate_on_submit():
        days = form.first.data, form.last.data, form.reason.data or ""
        try:
            if request.form.get("do") == "preview":
                closure = planned(*days, today=today, places=old.places, was=old)
                preview = falling(group, old, closure, today=today)
            else:
                change_closure(record.id, *days, by=current_user, version=form_version(form))
                flash(_("Bewaard. Daarna gaat alles vanzelf weer verder."), "good")
                return redirect(url_for("closures.index", slug=group.slug), 303)
        except ChangedMeanwhile as refused:
            form.refuse(refused)
            form.version.data = str(_mine(group, closure_id).version)
            meanwhile = _words(refused.current.first, refused.current.last, refused.current.reason)
        except Refusal as refused:
            form.refuse(refused)
    back = falling(group, old, None, today=today)
    return _page(group, form, preview, record=record, meanwhile=meanwhile, coming_back=back)


@bp.post("/<slug>/closures/<int:closure_id>/withdraw")
@my_group(fresh=True)
def withdraw(group: Group, closure_id: int) -> ResponseReturnValue:
    record = _mine(group, closure_id)
    return _do(
        group,
        lambda: withdraw_closure(record.id, by=current_user),
        _("Ingetrokken. De bijeenkomsten gaan weer door."),
    )


@bp.post("/<slug>/closures/undo/<int:change_id>")
@my_group(fresh=True)
def undo(group: Group, change_id: int) -> ResponseReturnValue:
    last = last_closing(current_user.id, clock.now(), group_id=group.id)
    return undone(last, change_id, url_for("closures.index", slug=group.slug))


@bp.post("/<slug>/closures/<int:closure_id>/meet")
@my_group(fresh=True)
def meet(group: Group, closure_id: int) -> ResponseReturnValue:
    _about(group, closure_id)
    seen = set(request.form.getlist("knowing", type=int))
    return _do(
        group,
        lambda: meet_all_the_same(group, closure_id, knowing=seen, by=current_user),
        _("Bewaard. Jullie komen toch bij elkaar: dat staat nu op de pagina en in de agenda."),
    )


@bp.post("/<slug>/closures/<int:closure_id>/follow")
@my_group(fresh=True)
def follow(group: Group, closure_id: int) -> ResponseReturnValue:
    _about(group, closure_id)
    return _do(
        group,
        lambda: follow_closure(group, closure_id, by=current_user),
        _("Bewaard. Deze bijeenkomsten gaan niet door."),
    )


def _do(group: Group, deed: Callable[[], object], done: str) -> ResponseReturnValue:
    return pressed(deed, done, then=url_for("closures.index", slug=group.slug))


def _about(group: Group, closure_id: int) -> ClosureRecord:
    """Return a closure on this group's list; any other is a 404."""
    records = closures_about(group, group.day_of(clock.now()))
    record = next((one for one in records if one.id == closure_id), None)
    return record or abort(404)


def _mine(group: Group, closure_id: int) -> ClosureRecord:
    record = _about(group, closure_id)
    owner_id = record.place.owner_id if record.place else record.group_id
    return record if owner_id == group.id else abort(404)


def _places(group: Group) -> dict[str, tuple[PlaceRecord, bool]]:
    """Return what may be shut by its key in the form: a house, or a room of it alone (True)."""
    found: dict[str, tuple[PlaceRecord, bool]] = {}
    houses = set()
    for place in places_owned_by(group):
        if place.house is None or place.house not in houses:
            found[str(place.id)] = place, False
            houses.add(place.house)
        if place.room:
            found[f"{place.id}-room"] = place, True
    return found


def _place_words(place: PlaceRecord, only_room: bool) -> str:
    number = len(groups_meeting_in(shut_with(place, only_room=only_room)))
    name = place.name or place.street or place.town or _("Online")
    if only_room:
        name = f"{name}, {place.room}"
    return ngettext(
        "%(place)s: alle groepen die daar komen (%(num)s)",
        "%(place)s: alle groepen die daar komen (%(num)s)",
        number,
        place=name,
    )


def _words(first: date, last: date, reason: str) -> str:
    days = stretch(first, last, first)
    return f"{days}: {reason}" if reason else days


def _page(
    group: Group,
    form: ClosureForm,
    preview: Falling | None,
    *,
    record: ClosureRecord | None = None,
    meanwhile: str = "",
    coming_back: Falling | None = None,
) -> ResponseReturnValue:
    code = 422 if form.is_submitted() and not preview else 200
    return render_template(
        "coordinate/closures/edit.html",
        group=group,
        form=form,
        preview=preview,
        record=record,
        what=subject_of(record, group) if record else "",
        meanwhile=meanwhile,
        coming_back=coming_back,
    ), code
