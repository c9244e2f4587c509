"""What becomes of a visitor's word that something is wrong: told, accepted with one tap, or not."""

import hashlib
import json
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import time
from typing import Any

from sqlalchemy import func, select

from app import clock
from app.actions.groups import ListingEdit, edit_listing
from app.actions.parts.new_place import write_place_instead
from app.actions.parts.office import tell_coordinators
from app.actions.parts.outbox import write_letter
from app.actions.parts.transaction import (
    hold_group_for,
    hold_public_group,
    note,
    transaction,
)
from app.actions.slots import set_slot
from app.db import db, erased
from app.domain.held import first_week_for
from app.domain.proposal import MOST_OPEN, WAITS, MuchWaits, State, Wrong, check_says_what
from app.domain.slot import NoSlotYet, Slot
from app.domain.undoing import TooLateToUndo
from app.domain.week import Week
from app.records.accounts import Account, coordinators_of, officers_of
from app.records.groups import Group
from app.records.listings import schedule_ahead
from app.records.proposals import Proposal, proposals_untold


@dataclass(frozen=True)
class Said:
    """What a visitor fills in; `instead` by the names of INSTEAD, times as `19:30`."""

    wrong: Wrong
    words: str = ""
    instead: dict[str, Any] = field(default_factory=dict)
    sender: str = ""


@transaction
def propose(group: Group, said: Said, *, language: str) -> None:
    """Keep a visitor's word, and tell the coordinators. The same word again leaves no trace: its
    sender sees the same page. Raises NothingSaid, MuchWaits, NotTheirs.
    """
    check_says_what(said.wrong, said.instead, said.words)
    group = hold_public_group(group.id)
    digest = _digest(said)
    open_now = select(func.count()).where(
        Proposal.group_id == group.id,
        Proposal.state == State.OPEN,
        Proposal.sent_at > clock.now() - WAITS,
    )
    known = select(Proposal.id).where(Proposal.group_id == group.id, Proposal.digest == digest)
    is_new = db.session.scalar(known) is None
    if is_new and (db.session.scalar(open_now) or 0) >= MOST_OPEN:
        raise MuchWaits
    if is_new:
        db.session.add(
            Proposal(
                group_id=group.id,
                wrong=said.wrong,
                instead=said.instead,
                words=said.words or None,
                sender=said.sender or None,
                language=language,
                digest=digest,
                sent_at=clock.now(),
            )
        )
        for role in coordinators_of(group.id):
            write_letter(
                "proposal",
                to=role.account.email,
                language=role.account.language,
                values={"name": role.account.name, "group": group.name, "slug": group.slug},
            )
    note("propose", by=None, groups=[group] if is_new else [])


@transaction
def accept_proposal(
    proposal: Proposal,
    since: Week,
    *,
    by: Account,
    version: int | None = None,
    as_officer: bool = False,
) -> None:
    """Do what a visitor proposed: the listing at once, time and place from a week on, or from the
    first after it whose meeting is to come.

    `version` is the one that before and after were shown of; None does not ask. What is words
    only is marked as done. Raises TooLateToUndo when it was answered already, NoSlotYet, and what
    edit_listing and set_slot raise.
    """
    group = hold_group_for(proposal.group_id, by, as_officer=as_officer)
    proposal = _held(proposal)
    wrong, instead = Wrong(proposal.wrong), proposal.instead
    _answer(proposal, group, State.ACCEPTED, reason="")
    if as_officer:
        tell_coordinators(group, "accepted", by=by)
    if wrong is Wrong.LISTING and instead:
        now = {one.name: getattr(group, one.name) for one in fields(ListingEdit)}
        edit = ListingEdit(**(now | instead))
        edit_listing(group, edit, by=by, version=version, as_officer=as_officer)
    elif instead:
        instant = clock.now()
        since = max(since, Week.at(instant, group.timezone))
        slot = _slot(group, wrong, instead, since)
        first = first_week_for(schedule_ahead(group, instant), slot, instant)
        slot = replace(slot, since=first)
        set_slot(group, slot, by=by, version=version, as_officer=as_officer)
    else:
        note("accept_proposal", by=by, groups=[group], fellowship_id=group.fellowship_id)


@transaction
def decline_proposal(
    proposal: Proposal, *, reason: str, by: Account, as_officer: bool = False
) -> None:
    """Leave everything as it is, with a reason for who sent it. Raises TooLateToUndo, NotTheirs."""
    group = hold_group_for(proposal.group_id, by, as_officer=as_officer)
    _answer(_held(proposal), group, State.DECLINED, reason=reason)
    note("decline_proposal", by=by, groups=[group], fellowship_id=group.fellowship_id)


@transaction
def tell_officers_of_proposals() -> int:
    """Write to officers, once, of what coordinators left for a week or nobody is there to answer.

    Returns how many proposals that were; it notes a change only when there were any.
    """
    now = clock.now()
    waiting = proposals_untold(now)
    for proposal in waiting:
        proposal.officers_told_at = now
    for fellowship in {one.group.fellowship for one in waiting}:
        for officer in officers_of(fellowship.id):
            write_letter(
                "proposals_wait",
                to=officer.email,
                language=officer.language,
                values={"name": officer.name, "slug": fellowship.slug},
            )
    if waiting:
        note("tell_officers_of_proposals", by=None, groups={one.group for one in waiting})
    return len(waiting)


def _held(proposal: Proposal) -> Proposal:
    """Return an open proposal, locked. Raises TooLateToUndo."""
    query = select(Proposal).where(Proposal.id == proposal.id, Proposal.state == State.OPEN)
    held = db.session.scalar(
        query.with_for_update(of=Proposal), execution_options={"populate_existing": True}
    )
    if held is None:
        raise TooLateToUndo
    return held


def _answer(proposal: Proposal, group: Group, state: State, *, reason: str) -> None:
    if proposal.sender:
        write_letter(
            "proposal_answered",
            to=proposal.sender,
            language=proposal.language,
            values={"accepted": state is State.ACCEPTED, "reason": reason, "slug": group.slug},
        )
    proposal.state, proposal.answered_at = state, clock.now()
    proposal.sender = proposal.words = None
    db.session.flush()
    erased()


def _slot(group: Group, wrong: Wrong, instead: dict[str, Any], since: Week) -> Slot:
    """Return what holds in a week, or begins after it, with the proposed time or place.

    Raises NoSlotYet.
    """
    time_is = {name: value for name, value in instead.items() if name == "weekday"}
    if "start" in instead:
        time_is["start"] = time.fromisoformat(instead["start"])
    record = group.slot_from(since)
    if record is None:
        if wrong is Wrong.PLACE or len(time_is) < 2:
            raise NoSlotYet
        return Slot(since, **time_is)
    now = replace(record.value(), since=max(since, record.since))
    if wrong is Wrong.PLACE:
        return replace(now, place=write_place_instead(group, now.place, instead).value())
    return replace(now, **time_is)


def _digest(said: Said) -> str:
    told = asdict(said) | {"sender": ""}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
