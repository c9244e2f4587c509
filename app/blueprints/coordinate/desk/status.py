"""Another status of a group: beginning, pausing, going on, stopping; seen first, then saved."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import RadioField

from app.actions.groups import set_status
from app.blueprints.access import my_group
from app.blueprints.coordinate.desk.page import bp as bp  # noqa: PLC0414 - given on: the views of these files are one subject
from app.blueprints.coordinate.desk.status_preview import status_preview
from app.blueprints.web.form import Form, choices_of
from app.blueprints.web.languages import current
from app.blueprints.web.preview import Sent, look_or_save
from app.domain.meeting import Status
from app.domain.undoing import UNDONE_WITHIN
from app.formats.wording import word
from app.records.groups import Group


class StatusForm(Form):
    status = RadioField(lazy_gettext("Hoe is het met de groep?"))


@bp.route("/<slug>/status", methods=["GET", "POST"])
@my_group(fresh=True)
def status(group: Group) -> ResponseReturnValue:
    form = StatusForm(obj=group)
    form.status.choices = choices_of(Status, word)
    sent: Sent[list[str]] = look_or_save(
        form,
        look=lambda: status_preview(group, Status(form.status.data)),
        save=lambda: set_status(group, Status(form.status.data), by=current_user),
    )
    if sent.is_saved:
        flash(_("Bewaard. Wie het moet weten, krijgt bericht."), "good")
        return redirect(url_for("desk.group", slug=group.slug), 303)
    page = render_template(
        "coordinate/desk/status.html",
        group=group,
        form=form,
        stands=word(Status(group.status), current()),
        chosen=word(Status(form.status.data), current()) if sent.preview else "",
        preview=sent.preview,
        grave=form.status.data == Status.CLOSED,
        undone_within=UNDONE_WITHIN,
    )
    return page, sent.code
