"""Closures as coordinators write them down, and answer those of others."""

from collections.abc import Callable

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
    data_of,
    falling,
    line_of,
    stretch,
    subject_of,
    undone,
    weeks_to,
)
from app.blueprints.web.form import form_version
from app.blueprints.web.preview import Sent, look_or_save
from app.blueprints.web.refusals import pressed
from app.blueprints.web.request_checks import whole_number
from app.domain.closure import Closure, planned
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
    places = _places(group)
    form = ClosureForm(data={"what": request.args.get("place", GROUP)})
    form.what.choices = [
        (GROUP, _("Alleen onze groep")),
        *((key, _place_words(*one)) for key, one in places.items()),
    ]
    where: tuple[PlaceRecord | None, bool] = places.get(form.what.data, (None, False))
    sent: Sent[Falling] = look_or_save(
        form,
        look=lambda: _look(group, form, *where),
        save=lambda: _shut(group, form, *where),
    )
    return _saved(group) if sent.is_saved else _page(group, sent)


@bp.route("/<slug>/closures/<int:closure_id>", methods=["GET", "POST"])
@my_group(fresh=True)
def edit(group: Group, closure_id: int) -> ResponseReturnValue:
    today = group.day_of(clock.now())
    record = _mine(group, closure_id)
    old = record.value()
    form = ClosureForm(data=data_of(record))
    del form.what
    sent: Sent[Falling] = look_or_save(
        form,
        look=lambda: falling(
            group, old, planned(*form.days(), today=today, places=old.places, was=old), today=today
        ),
        save=lambda: change_closure(
            record.id, *form.days(), by=current_user, version=form_version(form)
        ),
        versions=lambda: {"version": _mine(group, closure_id).version},
    )
    if sent.is_saved:
        return _saved(group)
    return _page(group, sent, record=record, coming_back=falling(group, old, None, today=today))


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
    seen = set(request.form.getlist("knowing", type=whole_number))
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


def _look(group: Group, form: ClosureForm, place: PlaceRecord | None, only_room: bool) -> Falling:
    shut = shut_with(place, only_room=only_room) if place else None
    today, now = group.day_of(clock.now()), clock.now()
    closure = planned(*form.days(), today=today, places=shut, said_at=now)
    return falling(group, None, closure, today=today)


def _shut(group: Group, form: ClosureForm, place: PlaceRecord | None, only_room: bool) -> None:
    if place:
        close_place(group, place, *form.days(), by=current_user, only_room=only_room)
    else:
        close_group(group, *form.days(), by=current_user)


def _saved(group: Group) -> ResponseReturnValue:
    flash(_("Bewaard. Daarna gaat alles vanzelf weer verder."), "good")
    return redirect(url_for("closures.index", slug=group.slug), 303)


def _words(closure: Closure | None) -> str:
    if closure is None:
        return ""
    days = stretch(closure.first, closure.last, closure.first)
    return f"{days}: {closure.reason}" if closure.reason else days


def _page(
    group: Group,
    sent: Sent[Falling],
    *,
    record: ClosureRecord | None = None,
    coming_back: Falling | None = None,
) -> ResponseReturnValue:
    return render_template(
        "coordinate/closures/edit.html",
        group=group,
        form=sent.form,
        preview=sent.preview,
        record=record,
        what=subject_of(record, group) if record else "",
        meanwhile=_words(sent.meanwhile),
        coming_back=coming_back,
    ), sent.code
