"""Making anew what is derived: all figures, or what an upgrade left empty."""

from collections.abc import Sequence

from sqlalchemy import and_, delete, exists, insert, or_, select

from app import clock
from app.actions.parts.derived.in_step import keep
from app.actions.parts.derived.kept_rows import AT_ONCE, table_of
from app.actions.parts.derived.tallies import keep_tallies, move_sums
from app.actions.parts.transaction import hold_groups, note, transaction
from app.db import db
from app.domain.meeting import Status
from app.domain.periods import month_to_keep
from app.domain.tally import Amount
from app.domain.week import Week
from app.domain.zones import HOME, day_at_home
from app.records.fellowships import Fellowship
from app.records.findables import FindableRecord
from app.records.finding.coming import MEETINGS_OF, ComingMeeting
from app.records.groups import Group
from app.records.health.duties import Duty
from app.records.months import MonthKept, is_kept, running_after, standing_of_groups
from app.records.tallies import Cell, Contribution, Tally, begun, sums_of, tally_row

KEEPS_MONTH = "keep_month"


@transaction
def recount_figures() -> int:
    """Make all kept figures anew from groups, seats and head counts.

    Returns how many were wrong. What no row tells (the history of statuses, since when a group is
    full) stays as it is kept. It holds every fellowship and group: for few.
    """
    # Founding a group holds its fellowship: whatever is not committed yet would be lost here.
    fellowships = select(Fellowship.id).order_by(Fellowship.id).with_for_update(key_share=True)
    db.session.scalars(fellowships).all()
    everyone = list(db.session.scalars(select(Group.id).order_by(Group.id).with_for_update()))
    this = Week.at(clock.now(), HOME)
    kept = begun(sums_of(Tally), this)
    keep_tallies(everyone, everyone, is_news=False)
    sums = sums_of(Contribution)
    right = begun(sums, this)
    wrong = [cell for cell in kept.keys() | right.keys() if kept.get(cell) != right.get(cell)]
    db.session.execute(delete(Tally))
    if sums:
        rows = [tally_row(cell, amount) for cell, amount in sums.items()]
        db.session.execute(insert(table_of(Tally)), rows)
    note("recount_figures", by=None, after={"wrong": len(wrong)})
    return len(wrong)


@transaction
def recount_figures_of(group_ids: Sequence[int]) -> dict[Cell, Amount]:
    """Make what some groups add to the figures anew; return by how much the sums moved.

    Such slices hold nobody up. What is wrong in the sums alone, `correct_sums` mends afterwards.
    """
    hold_groups(group_ids, None)
    moved = keep_tallies(group_ids, group_ids, is_news=False)
    if begun(moved, Week.at(clock.now(), HOME)):
        note("recount_figures", by=None, after={"groups": len(group_ids)})
    return moved


@transaction
def keep_month() -> int:
    """Keep once how the next AT_ONCE groups stood as the month before ended; return of how many.

    It is for the night, and done until it returns 0: what moved since midnight is not told. One
    that was broken off goes on the night after.
    """
    now = clock.now()
    today = day_at_home(now)
    month = month_to_keep(today)
    if month is None:
        return 0
    duty = db.session.get(Duty, KEEPS_MONTH, with_for_update=True)
    if duty is None or duty.period != month:
        duty = duty or Duty(name=KEEPS_MONTH)
        # An earlier release kept all groups at once, and noted no duty.
        duty.period, duty.after_id, duty.done, duty.ran_at = month, 0, is_kept(month), now
        db.session.add(duty)
    if duty.done:
        return 0
    ids = running_after(duty.after_id, AT_ONCE)
    duty.after_id, duty.done, duty.ran_at = max(ids, default=0), len(ids) < AT_ONCE, now
    if ids:
        db.session.execute(insert(table_of(MonthKept)), standing_of_groups(month, today, ids))
    note("keep_month", by=None, after={"month": month, "groups": len(ids)})
    return len(ids)


@transaction
def correct_sums(by_how_much: dict[Cell, Amount]) -> None:
    """Add to the sums what they lacked at one instant: whatever moved them since stays right."""
    move_sums(by_how_much)
    note("recount_figures", by=None, after={"wrong": len(by_how_much)})


@transaction
def derive_what_is_missing() -> int:
    """Make what the finder asks, and the figures, of AT_ONCE groups of which there is none.

    Migrations import nothing of ours, so they know no rule: one that changes what is derived
    empties its table (`findable`, `coming_meeting`, or `contribution` and `tally`), and after the upgrade this is
    done until it returns 0. In one piece, writers would wait for all of it.
    """
    is_to_be_found = and_(Group.listed, Group.status != Status.CLOSED)
    missing = or_(
        ~exists().where(Contribution.group_id == Group.id),
        and_(is_to_be_found, ~exists().where(FindableRecord.group_id == Group.id)),
        and_(
            is_to_be_found,
            Group.status.in_(MEETINGS_OF),
            ~exists().where(ComingMeeting.group_id == Group.id),
        ),
    )
    ids = list(
        db.session.scalars(select(Group.id).where(missing).order_by(Group.id).limit(AT_ONCE))
    )
    if ids:
        hold_groups(ids, None)
        keep(ids)
        note("derive_what_is_missing", by=None, after={"groups": len(ids)})
    return len(ids)
