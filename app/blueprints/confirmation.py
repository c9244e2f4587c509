"""Is this still right?: coordinators say so at their desk, or by the link in a letter."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from wtforms import SelectMultipleField

from app import clock
from app.actions.confirmation import confirm_by_link, confirm_listing
from app.blueprints.access import my_group, public
from app.blueprints.facts import facts_of
from app.blueprints.form import Form
from app.blueprints.lines import confirmation_label
from app.domain.keys import hash_of
from app.domain.refusal import LinkIsOver, NothingTicked
from app.records.groups import Group
from app.records.links import groups_still_theirs, open_link

bp = Blueprint("confirmation", __name__)


class MineForm(Form):
    pass


class RightForm(Form):
    right = SelectMultipleField(validate_choice=False)


@bp.route("/coordinate/<slug>/confirm", methods=["GET", "POST"])
@my_group()
def mine(group: Group):
    form = MineForm()
    if form.validate_on_submit():
        confirm_listing(group, by=current_user)
        flash(_("Dank je wel. Iedereen ziet nu dat dit klopt."), "good")
        return redirect(url_for("desk.group", slug=group.slug), 303)
    return render_template(
        "confirmation/mine.html",
        group=group,
        facts=facts_of([group])[0],
        confirmation=confirmation_label(group, group.day_of(clock.now())),
    )


@bp.route("/confirm/<key>", methods=["GET", "POST"])
@public
def by_letter(key: str):
    link = open_link(hash_of(key), "confirm", clock.now())
    if link is None:
        abort(404)
    groups = groups_still_theirs(link)
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
        "confirmation/by_letter.html",
        form=form,
        name=link.account.name,
        groups=list(zip(groups, facts_of(groups), strict=True)),
    ), form.code


def _thank(right: list[Group], others: list[Group]):
    """Lead to a page that shows it, or to the desk when something is to be changed yet."""
    if others:
        flash(_("Dank je wel. Verander hier wat niet meer klopt."), "good")
        return redirect(url_for("desk.show"), 303)
    flash(_("Dank je wel. Iedereen ziet nu dat dit klopt."), "good")
    listed = [group for group in right if group.listed]
    if listed:
        return redirect(url_for("groups.show", slug=listed[0].slug), 303)
    return redirect(url_for("finder.show"), 303)
