"""The page of who asked for a group: where it stands, found by the key in its address alone."""

from typing import Any

from flask import Blueprint, Response, abort, flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import TextAreaField

from app import clock
from app.actions.founding_requests import (
    answer_question,
    confirm_request,
    renew_invitation,
    withdraw_request,
)
from app.blueprints.access import public
from app.blueprints.parts.founding_request import nearest_lines, request_facts, talk_lines
from app.blueprints.web import limits
from app.blueprints.web.form import Form, at_most, required
from app.blueprints.web.languages import current
from app.blueprints.web.refusals import say
from app.domain.founding import OPEN, RequestStatus
from app.domain.keys import hash_of
from app.domain.refusal import LinkIsOver, Refusal
from app.domain.zones import day_at_home
from app.formats.duration import lasts
from app.records.founding_requests import FoundingRequest, find_request, may_be_invited_again
from app.records.letters import letters_about

bp = Blueprint("own_request", __name__, url_prefix="/start/<token>")

ANSWER_RATE = "10/hour"
MOST_WORDS = 1000


class AnswerForm(Form):
    words = TextAreaField(lazy_gettext("Je antwoord"), [required(), at_most(MOST_WORDS)])


@bp.get("")
@public
def show(token: str) -> ResponseReturnValue:
    return _page(token, _of(token), AnswerForm())


@bp.post("/confirm")
@public
def confirm(token: str) -> ResponseReturnValue:
    _of(token)
    try:
        confirm_request(token)
    except LinkIsOver:
        abort(404)
    flash(_("Dank je wel. Je vraag is aangekomen."), "good")
    return _back(token)


@bp.post("/answer")
@public
@limits.rated("request_answer", ANSWER_RATE)
def answer(token: str) -> ResponseReturnValue:
    mine = _of(token)
    form = AnswerForm()
    if not form.validate_on_submit():
        return _page(token, mine, form)
    try:
        answer_question(token, form.words.data)
        flash(_("Je antwoord is verstuurd."), "good")
    except LinkIsOver:
        abort(404)
    except Refusal as refused:
        say(refused)
    return _back(token)


@bp.post("/invitation")
@public
@limits.rated("request_answer", ANSWER_RATE)
def invitation(token: str) -> ResponseReturnValue:
    _of(token)
    try:
        renew_invitation(token)
        flash(
            _(
                "Er is een nieuwe uitnodiging onderweg. Die werkt %(time)s.",
                time=lasts("invitation", current()),
            ),
            "good",
        )
    except LinkIsOver:
        flash(_("Een nieuwe uitnodiging is nu niet nodig."), "message")
    return _back(token)


@bp.route("/withdraw", methods=["GET", "POST"])
@public
def withdraw(token: str) -> ResponseReturnValue:
    mine = _of(token)
    form = Form()
    if form.validate_on_submit():
        try:
            withdraw_request(token)
        except LinkIsOver:
            abort(404)
        flash(_("Alles wat we van je vraag bewaarden, is gewist."), "good")
        return redirect(url_for("finder.show"), 303)
    return render_template(
        "by_link/own_request/withdraw.html",
        token=token,
        form=form,
        is_open=mine.status in OPEN,
        is_invited=mine.group_id is not None,
    )


@bp.get("/data.json")
@public
def data(token: str) -> Response:
    """Give all that is stored about this person, as a file to keep."""
    answer = jsonify(_stored(_of(token)))
    answer.headers["Content-Disposition"] = 'attachment; filename="gegevens.json"'
    return answer


def _of(token: str) -> FoundingRequest:
    """Return whose page this is: the key in the address is the door. Else 404."""
    found = find_request(hash_of(token), clock.now())
    if found is None:
        abort(404)
    return found


def _back(token: str) -> ResponseReturnValue:
    return redirect(url_for("own_request.show", token=token), 303)


def _page(token: str, mine: FoundingRequest, form: AnswerForm) -> ResponseReturnValue:
    now = clock.now()
    return render_template(
        "by_link/own_request/show.html",
        token=token,
        mine=mine,
        form=form,
        state=mine.status if mine.confirmed_at else "unconfirmed",
        facts=request_facts(mine),
        talk=talk_lines(mine),
        group=mine.group if mine.group and mine.group.listed else None,
        nearest=nearest_lines(mine, now, free=True) if mine.status == RequestStatus.NOT_YET else [],
        invitation_is_over=may_be_invited_again(mine, now),
        ends=day_at_home(mine.ends()),
        is_open=mine.status in OPEN,
        stored=_stored(mine),
    ), form.code


def _stored(mine: FoundingRequest) -> dict[str, Any]:
    """Return a request's own row and the letters about it; keys are left out, being hashes."""
    return {
        "fellowship": mine.fellowship.name,
        "name": mine.name,
        "contact": mine.contact,
        "town": mine.town,
        "province": mine.province,
        "weekday": mine.weekday,
        "start": f"{mine.start:%H:%M}" if mine.start else None,
        "words": mine.words,
        "talk": mine.talk,
        "status": mine.status,
        "status_since": mine.status_since,
        "confirmed_at": mine.confirmed_at,
        "forgotten_at": mine.ends(),
        "language": mine.language,
        "consent": {"at": mine.consent_at, "text": mine.consent_text},
        "group": mine.group.name if mine.group else None,
        "letters": [
            {"kind": letter.kind, "written_at": letter.written_at, "sent_at": letter.sent_at}
            for letter in letters_about(mine)
        ],
    }
