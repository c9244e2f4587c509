"""A coordinator who does not answer: an officer sets a last day, the coordinator stays by one tap."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import StringField

from app import clock
from app.actions.national import silence
from app.blueprints.access import group_of_my_region, my_group
from app.blueprints.web.form import Form, at_most, required
from app.blueprints.web.refusals import pressed
from app.domain.roles import last_day_of_silence
from app.records.accounts import coordinators_of
from app.records.groups import Group

bp = Blueprint("silence", __name__)


class SilentForm(Form):
    reason = StringField(
        lazy_gettext("Waarom?"), [required(lazy_gettext("Zeg in één zin waarom.")), at_most(300)]
    )


@bp.route("/national/groups/<slug>/silent", methods=["GET", "POST"])
@group_of_my_region(fresh=True)
def end(group: Group) -> ResponseReturnValue:
    form = SilentForm()
    if form.does(
        lambda: silence.end_silent_service(group, reason=form.reason.data, by=current_user)
    ):
        flash(_("De laatste dag staat er. De coördinator krijgt een mail."), "good")
        return redirect(url_for("national_groups.show", slug=group.slug), 303)
    coordinators = coordinators_of(group.id)
    last_day = last_day_of_silence(group.day_of(clock.now()))
    page = render_template(
        "national/silent_coordinators/end.html",
        group=group,
        form=form,
        coordinators=coordinators,
        last_day=min([last_day, *(role.until for role in coordinators if role.until)]),
    )
    return page, form.code


@bp.post("/coordinate/<slug>/people/stay")
@my_group()
def stay(group: Group) -> ResponseReturnValue:
    """No log-in of the last half hour is asked: to stay takes nothing from anybody."""
    return pressed(
        lambda: silence.stay(group, by=current_user),
        _("Fijn, je blijft coördinator. De laatste dag is weg."),
        then=url_for("desk.group", slug=group.slug),
    )
