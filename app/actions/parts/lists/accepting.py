"""Writing what a list said in prose into the weeks, closures, themes and chairs of a held group."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

from app import clock
from app.actions.parts.group_status import write_status
from app.actions.parts.held_circle import Circle, fit_guests
from app.actions.parts.slot_rows import write_slots
from app.actions.parts.week_rows import beside, check_row, held_in, row_of, write_row
from app.db import db
from app.domain.closure import planned
from app.domain.exchange.asides import Plan
from app.domain.held import MeetingIsOver, MovedToThePast, first_week_to_change
from app.domain.meeting import Status
from app.domain.seating import ChairsTaken
from app.domain.themes import ByWeekOfMonth, Theme
from app.domain.week import NoSuchWeek, Week
from app.records.accounts import Account
from app.records.closures import same_closure
from app.records.groups import Group
from app.records.listings import schedule_ahead
from app.records.weeks import ClosureRecord

LONGEST_NOTE = 400
LONGEST_REASON = 200


def write_plan(group: Group, plan: Plan, words: str, *, by: Account | None) -> None:
    """Write what a plan does; weeks that are over stay as they were.

    Raises ChairsTaken when more people have a seat than there would be chairs.
    """
    for week in plan.cancelled:
        _write_week(group, week, {"cancelled": True})
    for week in plan.noted:
        _write_week(group, week, {"note": words[:LONGEST_NOTE]})
    for week, (weekday, start) in plan.moved.items():
        _write_week(group, week, {"weekday": weekday, "start": start})
    if plan.shut:
        _shut(group, plan, words)
    if plan.is_paused and group.status == Status.ACTIVE:
        write_status(group, Status.PAUSED, by=by)
    if plan.themes:
        _write_themes(group, plan)
    if plan.capacity:
        _offer_chairs(group, plan.capacity)


def _write_week(group: Group, week: Week, other: dict[str, Any]) -> None:
    slot = group.slot_in(week)
    if slot is not None:
        wanted = beside(slot, week, held_in(row_of(group, week)) | other)
        with suppress(MeetingIsOver, MovedToThePast, NoSuchWeek):
            check_row(group, week, wanted)
            write_row(group, week, wanted)


def _shut(group: Group, plan: Plan, words: str) -> None:
    assert plan.shut is not None
    now = clock.now()
    closure = planned(*plan.shut, words[:LONGEST_REASON], today=group.day_of(now), said_at=now)
    record = ClosureRecord(
        group_id=group.id,
        first_day=closure.first,
        last_day=closure.last,
        reason=closure.reason,
        said_at=closure.said_at,
    )
    if same_closure(record, closure.first, closure.last, closure.reason) is None:
        db.session.add(record)


def _write_themes(group: Group, plan: Plan) -> None:
    """Give all standing times to come these themes, beside those of other weeks of the month."""
    schedule = schedule_ahead(group, clock.now())
    since = first_week_to_change(schedule, clock.now())
    known = group.slot_from(since)
    if known is None:
        return
    first = known.value()
    since = max(since, first.since)
    earlier = [one for one in schedule.slots if one.since < since]
    coming = [replace(first, since=since), *(one for one in schedule.slots if one.since > since)]
    told = {nth: Theme(title=title) for nth, title in plan.themes.items()}
    for slot in coming:
        before = slot.themes.themes if isinstance(slot.themes, ByWeekOfMonth) else {}
        earlier.append(replace(slot, themes=ByWeekOfMonth({**before, **told})))
    write_slots(group, earlier, schedule=schedule)


def _offer_chairs(group: Group, capacity: int) -> None:
    circle = Circle(group)
    if capacity < len(circle.seated):
        raise ChairsTaken(len(circle.seated))
    group.capacity = capacity
    circle.settle()
    fit_guests(circle)
