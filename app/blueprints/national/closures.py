"""Closures of all groups of a fellowship, as its officers write them down."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock
from app.actions.closures import change_closure, close_fellowship, withdraw_closure
from app.blueprints.access import my_fellowship
from app.blueprints.parts.closures import ClosureForm, Falling, data_of, falling, stretch, undone
from app.blueprints.web.form import form_version
from app.blueprints.web.preview import Sent, look_or_save
from app.blueprints.web.refusals import pressed
from app.domain.closure import Closure, planned
from app.records.closures import closures_of_fellowship, last_closing
from app.records.fellowships import Fellowship
from app.records.weeks import ClosureRecord

bp = Blueprint("national_closures", __name__, url_prefix="/national")


@bp.get("/<slug>/closures")
@my_fellowship(fresh=True)
def index(fellowship: Fellowship) -> ResponseReturnValue:
    today = fellowship.day_of(clock.now())
    lines = [
        (one.id, stretch(one.first_day, one.last_day, today), one.reason)
        for one in closures_of_fellowship(fellowship.id, today)
    ]
    return render_template(
        "national/closures/index.html",
        fellowship=fellowship,
        lines=lines,
        last=last_closing(current_user.id, clock.now(), fellowship_id=fellowship.id),
    )


@bp.route("/<slug>/closures/new", methods=["GET", "POST"])
@my_fellowship(fresh=True)
def new(fellowship: Fellowship) -> ResponseReturnValue:
    form = ClosureForm()
    del form.what
    return _answer(fellowship, form, None)


@bp.route("/<slug>/closures/<int:closure_id>", methods=["GET", "POST"])
@my_fellowship(fresh=True)
def edit(fellowship: Fellowship, closure_id: int) -> ResponseReturnValue:
    record = _of(fellowship, closure_id)
    form = ClosureForm(data=data_of(record))
    del form.what
    return _answer(fellowship, form, record)


@bp.post("/<slug>/closures/<int:closure_id>/withdraw")
@my_fellowship(fresh=True)
def withdraw(fellowship: Fellowship, closure_id: int) -> ResponseReturnValue:
    record = _of(fellowship, closure_id)
    return _do(
        fellowship,
        lambda: withdraw_closure(record.id, by=current_user),
        _("Ingetrokken. De bijeenkomsten gaan weer door."),
    )


@bp.post("/<slug>/closures/undo/<int:change_id>")
@my_fellowship(fresh=True)
def undo(fellowship: Fellowship, change_id: int) -> ResponseReturnValue:
    last = last_closing(current_user.id, clock.now(), fellowship_id=fellowship.id)
    return undone(last, change_id, url_for("national_closures.index", slug=fellowship.slug))


def _do(fellowship: Fellowship, deed: Callable[[], object], done: str) -> ResponseReturnValue:
    return pressed(deed, done, then=url_for("national_closures.index", slug=fellowship.slug))


def _answer(
    fellowship: Fellowship, form: ClosureForm, record: ClosureRecord | None
) -> ResponseReturnValue:
    old = record.value() if record else None
    today = fellowship.day_of(clock.now())

    def save() -> None:
        if record:
            version = form_version(form)
            change_closure(record.id, *form.days(), by=current_user, version=version)
        else:
            close_fellowship(fellowship, *form.days(), by=current_user)

    sent: Sent[Falling] = look_or_save(
        form,
        look=lambda: _falling(
            fellowship, old, planned(*form.days(), today=today, said_at=clock.now(), was=old)
        ),
        save=save,
        versions=lambda: {"version": _of(fellowship, record.id).version} if record else {},
    )
    if sent.is_saved:
        flash(_("Bewaard. De coördinatoren krijgen een mail."), "good")
        return redirect(url_for("national_closures.index", slug=fellowship.slug), 303)
    now: Closure | None = sent.meanwhile
    return render_template(
        "national/closures/edit.html",
        fellowship=fellowship,
        form=form,
        record=record,
        preview=sent.preview,
        meanwhile=stretch(now.first, now.last, now.first) if now else "",
        coming_back=_falling(fellowship, old, None) if old else None,
    ), sent.code


def _falling(fellowship: Fellowship, old: Closure | None, new: Closure | None) -> Falling:
    return falling(
        None, old, new, fellowship_id=fellowship.id, today=fellowship.day_of(clock.now())
    )


def _of(fellowship: Fellowship, closure_id: int) -> ClosureRecord:
    records = closures_of_fellowship(fellowship.id, fellowship.day_of(clock.now()))
    return next((one for one in records if one.id == closure_id), None) or abort(404)
