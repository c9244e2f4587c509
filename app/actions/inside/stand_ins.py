"""Somebody stands in as coordinator from one day to another: invited, and over by itself."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from app import clock
from app.actions.parts.new_invitation import write_invitation
from app.actions.parts.serving.contact_yes import ask_who_served
from app.actions.parts.transaction import hold_circle, hold_groups, note, transaction
from app.db import db
from app.domain.inside.stand_in import check_days, is_over
from app.domain.refusal import FellowshipIsClosed
from app.domain.roles import Role
from app.domain.zones import day_at_home
from app.records.accounts import Account, RoleRecord
from app.records.fellowships import has_closed
from app.records.groups import Group

BEGINS_AT = time(6)
"""By the clock of the group: then the letter goes out, and its link works from then on."""


@transaction
def invite_stand_in(group: Group, *, email: str, first: date, last: date, by: Account) -> str:
    """Invite somebody to coordinate from a day to a day; the letter goes out on the first.

    Returns the key in its link. Raises StandsInBackwards, StandsInTooLong, AlreadyInvited,
    FellowshipIsClosed, NotTheirs.
    """
    group = hold_circle(group.id, by)
    if has_closed(group.fellowship_id):
        raise FellowshipIsClosed
    now = clock.now()
    check_days(first, last, group.day_of(now))
    begins = datetime.combine(first, BEGINS_AT, group.timezone)
    key = write_invitation(
        email=email,
        role=Role.COORDINATOR,
        group=group,
        fellowship=None,
        by=by,
        language=group.language,
        begins=max(begins.astimezone(now.tzinfo), now),
        stands_in_until=last,
    )
    note("invite_stand_in", by=by, groups=[group], after={"until": last.isoformat()})
    return key


@transaction
def end_stand_ins(now: datetime) -> int:
    """Delete what stand-ins were whose last day has been; they could do nothing since."""
    query = select(RoleRecord).where(
        RoleRecord.stands_in, RoleRecord.until < day_at_home(now) + timedelta(days=1)
    )
    over = [
        role
        for role in db.session.scalars(query)
        if role.group and is_over(role.until, role.group.day_of(now))
    ]
    groups = hold_groups({role.group_id or 0 for role in over}, None)
    for role in over:
        if role.group:
            ask_who_served(role.account, role.group, now)
        db.session.delete(role)
    if over:
        note("end_stand_ins", by=None, groups=groups)
    return len(over)
