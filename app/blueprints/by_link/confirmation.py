"""Is this still right?: a coordinator says so by the link in a letter."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectMultipleField

from app import clock
from app.actions.confirmation import confirm_by_link
from app.blueprints.access import public
from app.blueprints.parts.listing_facts import facts_of
from app.blueprints.web.form import Form
from app.domain.confirmation import NothingTicked
from app.domain.keys import hash_of
from app.domain.refusal import LinkIsOver
from app.records.groups import Group
from app.records.links import groups_still_theirs, open_link

bp = Blueprint("by_link_confirmation", __name__)


class RightForm(Form):
    right = SelectMultipleField(validate_choice=False)


@bp.route("/confirm/<key>", methods=["GET", "POST"])
@public
def show(key: str) -> ResponseReturnValue:
    link = open_link(hash_of(key), "confirm", clock.now())
    if link is None:
        abort(404)
    groups = groups_still_theirs(link, clock.now())
    form = RightForm()
    if form.validate_on_submit():
        try:
            right, others = confirm_by_link(key, form.right.data)
        except NothingTicked as refused:
            form.refuse(refused)
        except LinkIsOver:
            abort(404)
        else:
            return _thank(right, others)
    elif not form.is_submitted():
        form.right.data = [group.slug for group in groups]
    return render_template(
        "by_link/confirmation/show.html",
        form=form,
        name=link.account.name,
        groups=list(zip(groups, facts_of(groups), strict=True)),
    ), form.code


def _thank(right: list[Group], others: list[Group]) -> ResponseReturnValue:
    """Lead to a page that shows it, or to the desk when something is to be changed yet."""
    if others:
        flash(_("Dank je wel. Verander hier wat niet meer klopt."), "good")
        return redirect(url_for("desk.show"), 303)
    flash(_("Dank je wel. Iedereen ziet nu dat dit klopt."), "good")
    listed = [group for group in right if group.listed]
    if listed:
        return redirect(url_for("groups.show", slug=listed[0].slug), 303)
    return redirect(url_for("finder.show"), 303)
