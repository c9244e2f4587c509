"""What a change of something public does besides: a new revision of the feed, a confirmation."""

from datetime import timedelta

from sqlalchemy import select, update

from app import clock
from app.db import db
from app.domain.roles import Role
from app.records.accounts import Account, RoleRecord
from app.records.groups import Group


def calendar_changed(*groups: Group) -> None:
    """Raise SEQUENCE and LAST-MODIFIED of held groups: never back, never the same twice.

    RFC 5545 3.8.7.3 and 3.8.7.4; some clients take an event only when the stamp is newer.
    """
    now = clock.now()
    for group in groups:
        group.calendar_rev += 1
        group.calendar_changed_at = max(now, group.calendar_changed_at + timedelta(seconds=1))


def calendars_changed(fellowship_id: int) -> None:
    """Do the same for all groups of a fellowship, held in the order of their ids. Two queries."""
    now, second = clock.now(), timedelta(seconds=1)
    groups = (
        select(Group.id, Group.calendar_rev, Group.calendar_changed_at)
        .where(Group.fellowship_id == fellowship_id)
        .order_by(Group.id)
        .with_for_update()
    )
    raised = [
        {
            "id": id,
            "calendar_rev": revision + 1,
            "calendar_changed_at": max(now, changed_at + second),
        }
        for id, revision, changed_at in db.session.execute(groups)
    ]
    if raised:
        db.session.execute(update(Group), raised)


def confirmed(*groups: Group, by: Account | None) -> None:
    """Let a deed confirm the listings of held groups, as far as `by` coordinates them.

    Whoever changes something public has looked at the rest. Not so the installation, an officer,
    or a coordinator whose own place is used by another group. One query.
    """
    if by is None:
        return
    own = select(RoleRecord.group_id).where(
        RoleRecord.account_id == by.id,
        RoleRecord.kind == Role.COORDINATOR,
        RoleRecord.group_id.in_([group.id for group in groups]),
    )
    coordinated = set(db.session.scalars(own, execution_options={"autoflush": False}))
    for group in groups:
        if group.id in coordinated:
            group.confirmed_on = group.day_of(clock.now())
