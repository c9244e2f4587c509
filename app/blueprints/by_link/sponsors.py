"""What participants ask of each other, and the second group that they may move to."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.actions.reading import object_to_reader
from app.actions.second_group import move_to_second_group, stay_in_line
from app.actions.sponsorships import (
    agree_to_sponsor,
    ask_sponsor,
    end_sponsorship,
    set_sponsor_marks,
)
from app.blueprints.access import came_by_mail, participant, public
from app.blueprints.parts.sponsors import MarksForm
from app.blueprints.web import limits
from app.domain.refusal import LinkIsOver, NobodyCoachesHimself, NotTheirs
from app.domain.seating import NoChairLeft

bp = Blueprint("sponsors", __name__, url_prefix="/seat/<token>")

ASK_RATE = "20/hour"


@bp.post("/sponsor")
@public
def marks(token: str) -> ResponseReturnValue:
    participant(token)
    form = MarksForm()
    if form.validate_on_submit():
        _do(set_sponsor_marks, token, willing=form.willing.data, looking=form.looking.data)
        flash(_("Bewaard."), "good")
    return _back(token)


@bp.post("/sponsor/ask/<int:sponsor_id>")
@public
@limits.rated("sponsor", ASK_RATE)
def ask(token: str, sponsor_id: int) -> ResponseReturnValue:
    participant(token)
    _do(ask_sponsor, token, sponsor_id)
    flash(_("Gevraagd. Het antwoord komt op deze pagina."), "good")
    return _back(token)


@bp.post("/sponsor/<int:pair_id>/yes")
@public
def agree(token: str, pair_id: int) -> ResponseReturnValue:
    participant(token)
    _do(agree_to_sponsor, token, pair_id)
    flash(_("Fijn. Jullie spreken zelf af hoe en wanneer."), "good")
    return _back(token)


@bp.post("/sponsor/<int:pair_id>/end")
@public
def end(token: str, pair_id: int) -> ResponseReturnValue:
    participant(token)
    _do(end_sponsorship, token, pair_id)
    flash(_("Dat is gestopt. Niemand anders weet ervan."), "good")
    return _back(token)


@bp.post("/second-group/yes")
@public
def move(token: str) -> ResponseReturnValue:
    participant(token)
    try:
        _do(move_to_second_group, token, by_mail=came_by_mail(token))
        if participant(token).is_settled:
            words = _("Je hebt een plek in de nieuwe groep. Deze pagina is met je meegegaan.")
        else:
            words = _("Je vraag is binnen bij de nieuwe groep. Deze pagina is met je meegegaan.")
        flash(words, "good")
    except NoChairLeft:
        flash(_("Die groep is intussen vol. Je houdt je plek op de wachtlijst."), "changed")
    return redirect(url_for("seats.show", token=token), 303)


@bp.post("/second-group/no")
@public
def stay(token: str) -> ResponseReturnValue:
    participant(token)
    _do(stay_in_line, token)
    flash(_("Goed. Je houdt je plek op de wachtlijst."), "good")
    return redirect(url_for("seats.show", token=token), 303)


@bp.post("/reader/no")
@public
def object_to(token: str) -> ResponseReturnValue:
    """Say no to a new coordinator who would read the circle."""
    participant(token)
    _do(object_to_reader, token)
    flash(_("Goed. Diegene ziet de namen niet. Niemand leest wie nee zei."), "good")
    return redirect(url_for("seats.show", token=token), 303)


def _do(deed: Any, *args: Any, **kwargs: Any) -> None:
    """Do it, or answer 404 as for any page that is not theirs."""
    try:
        deed(*args, **kwargs)
    except (LinkIsOver, NotTheirs, NobodyCoachesHimself):
        abort(404)


def _back(token: str) -> ResponseReturnValue:
    return redirect(url_for("seats.show", token=token, _anchor="sponsor"), 303)
