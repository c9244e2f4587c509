"""What visitors say is wrong with a group: its coordinators answer."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.actions.proposals import accept_proposal, decline_proposal
from app.blueprints.access import my_group
from app.blueprints.parts.proposals import (
    AcceptForm,
    DeclineForm,
    among,
    answer_lines,
    as_it_stands,
    since_of,
)
from app.blueprints.web.form import form_version
from app.blueprints.web.refusals import pressed
from app.records.groups import Group
from app.records.proposals import open_proposals

bp = Blueprint("proposals", __name__)


@bp.get("/coordinate/<slug>/proposals")
@my_group()
def index(group: Group) -> ResponseReturnValue:
    return _page(group)


@bp.post("/coordinate/<slug>/proposals/<int:proposal_id>/accept")
@my_group(fresh=True)
def accept(group: Group, proposal_id: int) -> ResponseReturnValue:
    proposal = among(open_proposals(group.id), proposal_id)
    return pressed(
        lambda: accept_proposal(
            proposal, since_of(group), by=current_user, version=form_version(AcceptForm())
        ),
        _("Bewaard. Zo staat het nu op de pagina en in de agenda."),
        then=url_for("proposals.index", slug=group.slug),
    )


@bp.post("/coordinate/<slug>/proposals/<int:proposal_id>/decline")
@my_group(fresh=True)
def decline(group: Group, proposal_id: int) -> ResponseReturnValue:
    proposal = among(open_proposals(group.id), proposal_id)
    form = DeclineForm()
    if not form.validate_on_submit():
        return _page(group, proposal.id, form), 422
    reason = form.reason.data or ""
    return pressed(
        lambda: decline_proposal(proposal, reason=reason, by=current_user),
        _("Alles blijft zoals het is."),
        then=url_for("proposals.index", slug=group.slug),
    )


def _page(group: Group, answered: int | None = None, form: DeclineForm | None = None) -> str:
    """Return the page; `form` holds the reason as it was sent for the proposal `answered`."""
    return render_template(
        "coordinate/proposals/group.html",
        group=group,
        lines=answer_lines(open_proposals(group.id), as_it_stands, answered, form),
    )
