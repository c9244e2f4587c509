"""Texts of a list that wait for a word of the group's own people: held back, or asides."""

import re

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.actions.contacts import ContactEdit
from app.actions.exchange.asides import answer_aside
from app.actions.held_texts import ask_to_be_contact, decide_text
from app.blueprints.access import my_circle
from app.blueprints.parts.exchange.asides import aside_line
from app.blueprints.web import limits
from app.blueprints.web.refusals import pressed
from app.domain.exchange.asides import Answer
from app.domain.exchange.held_texts import Decision
from app.domain.personal_text import Finding
from app.formats.mail_address import read_address
from app.formats.phone import findings_in
from app.records.exchange.asides import aside, unanswered_of
from app.records.exchange.held_texts import HeldTextRecord, held_text, undecided_of
from app.records.groups import Group

bp = Blueprint("held_texts", __name__, url_prefix="/coordinate")

CHOICES = (Decision.SHOWN, Decision.PARTICIPANTS, Decision.REMOVED)
_FIRST_NAME = re.compile(
    r"\b(?:[Bb]el|[Aa]pp|[Mm]ail(?: naar)?|[Vv]raag naar|[Cc]ontact(?:persoon)?):?\s+([A-ZÀ-Þ][\w'-]+)"
)


@bp.get("/<slug>/held")
@my_circle(fresh=True)
def index(group: Group) -> ResponseReturnValue:
    return render_template(
        "coordinate/held_texts/index.html",
        group=group,
        held=undecided_of([group.id]),
        asides=[aside_line(one, as_officer=False) for one in unanswered_of([group.id])],
        held_to=lambda one: url_for("held_texts.decide", slug=group.slug, held_id=one.id),
    )


@bp.post("/<slug>/held/<int:held_id>")
@my_circle(fresh=True)
@limits.rated("contact", limits.INVITATION_RATE)
def decide(group: Group, held_id: int) -> ResponseReturnValue:
    held = held_text(held_id)
    decision = request.form.get("do", "")
    if held is None or held.group_id != group.id:
        abort(404)
    back = url_for("held_texts.index", slug=group.slug)
    if decision == Decision.CONTACT:
        return _ask(group, held, back)
    if decision not in CHOICES:
        return redirect(back)
    return pressed(
        lambda: decide_text(held, Decision(decision), by=current_user), _("Bewaard."), then=back
    )


@bp.post("/<slug>/asides/<int:aside_id>")
@my_circle(fresh=True)
def answer(group: Group, aside_id: int) -> ResponseReturnValue:
    found = aside(aside_id)
    if found is None or found.group_id != group.id:
        abort(404)
    back = url_for("held_texts.index", slug=group.slug)
    if request.form.get("do") not in set(Answer):
        return redirect(back)
    return pressed(
        lambda: answer_aside(found, Answer(request.form["do"]), by=current_user),
        _("Bewaard."),
        then=back,
    )


def _ask(group: Group, held: HeldTextRecord, back: str) -> ResponseReturnValue:
    """Ask whom a text names by mail; without an address there, on the form of contact persons."""
    words = held.words or ""
    address = read_address(findings_in(words).get(Finding.ADDRESS, ""))
    if not address:
        flash(_("Vul het mailadres van deze persoon in. Daarna vragen wij of het mag."), "changed")
        return redirect(url_for("contacts.new", slug=group.slug), 303)
    named = _FIRST_NAME.search(words)
    edit = ContactEdit(name=named[1] if named else _("Contactpersoon"), email=address)
    return pressed(
        lambda: ask_to_be_contact(held, edit, by=current_user),
        _("We vragen per mail of dit mag. Tot het ja staat er niets op de pagina."),
        then=back,
    )
