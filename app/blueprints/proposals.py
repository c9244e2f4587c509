"""Something is wrong here: a visitor says so, the coordinators or the office answer."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import (
    EmailField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)

from app import clock
from app.actions.proposals import Said, accept_proposal, decline_proposal, propose
from app.blueprints import limits
from app.blueprints.access import my_fellowship, my_group, public
from app.blueprints.deeds import FIELDS, value_in_words
from app.blueprints.form import Form, at_most, optional, required, weekday_choices
from app.blueprints.languages import current
from app.blueprints.listing import form_version
from app.blueprints.refusals import pressed
from app.domain.place import Visibility
from app.domain.proposal import INSTEAD, MOST_WORDS, Wrong, first_week
from app.domain.week import Week
from app.formats.wording import day_in_words
from app.records.fellowships import Fellowship
from app.records.groups import Group, find_group
from app.records.proposals import Proposal, open_proposals, proposals_for_office

bp = Blueprint("proposals", __name__)

WhatStands = Callable[[Group, Wrong], dict[str, Any]]
"""What its reader may know of what a proposal is about: `_as_it_stands` or `_as_anybody_reads`."""

WRONG = {
    Wrong.TIME: lazy_gettext("De dag of de tijd"),
    Wrong.PLACE: lazy_gettext("De locatie"),
    Wrong.LISTING: lazy_gettext("De naam of de omschrijving"),
    Wrong.CONTACT: lazy_gettext("De contactpersoon"),
    Wrong.GONE: lazy_gettext("De groep bestaat niet meer"),
    Wrong.OTHER: lazy_gettext("Iets anders"),
}


class WrongForm(limits.PublicForm, Form):
    wrong = RadioField(
        lazy_gettext("Wat klopt er niet?"), [required(lazy_gettext("Kies wat er niet klopt."))]
    )
    weekday = SelectField(lazy_gettext("Op welke dag is het?"))
    start = TimeField(lazy_gettext("Hoe laat begint het?"), [optional()])
    place_name = StringField(lazy_gettext("Gebouw of zaal"), [optional(), at_most(120)])
    street = StringField(lazy_gettext("Straat en nummer"), [optional(), at_most(120)])
    postcode = StringField(lazy_gettext("Postcode"), [optional(), at_most(16)])
    town = StringField(lazy_gettext("Plaats"), [optional(), at_most(80)])
    name = StringField(lazy_gettext("Naam van de groep"), [optional(), at_most(120)])
    description = TextAreaField(lazy_gettext("Omschrijving"), [optional(), at_most(1200)])
    words = TextAreaField(lazy_gettext("Wat moeten ze weten?"), [optional(), at_most(MOST_WORDS)])
    sender = EmailField(
        lazy_gettext("Je mailadres, als je wilt horen hoe het afloopt"), [optional(), at_most(254)]
    )

    def said(self, group: Group) -> Said:
        """Return what the visitor says; a field that holds what anybody reads already says nothing."""
        wrong = Wrong(self.wrong.data)
        values = {name: self[name].data for name in INSTEAD.get(wrong, ())}
        if values.get("weekday"):
            values["weekday"] = int(values["weekday"])
        if values.get("start"):
            values["start"] = f"{values['start']:%H:%M}"
        now = _as_anybody_reads(group, wrong)
        instead = {
            name: value for name, value in values.items() if value and value != now.get(name)
        }
        return Said(wrong, self.words.data or "", instead, self.sender.data or "")


class AcceptForm(Form):
    version = HiddenField()


class DeclineForm(Form):
    reason = StringField(lazy_gettext("Waarom niet?"), [optional(), at_most(300)])


@bp.route("/groups/<slug>/wrong", methods=["GET", "POST"])
@public
@limits.rated("message", limits.MESSAGE_RATE)
def wrong(slug: str):
    group = find_group(slug)
    if group is None or not group.listed:
        abort(404)
    if group.slug != slug:
        return redirect(url_for("proposals.wrong", slug=group.slug), 308)
    form = WrongForm()
    form.wrong.choices = list(WRONG.items())
    form.weekday.choices = [("", _("dat weet ik niet")), *weekday_choices()]
    if form.does(lambda: _keep(group, form)):
        flash(_("Dank je wel. De coördinatoren kijken ernaar."), "good")
        return redirect(url_for("groups.show", slug=group.slug), 303)
    return render_template("proposals/wrong.html", group=group, form=form), form.code


@bp.get("/coordinate/<slug>/proposals")
@my_group()
def of_group(group: Group):
    return _page_of_group(group)


@bp.post("/coordinate/<slug>/proposals/<int:proposal_id>/accept")
@my_group(fresh=True)
def accept(group: Group, proposal_id: int):
    proposal = _among(open_proposals(group.id), proposal_id)
    return pressed(
        lambda: accept_proposal(
            proposal, _since(group), by=current_user, version=form_version(AcceptForm())
        ),
        _("Bewaard. Zo staat het nu op de pagina en in de agenda."),
        then=url_for("proposals.of_group", slug=group.slug),
    )


@bp.post("/coordinate/<slug>/proposals/<int:proposal_id>/decline")
@my_group(fresh=True)
def decline(group: Group, proposal_id: int):
    proposal = _among(open_proposals(group.id), proposal_id)
    form = DeclineForm()
    if not form.validate_on_submit():
        return _page_of_group(group, proposal.id, form), 422
    reason = form.reason.data or ""
    return pressed(
        lambda: decline_proposal(proposal, reason=reason, by=current_user),
        _("Alles blijft zoals het is."),
        then=url_for("proposals.of_group", slug=group.slug),
    )


@bp.get("/national/<slug>/proposals")
@my_fellowship()
def of_fellowship(fellowship: Fellowship):
    return _page_of_fellowship(fellowship)


@bp.post("/national/<slug>/proposals/<int:proposal_id>/accept")
@my_fellowship(fresh=True)
def accept_for(fellowship: Fellowship, proposal_id: int):
    proposal = _among(proposals_for_office(fellowship.id, clock.now()), proposal_id)
    since = _since(proposal.group)
    return pressed(
        lambda: accept_proposal(
            proposal,
            since,
            by=current_user,
            version=form_version(AcceptForm()),
            as_officer=True,
        ),
        _("Bewaard. De coördinatoren krijgen bericht."),
        then=url_for("proposals.of_fellowship", slug=fellowship.slug),
    )


@bp.post("/national/<slug>/proposals/<int:proposal_id>/decline")
@my_fellowship(fresh=True)
def decline_for(fellowship: Fellowship, proposal_id: int):
    proposal = _among(proposals_for_office(fellowship.id, clock.now()), proposal_id)
    form = DeclineForm()
    if not form.validate_on_submit():
        return _page_of_fellowship(fellowship, proposal.id, form), 422
    reason = form.reason.data or ""
    return pressed(
        lambda: decline_proposal(proposal, reason=reason, by=current_user, as_officer=True),
        _("Alles blijft zoals het is."),
        then=url_for("proposals.of_fellowship", slug=fellowship.slug),
    )


def _keep(group: Group, form: WrongForm) -> None:
    """Keep what a visitor says; a robot gets the same answer and leaves nothing."""
    if not form.is_from_robot():
        propose(group, form.said(group), language=current())


def _among(proposals: list[Proposal], proposal_id: int) -> Proposal:
    return {one.id: one for one in proposals}.get(proposal_id) or abort(404)


def _page_of_group(
    group: Group, answered: int | None = None, form: DeclineForm | None = None
) -> str:
    """Return the page; `form` holds the reason as it was sent for the proposal `answered`."""
    return render_template(
        "proposals/group.html",
        group=group,
        lines=_lines(open_proposals(group.id), _as_it_stands, answered, form),
    )


def _page_of_fellowship(
    fellowship: Fellowship, answered: int | None = None, form: DeclineForm | None = None
) -> str:
    waiting = proposals_for_office(fellowship.id, clock.now())
    return render_template(
        "proposals/fellowship.html",
        fellowship=fellowship,
        lines=_lines(waiting, _as_anybody_reads, answered, form),
    )


def _lines(
    proposals: list[Proposal],
    what_stands: WhatStands,
    answered: int | None,
    form: DeclineForm | None,
) -> list[dict[str, Any]]:
    lines = []
    for one in proposals:
        declining = form if form and one.id == answered else DeclineForm(formdata=None)
        declining.reason.id = f"reason-{one.id}"  # one page holds the reasons of all
        lines.append(_line(one, what_stands) | {"form": declining})
    return lines


def _since(group: Group) -> Week:
    now = clock.now().astimezone(group.timezone)
    slot = group.slot_from(Week.of(now.date()))
    return first_week(now, slot.value() if slot else None)


def _line(proposal: Proposal, what_stands: WhatStands) -> dict[str, Any]:
    group = proposal.group
    wrong = Wrong(proposal.wrong)
    now = what_stands(group, wrong)
    names = [name for name in INSTEAD.get(wrong, ()) if name in proposal.instead]
    return {
        "id": proposal.id,
        "version": group.version if wrong is Wrong.LISTING else group.slot_version,
        "group": group,
        "wrong": WRONG[wrong],
        "is_gone": wrong is Wrong.GONE,
        "words": proposal.words or "",
        "sent": proposal.sent_at.astimezone(group.timezone).date(),
        "differences": [
            (
                str(FIELDS[name]),
                value_in_words(name, now.get(name)),
                value_in_words(name, proposal.instead[name]),
            )
            for name in names
        ],
        "since": _since_words(_since(group)) if names and wrong is not Wrong.LISTING else "",
    }


def _since_words(week: Week) -> str:
    first: date = week.monday
    return _("Vanaf de week van %(day)s.", day=day_in_words(first, current()))


def _as_anybody_reads(group: Group, wrong: Wrong) -> dict[str, Any]:
    """Return what stands, as far as the public sees it: else a guess at a hidden address that is
    answered otherwise than a wrong one would betray it."""
    record = group.slot_from(Week.of(group.day_of(clock.now())))
    is_hidden = record is not None and record.visibility != Visibility.WHOLE
    return {} if wrong is Wrong.PLACE and is_hidden else _as_it_stands(group, wrong)


def _as_it_stands(group: Group, wrong: Wrong) -> dict[str, Any]:
    """Return what the fields of a proposal hold now."""
    if wrong is Wrong.LISTING:
        return {"name": group.name, "description": group.description}
    record = group.slot_from(Week.of(group.day_of(clock.now())))
    if record is None:
        return {}
    if wrong is Wrong.TIME:
        return {"weekday": record.weekday, "start": f"{record.start:%H:%M}"}
    if wrong is Wrong.PLACE and record.place:
        place = record.place
        return {
            "place_name": place.name,
            "street": place.street,
            "postcode": place.postcode,
            "town": place.town,
        }
    return {}
