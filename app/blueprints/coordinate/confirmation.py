"""Is this still right?: coordinators say so at their desk."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock
from app.actions.confirmation import confirm_listing
from app.blueprints.access import my_group
from app.blueprints.parts.listing_facts import facts_of
from app.blueprints.parts.meeting_lines import confirmation_label
from app.blueprints.web.form import Form
from app.records.groups import Group

bp = Blueprint("confirmation", __name__)


class MineForm(Form):
    pass


@bp.route("/coordinate/<slug>/confirm", methods=["GET", "POST"])
@my_group()
def mine(group: Group) -> ResponseReturnValue:
    form = MineForm()
    if form.validate_on_submit():
        confirm_listing(group, by=current_user)
        flash(_("Dank je wel. Iedereen ziet nu dat dit klopt."), "good")
        return redirect(url_for("desk.group", slug=group.slug), 303)
    return render_template(
        "coordinate/confirmation/mine.html",
        group=group,
        facts=facts_of([group])[0],
        confirmation=confirmation_label(group, group.day_of(clock.now())),
    )
