"""Closures as coordinators write them down, and answer those of others."""

from collections.abc import Callable
from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app import clock
from app.actions.all_the_same import follow_closure, meet_all_the_same
from app.actions.closures import change_closure, close_group, close_place, withdraw_closure
from app.blueprints.access import my_group
from app.blueprints.closing import (
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
from app.blueprints.listing import form_version
from app.blueprints.refusals import pressed
from app.domain.closure import planned
from app.domain.refusal import ChangedMeanwhile, Refusal
from app.records.closures import closures_about, last_closing, places_owned_by
from app.records.groups import Group
from app.records.listings import schedule_of
from app.records.places import PlaceRecord
from app.records.places_in_use import groups_using
from app.records.weeks import ClosureRecord

bp = Blueprint("closures", __name__, url_prefix="/coordinate")


@bp.get("/<slug>/closures")
@my_group(fresh=True)
def index(group: Group):
    today = group.day_of(clock.now())
    records = closures_about(group, today)
    schedule = schedule_of(group, weeks_to(records, today), public=False)
    lines = [line_of(one, records, group, schedule, today) for one in records]
    last = last_closing(current_user.id, clock.now(), group_id=group.id)
    return render_template("closures/index.html", group=group, lines=lines, last=last)


@bp.route("/<slug>/closures/new", methods=["GET", "POST"])
@my_group(fresh=True)
def new(group: Group):
    today = group.day_of(clock.now())
    places = {str(one.id): one for one in places_owned_by(group)}
    form = ClosureForm(data={"what": request.args.get("place", GROUP)})
    form.what.choices = [
        (GROUP, _("Alleen onze groep")),
        *((key, _place_words(one)) for key, one in places.items()),
    ]
    preview = None
    if form.validate_on_submit():
        place = places.get(form.what.data)
        days = form.first.data, form.last.data, form.reason.data or ""
        try:
            if request.form.get("do") == "preview":
                closure = planned(*days, today=today, place_id=place.id if place else None)
                preview = falling(
                    group,
                    None,
                    closure,
                    place_id=closure.place_id,
                    fellowship_id=None,
                    today=today,
                )
            else:
                if place:
                    close_place(group, place, *days, by=current_user)
                else:
                    close_group(group, *days, by=current_user)
                flash(_("Bewaard. Daarna gaat alles vanzelf weer verder."), "good")
                return redirect(url_for("closures.index", slug=group.slug), 303)
        except Refusal as refused:
            form.refuse(refused)
    return _page(group, form, preview)


@bp.route("/<slug>/closures/<int:closure_id>", methods=["GET", "POST"])
@my_group(fresh=True)
def edit(group: Group, closure_id: int):
    today = group.day_of(clock.now())
    record = _mine(group, closure_id, today)
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
                closure = planned(*days, today=today, place_id=record.place_id)
                preview = falling(
                    group, old, closure, place_id=old.place_id, fellowship_id=None, today=today
                )
            else:
                change_closure(record.id, *days, by=current_user, version=form_version(form))
                flash(_("Bewaard. Daarna gaat alles vanzelf weer verder."), "good")
                return redirect(url_for("closures.index", slug=group.slug), 303)
        except ChangedMeanwhile as refused:
            form.refuse(refused)
            form.version.data = str(_mine(group, closure_id, today).version)
            meanwhile = _words(refused.current.first, refused.current.last, refused.current.reason)
        except Refusal as refused:
            form.refuse(refused)
    back = falling(group, old, None, place_id=old.place_id, fellowship_id=None, today=today)
    return _page(group, form, preview, record=record, meanwhile=meanwhile, coming_back=back)


@bp.post("/<slug>/closures/<int:closure_id>/withdraw")
@my_group(fresh=True)
def withdraw(group: Group, closure_id: int):
    record = _mine(group, closure_id, group.day_of(clock.now()))
    return _do(
        group,
        lambda: withdraw_closure(record.id, by=current_user),
        _("Ingetrokken. De bijeenkomsten gaan weer door."),
    )


@bp.post("/<slug>/closures/undo/<int:change_id>")
@my_group(fresh=True)
def undo(group: Group, change_id: int):
    last = last_closing(current_user.id, clock.now(), group_id=group.id)
    return undone(last, change_id, url_for("closures.index", slug=group.slug))


@bp.post("/<slug>/closures/<int:closure_id>/meet")
@my_group(fresh=True)
def meet(group: Group, closure_id: int):
    _about(group, closure_id)
    seen = set(request.form.getlist("knowing", type=int))
    return _do(
        group,
        lambda: meet_all_the_same(group, closure_id, knowing=seen, by=current_user),
        _("Bewaard. Jullie komen toch bij elkaar: dat staat nu op de pagina en in de agenda."),
    )


@bp.post("/<slug>/closures/<int:closure_id>/follow")
@my_group(fresh=True)
def follow(group: Group, closure_id: int):
    _about(group, closure_id)
    return _do(
        group,
        lambda: follow_closure(group, closure_id, by=current_user),
        _("Bewaard. Deze bijeenkomsten gaan niet door."),
    )


def _do(group: Group, deed: Callable[[], object], done: str):
    return pressed(deed, done, then=url_for("closures.index", slug=group.slug))


def _about(group: Group, closure_id: int) -> ClosureRecord:
    """Return a closure on this group's list; any other is a 404."""
    records = closures_about(group, group.day_of(clock.now()))
    record = next((one for one in records if one.id == closure_id), None)
    return record or abort(404)


def _mine(group: Group, closure_id: int, today: date) -> ClosureRecord:
    record = _about(group, closure_id)
    owner_id = record.place.owner_id if record.place else record.group_id
    return record if owner_id == group.id else abort(404)


def _place_words(place: PlaceRecord) -> str:
    number = len(groups_using(place.id))
    name = place.name or place.street or place.town or _("Online")
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
):
    code = 422 if form.is_submitted() and not preview else 200
    return render_template(
        "closures/edit.html",
        group=group,
        form=form,
        preview=preview,
        record=record,
        what=subject_of(record, group) if record else "",
        meanwhile=meanwhile,
        coming_back=coming_back,
    ), code
