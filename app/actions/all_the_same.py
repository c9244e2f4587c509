"""Meeting all the same while the place or the whole fellowship is shut, or not after all."""

from collections.abc import Collection
from typing import Any

from app import clock
from app.actions.parts.news.everybody import telling_everybody
from app.actions.parts.revision import calendar_follows, confirmed
from app.actions.parts.transaction import hold_group, note, transaction
from app.db import db
from app.domain.closure import Closure, ClosureIsOver
from app.domain.closure_effect import weeks_of
from app.domain.meeting import Schedule
from app.domain.refusal import NotTheirs
from app.domain.week import Week
from app.records.accounts import Account
from app.records.groups import Group
from app.records.listings import schedule_of
from app.records.weeks import ClosureRecord, DeviationRecord


@transaction
def meet_all_the_same(
    group: Group, closure_id: int, *, knowing: Collection[int] = (), by: Account | None
) -> list[Week]:
    """Meet in every coming week of a closure; return the weeks in which that is now so.

    A week on which another closure falls too stays shut, unless that one is among `knowing`, the
    ids of the closures that this person saw: no closure is set aside unseen. Raises NotTheirs
    (a group withdraws its own closure), ClosureIsOver.
    """
    group = hold_group(group.id, by)
    closure, schedule = _answered(group, closure_id)
    seen = {closure_id, *knowing}
    weeks = [
        week for week in _weeks_shut(group, closure, schedule) if schedule.closures_in(week) <= seen
    ]
    _say(group, weeks, all_the_same=True, by=by)
    note("meet_all_the_same", by=by, groups=[group], after=_in_log(closure, weeks))
    return weeks


@transaction
def follow_closure(group: Group, closure_id: int, *, by: Account | None) -> list[Week]:
    """Stay away in every coming week of a closure after all; return those weeks.

    Raises NotTheirs, ClosureIsOver.
    """
    group = hold_group(group.id, by)
    closure, schedule = _answered(group, closure_id)
    weeks = [
        week
        for week in _weeks_shut(group, closure, schedule)
        if week in schedule.deviations and schedule.deviations[week].all_the_same
    ]
    _say(group, weeks, all_the_same=False, by=by)
    note("follow_closure", by=by, groups=[group], before=_in_log(closure, weeks))
    return weeks


def _answered(group: Group, closure_id: int) -> tuple[Closure, Schedule]:
    """Return the closure, and the schedule of a group that it may touch, over its weeks."""
    record = db.session.get(ClosureRecord, closure_id, populate_existing=True)
    if record is None or record.last_day < group.day_of(clock.now()):
        raise ClosureIsOver
    closure = record.value()
    schedule = schedule_of(group, weeks_of(closure), public=False)
    if record.group_id is not None or closure_id not in {one.id for one in schedule.closures}:
        raise NotTheirs
    return closure, schedule


def _weeks_shut(group: Group, closure: Closure, schedule: Schedule) -> list[Week]:
    today = group.day_of(clock.now())
    return [one.week for one in schedule.shut_by(closure) if one.day >= today]


def _say(group: Group, weeks: list[Week], *, all_the_same: bool, by: Account | None) -> None:
    touched = (min(weeks), max(weeks)) if weeks else None
    with calendar_follows(group, weeks=touched), telling_everybody(group):
        for week in weeks:
            deviation = db.session.get(DeviationRecord, (group.id, week))
            if deviation is None:
                db.session.add(DeviationRecord(group_id=group.id, week=week, all_the_same=True))
            elif deviation.all_the_same != all_the_same:
                deviation.all_the_same = all_the_same
                deviation.version += 1
    confirmed(group, by=by)


def _in_log(closure: Closure, weeks: list[Week]) -> dict[str, Any]:
    return {
        "closure": closure.id,
        "first": closure.first.isoformat(),
        "last": closure.last.isoformat(),
        "reason": closure.reason,
        "weeks": [str(week) for week in weeks],
    }
