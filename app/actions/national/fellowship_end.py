"""The end of a fellowship: closed with all its groups, opened again, or deleted when it has none."""

from sqlalchemy import func, select, update

from app import clock
from app.actions.parts.group_status import write_status
from app.actions.parts.office import tell_coordinators
from app.actions.parts.request_rows import answer_all_at_end
from app.actions.parts.transaction import hold_fellowship, hold_groups, note, transaction
from app.db import db, erased
from app.domain.meeting import Status
from app.domain.refusal import FellowshipHasGroups, NotTheirs
from app.domain.roles import Role
from app.domain.undoing import TooLateToUndo
from app.records.accounts import Account
from app.records.changes import Change
from app.records.fellowships import Fellowship
from app.records.founding_requests import FoundingRequest
from app.records.groups import Group
from app.records.invitations import Invitation
from app.records.letters import Letter
from app.records.regions import Region


@transaction
def end_fellowship(fellowship: Fellowship, *, by: Account) -> None:
    """Close a fellowship and every group of it, from today on; whoever is in one is told.

    Feeds answer as those of any closed group. Open invitations end. Raises NotTheirs.
    """
    fellowship = _held(fellowship, by)
    ids = select(Group.id).where(Group.fellowship_id == fellowship.id)
    groups = hold_groups(db.session.scalars(ids), None)
    stopped = {}
    for group in groups:
        if group.status != Status.CLOSED:
            stopped[str(group.id)] = group.status
            write_status(group, Status.CLOSED, by=by)
            tell_coordinators(group, "ended", by=by)
    fellowship.closed_on = fellowship.day_of(clock.now())
    _end_invitations(fellowship.id)
    answer_all_at_end(fellowship, by=by)
    note(
        "end_fellowship",
        by=by,
        groups=[group for group in groups if str(group.id) in stopped],
        fellowship_id=fellowship.id,
        before={"standing": stopped},
    )


@transaction
def reopen_fellowship(fellowship: Fellowship, *, by: Account) -> None:
    """Undo the end of a fellowship: its groups stand again as they did, where nobody changed
    that since. Their people were told that it ended: the coordinators hear of it first.

    Raises TooLateToUndo when it was not closed, NotTheirs.
    """
    fellowship = _held(fellowship, by)
    if fellowship.closed_on is None:
        raise TooLateToUndo
    last = (
        select(Change)
        .where(Change.fellowship_id == fellowship.id, Change.deed == "end_fellowship")
        .order_by(Change.id.desc())
        .limit(1)
    )
    change = db.session.scalar(last)
    stood = change.before["standing"] if change else {}
    groups = hold_groups((int(id) for id in stood), None)
    for group in groups:
        if group.status == Status.CLOSED and group.status_since >= fellowship.closed_on:
            write_status(group, Status(stood[str(group.id)]), by=by)
            tell_coordinators(group, "reopened", by=by)
    fellowship.closed_on = None
    note("reopen_fellowship", by=by, groups=groups, fellowship_id=fellowship.id)


@transaction
def delete_fellowship(fellowship: Fellowship, *, by: Account) -> None:
    """Delete a fellowship that never had a group, with its officers' roles and its log.

    Raises FellowshipHasGroups, NotTheirs.
    """
    fellowship = _held(fellowship, by)
    number = select(func.count()).where(Group.fellowship_id == fellowship.id)
    if db.session.scalar(number):
        raise FellowshipHasGroups
    _let_go_of_askers(fellowship, by)
    note("delete_fellowship", by=by, before={"slug": fellowship.slug, "name": fellowship.name})
    db.session.delete(fellowship)


def _held(fellowship: Fellowship, by: Account) -> Fellowship:
    if Role.OVERSEER not in by.kinds:
        raise NotTheirs
    return hold_fellowship(fellowship.id, None)


def _end_invitations(fellowship_id: int) -> None:
    groups = select(Group.id).where(Group.fellowship_id == fellowship_id)
    regions = select(Region.id).where(Region.fellowship_id == fellowship_id)
    db.session.execute(
        update(Invitation)
        .where(
            (Invitation.fellowship_id == fellowship_id)
            | Invitation.group_id.in_(groups)
            | Invitation.region_id.in_(regions),
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
        )
        .values(revoked_at=clock.now())
    )


def _let_go_of_askers(fellowship: Fellowship, by: Account) -> None:
    """Tell who asked for a group of it, by letters that outlive their requests."""
    answer_all_at_end(fellowship, by=by)
    db.session.flush()
    requests = select(FoundingRequest.id).where(FoundingRequest.fellowship_id == fellowship.id)
    told = Letter.kind == "request_not_yet"
    for letter in db.session.scalars(
        select(Letter).where(Letter.founding_request_id.in_(requests), told)
    ).all():
        letter.founding_request_id, letter.values = None, letter.values | {"key": ""}
    erased()
