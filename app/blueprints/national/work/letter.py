"""One letter to each coordinator about what was picked of the work list, and a sheet for calls."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from flask_login import current_user
from wtforms import TextAreaField

from app import clock
from app.actions.national.work import write_coordinators
from app.blueprints.access import my_region
from app.blueprints.national.work.lines import in_one_line
from app.blueprints.national.work.page import bp as bp  # noqa: PLC0414 - given on: the views of both files are one subject
from app.blueprints.national.work.wanted import Wanted
from app.blueprints.web import limits
from app.blueprints.web.form import Form, at_most, optional
from app.blueprints.web.refusals import say
from app.domain.refusal import Refusal
from app.formats.letter import word_letter
from app.records.group_lists.sight import Sight
from app.records.work.calls import to_call
from app.records.work.letters import Draft, drafts_of, still_so
from app.records.work.points import work_in

LETTERS_RATE = "30/hour"
SHOWN = 20
"""Letters that the page shows whole; they differ in a name."""


class LetterForm(Form):
    words = TextAreaField(
        lazy_gettext("Iets erbij in je eigen woorden"), [optional(), at_most(600)]
    )


@bp.route("/<slug>/work/letter", methods=["GET", "POST"])
@my_region(fresh=True)
def letter(sight: Sight) -> ResponseReturnValue:
    form, fellowship = LetterForm(), sight.fellowship
    wanted = Wanted.of(request.args)
    picked = _picked(sight, wanted)
    is_sent = form.validate_on_submit() and request.form.get("do") == "save"
    if is_sent:
        limits.count("work", LETTERS_RATE, str(current_user.id))
        try:
            number = write_coordinators(
                fellowship, picked, words=form.words.data or "", by=current_user
            )
        except Refusal as refused:
            say(refused)
        else:
            flash(_sent(number), "good")
        return redirect(url_for("national_work.index", slug=fellowship.slug), 303)
    today = fellowship.day_of(clock.now())
    points = still_so(sight, picked, today)
    words = "" if form.errors else form.words.data or ""
    drafts = drafts_of(fellowship, points, words=words, today=today)
    page = render_template(
        "national/work/letter.html",
        fellowship=fellowship,
        form=form,
        points=[] if wanted.concern else [one.point.key for one in points],
        asked=wanted.query(),
        groups=len({one.slug for one in points if one.has_coordinator}),
        left_out=sorted({one.name for one in points if not one.has_coordinator}),
        number=len(drafts),
        letters=[(draft, *_in_words(draft)) for draft in drafts[:SHOWN]],
    )
    return page, 422 if form.errors else 200


@bp.get("/<slug>/work/calls")
@my_region()
def calls(sight: Sight) -> ResponseReturnValue:
    """Show a sheet to print for a round of calls: whom, and what to ask them."""
    wanted, fellowship = Wanted.of(request.args), sight.fellowship
    today = fellowship.day_of(clock.now())
    points = [
        one
        for one in work_in(sight, today)
        if one.is_hidden == wanted.hidden and wanted.picks(one, current_user.id)
    ]
    return render_template(
        "national/work/calls.html",
        fellowship=fellowship,
        today=today,
        asked=wanted.query(),
        calls=to_call(points, today),
        in_one_line=in_one_line,
    )


def _picked(sight: Sight, wanted: Wanted) -> frozenset[str]:
    """Return the keys of the points in the address or form, or of the pile that it names."""
    if wanted.concern is None:
        return frozenset(request.values.getlist("point"))
    return frozenset(
        one.point.key
        for one in work_in(sight, sight.fellowship.day_of(clock.now()))
        if one.is_hidden == wanted.hidden and wanted.picks(one, current_user.id)
    )


def _sent(number: int) -> str:
    if not number:
        return _("Deze mails waren vandaag al verstuurd. Er gaat niets dubbel uit.")
    return ngettext("%(num)s mail is onderweg.", "%(num)s mails zijn onderweg.", number)


def _in_words(draft: Draft) -> tuple[str, str]:
    """Return subject and body exactly as they will be sent."""
    return word_letter(
        "work", draft.language, draft.values, current_app.config["TWAALF_PUBLIC_URL"]
    )
