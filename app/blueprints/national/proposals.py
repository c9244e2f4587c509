"""What visitors say is wrong and nobody answered: the office does."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app import clock
from app.actions.proposals import accept_proposal, decline_proposal
from app.blueprints.access import my_fellowship
from app.blueprints.parts.proposals import (
    AcceptForm,
    DeclineForm,
    among,
    answer_lines,
    as_anybody_reads,
    since_of,
)
from app.blueprints.web.form import form_version
from app.blueprints.web.refusals import pressed
from app.records.fellowships import Fellowship
from app.records.proposals import proposals_for_office

bp = Blueprint("national_proposals", __name__)


@bp.get("/national/<slug>/proposals")
@my_fellowship()
def index(fellowship: Fellowship) -> ResponseReturnValue:
    return _page(fellowship)


@bp.post("/national/<slug>/proposals/<int:proposal_id>/accept")
@my_fellowship(fresh=True)
def accept(fellowship: Fellowship, proposal_id: int) -> ResponseReturnValue:
    proposal = among(proposals_for_office(fellowship.id, clock.now()), proposal_id)
    since = since_of(proposal.group)
    return pressed(
        lambda: accept_proposal(
            proposal,
            since,
            by=current_user,
            version=form_version(AcceptForm()),
            as_officer=True,
        ),
        _("Bewaard. De coördinatoren krijgen bericht."),
        then=url_for("national_proposals.index", slug=fellowship.slug),
    )


@bp.post("/national/<slug>/proposals/<int:proposal_id>/decline")
@my_fellowship(fresh=True)
def decline(fellowship: Fellowship, proposal_id: int) -> ResponseReturnValue:
    proposal = among(proposals_for_office(fellowship.id, clock.now()), proposal_id)
    form = DeclineForm()
    if not form.validate_on_submit():
        return _page(fellowship, proposal.id, form), 422
    reason = form.reason.data or ""
    return pressed(
        lambda: decline_proposal(proposal, reason=reason, by=current_user, as_officer=True),
        _("Alles blijft zoals het is."),
        then=url_for("national_proposals.index", slug=fellowship.slug),
    )


def _page(
    fellowship: Fellowship, answered: int | None = None, form: DeclineForm | None = None
) -> str:
    waiting = proposals_for_office(fellowship.id, clock.now())
    return render_template(
        "national/proposals/fellowship.html",
        fellowship=fellowship,
        lines=answer_lines(waiting, as_anybody_reads, answered, form),
    )
