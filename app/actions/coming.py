"""Rolling the coming meetings on from week to week, and counting all of them anew."""

from collections.abc import Sequence

from sqlalchemy import select

from app import clock
from app.actions.parts.derived.coming import keep_coming
from app.actions.parts.derived.findables import keep_findable
from app.actions.parts.transaction import note, transaction
from app.db import db
from app.domain.week import Week
from app.domain.zones import HOME
from app.records.finding.coming import groups_to_roll_on
from app.records.groups import Group


@transaction
def roll_on() -> int:
    """Keep the coming weeks of some groups that have not got them all; return of how many.

    Call it until there are none. No change is noted: nobody did anything, a week went by.
    """
    behind = groups_to_roll_on(Week.at(clock.now(), HOME))
    held = select(Group.id).where(Group.id.in_(behind)).order_by(Group.id).with_for_update()
    ids = list(db.session.scalars(held))
    keep_findable(ids)
    keep_coming(ids)
    return len(ids)


@transaction
def recount_coming(group_ids: Sequence[int] | None = None) -> int:
    """Make what the finder asks of groups anew; return how many meetings were wrong.

    None is every group, and for few: they are all held. It notes a change only when one was wrong.
    """
    query = select(Group.id).order_by(Group.id).with_for_update()
    if group_ids is not None:
        query = query.where(Group.id.in_(group_ids))
    held = list(db.session.scalars(query))
    keep_findable(held)
    wrong = keep_coming(held)
    if wrong:
        note("recount_coming", by=None, after={"wrong": wrong})
    return wrong
