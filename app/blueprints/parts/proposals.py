"""What visitors say is wrong, beside what stands: as those who answer see it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from wtforms import (
    HiddenField,
    StringField,
)

from app import clock
from app.blueprints.parts.change_words import FIELDS
from app.blueprints.parts.changes import value_in_words
from app.blueprints.web.form import Form, at_most, optional
from app.blueprints.web.languages import current
from app.domain.place import Visibility
from app.domain.proposal import INSTEAD, Wrong, first_week
from app.domain.week import Week
from app.formats.wording import day_in_words
from app.records.groups import Group
from app.records.proposals import Proposal

WhatStands = Callable[[Group, Wrong], dict[str, Any]]
"""What its reader may know of what a proposal is about: `as_it_stands` or `as_anybody_reads`."""
WRONG = {
    Wrong.TIME: lazy_gettext("De dag of de tijd"),
    Wrong.PLACE: lazy_gettext("De locatie"),
    Wrong.LISTING: lazy_gettext("De naam of de omschrijving"),
    Wrong.CONTACT: lazy_gettext("De contactpersoon"),
    Wrong.GONE: lazy_gettext("De groep bestaat niet meer"),
    Wrong.OTHER: lazy_gettext("Iets anders"),
}


class AcceptForm(Form):
    version = HiddenField()


class DeclineForm(Form):
    reason = StringField(lazy_gettext("Waarom niet?"), [optional(), at_most(300)])


@dataclass(frozen=True)
class ProposalLine:
    """One proposal on the page of who answers it; `form` holds why not."""

    id: int
    version: int
    group: Group
    wrong: LazyString
    is_gone: bool
    words: str
    sent: date
    differences: list[tuple[str, str, str]]
    """Field, what stands now, what it would be."""
    since: str
    form: DeclineForm


def among(proposals: list[Proposal], proposal_id: int) -> Proposal:
    return {one.id: one for one in proposals}.get(proposal_id) or abort(404)


def answer_lines(
    proposals: list[Proposal],
    what_stands: WhatStands,
    answered: int | None,
    form: DeclineForm | None,
) -> list[ProposalLine]:
    lines = []
    for one in proposals:
        declining = form if form and one.id == answered else DeclineForm(formdata=None)
        declining.reason.id = f"reason-{one.id}"  # one page holds the reasons of all
        lines.append(_line(one, what_stands, declining))
    return lines


def _line(proposal: Proposal, what_stands: WhatStands, form: DeclineForm) -> ProposalLine:
    group = proposal.group
    wrong = Wrong(proposal.wrong)
    now = what_stands(group, wrong)
    names = [name for name in INSTEAD.get(wrong, ()) if name in proposal.instead]
    return ProposalLine(
        id=proposal.id,
        version=group.version if wrong is Wrong.LISTING else group.slot_version,
        group=group,
        wrong=WRONG[wrong],
        is_gone=wrong is Wrong.GONE,
        words=proposal.words or "",
        sent=proposal.sent_at.astimezone(group.timezone).date(),
        differences=[
            (
                str(FIELDS[name]),
                value_in_words(name, now.get(name)),
                value_in_words(name, proposal.instead[name]),
            )
            for name in names
        ],
        since=_since_words(since_of(group)) if names and wrong is not Wrong.LISTING else "",
        form=form,
    )


def since_of(group: Group) -> Week:
    now = clock.now().astimezone(group.timezone)
    slot = group.slot_from(Week.at(now, group.timezone))
    return first_week(now, slot.value() if slot else None)


def _since_words(week: Week) -> str:
    first: date = week.monday
    return _("Vanaf de week van %(day)s.", day=day_in_words(first, current()))


def as_anybody_reads(group: Group, wrong: Wrong) -> dict[str, Any]:
    """Return what stands, as far as the public sees it: else a guess at a hidden address that is
    answered otherwise than a wrong one would betray it."""
    record = group.slot_from(Week.of(group.day_of(clock.now())))
    is_hidden = record is not None and record.visibility != Visibility.WHOLE
    return {} if wrong is Wrong.PLACE and is_hidden else as_it_stands(group, wrong)


def as_it_stands(group: Group, wrong: Wrong) -> dict[str, Any]:
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
