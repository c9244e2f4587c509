"""A word to the circle: written, kept for a while, copied for the chat, taken back."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from flask_login import current_user
from wtforms import BooleanField, TextAreaField

from app import clock
from app.actions.inside.announcements import announce, take_back_announcement
from app.blueprints.access import my_circle
from app.blueprints.web import limits
from app.blueprints.web.form import Form, at_most, required
from app.blueprints.web.refusals import pressed
from app.domain.inside.announcement import LONGEST
from app.records.groups import Group
from app.records.inside.announcements import announcements_of
from app.records.participants import ParticipantRecord, people_of

bp = Blueprint("announcements", __name__, url_prefix="/coordinate/<slug>/words")

RATE = "20/hour"


class AnnouncementForm(Form):
    words = TextAreaField(
        lazy_gettext("Wat wil je zeggen?"),
        [required(lazy_gettext("Schrijf eerst wat je wilt zeggen.")), at_most(LONGEST)],
    )
    for_line = BooleanField(lazy_gettext("Ook aan wie op de wachtlijst staat"))


@bp.route("", methods=["GET", "POST"])
@my_circle(fresh=True)
@limits.rated("announce", RATE)
def show(group: Group) -> ResponseReturnValue:
    form = AnnouncementForm()
    if form.does(
        lambda: announce(group, form.words.data or "", for_line=form.for_line.data, by=current_user)
    ):
        flash(_("Gezegd. Het staat op de pagina van iedereen met een plek."), "good")
        return redirect(url_for("announcements.show", slug=group.slug, _anchor="said"), 303)
    people = people_of(group.id)
    waiting = [one for one in people if one.wait_number and one.hold is None]
    page = render_template(
        "coordinate/inside/announcements.html",
        group=group,
        form=form,
        told=_told([one for one in people if one.is_settled and one.alias]),
        waiting=len(waiting),
        said=announcements_of(group.id, clock.now()),
    )
    return page, form.code


@bp.post("/<int:announcement_id>/back")
@my_circle(fresh=True)
def take_back(group: Group, announcement_id: int) -> ResponseReturnValue:
    return pressed(
        lambda: take_back_announcement(group, announcement_id, by=current_user),
        _("Weggehaald. Wie al mail kreeg, heeft het gelezen."),
        then=url_for("announcements.show", slug=group.slug),
    )


def _told(people: list[ParticipantRecord]) -> str:
    """Return how many will read it, and how many of them by mail."""
    if not people:
        return _(
            "Er heeft nog niemand een plek met een naam. Wie er nog een krijgt, leest het ook."
        )
    by_mail = sum(bool(one.contact and one.wants_letters) for one in people)
    readers = ngettext(
        "%(num)s mens leest het op de eigen pagina.",
        "%(num)s mensen lezen het op hun eigen pagina.",
        len(people),
    )
    mailed = ngettext(
        "%(num)s van hen krijgt het ook per mail.",
        "%(num)s van hen krijgen het ook per mail.",
        by_mail,
    )
    nobody = _("Niemand wil mail.")
    return f"{readers} {mailed if by_mail else nobody}"
