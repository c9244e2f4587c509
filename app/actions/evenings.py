"""One evening: who cannot come, who takes a task, how many guests. Gone a week later."""

from sqlalchemy import delete

from app import clock
from app.actions.parts.held_circle import Circle, circle_of_key
from app.actions.parts.transaction import hold_circle, note, transaction
from app.db import db, erased
from app.domain.evening import (
    WEEKS_AHEAD,
    NotThisEvening,
    Task,
    TaskIsTaken,
    TooManyGuests,
    room_for_guests,
)
from app.domain.refusal import NotTheirs
from app.domain.week import Week
from app.records.accounts import Account
from app.records.evenings import Absence, Guests, TaskTaken, away_in
from app.records.groups import Group
from app.records.listings import schedule_of
from app.records.participants import ParticipantRecord


@transaction
def say_absent(key: str, week: Week, *, away: bool) -> None:
    """Say "I cannot come this week", or take it back; a task of that evening is put down.

    Whoever has the seat goes first: nothing is refused for the guests that were counted on.
    Raises LinkIsOver, NotTheirs without a seat, NotThisEvening.
    """
    group, person = _seated(key)
    _check(group, week)
    _say(person, week, away=away)
    if away:
        db.session.execute(
            delete(TaskTaken).where(TaskTaken.participant_id == person.id, TaskTaken.week == week)
        )
        db.session.flush()
    erased()
    note("say_absent", by=None, groups=[group])


@transaction
def take_task(key: str, week: Week, task: Task) -> None:
    """Take a task of an evening that nobody has; who does something comes.

    Raises TaskIsTaken, LinkIsOver, NotTheirs without a seat, NotThisEvening.
    """
    group, person = _seated(key)
    _check(group, week)
    taken = db.session.get(TaskTaken, (group.id, week, task), populate_existing=True)
    if taken is not None and taken.participant_id != person.id:
        raise TaskIsTaken
    if taken is None:
        _say(person, week, away=False)
        db.session.add(TaskTaken(group_id=group.id, week=week, kind=task, participant_id=person.id))
    note("take_task", by=None, groups=[group])


@transaction
def drop_task(key: str, week: Week, task: Task) -> None:
    """Put a task down that is one's own; another's stays. Raises LinkIsOver, NotTheirs."""
    group, person = _seated(key)
    taken = db.session.get(TaskTaken, (group.id, week, task), populate_existing=True)
    if taken is not None and taken.participant_id == person.id:
        db.session.delete(taken)
        erased()
    note("drop_task", by=None, groups=[group])


@transaction
def fill_task(
    group: Group, week: Week, task: Task, *, by: Account, participant_id: int | None = None
) -> None:
    """Give a task to someone with a seat, or with None to somebody without a name; it is a swap.

    Raises NotTheirs, NotThisEvening.
    """
    group = hold_circle(group.id, by)
    _check(group, week)
    seated = {one.id for one in Circle(group).seated if one.alias is not None}
    if participant_id is not None and participant_id not in seated:
        raise NotTheirs
    taken = db.session.get(TaskTaken, (group.id, week, task), populate_existing=True)
    if taken is None:
        taken = TaskTaken(group_id=group.id, week=week, kind=task)
        db.session.add(taken)
    taken.participant_id = participant_id
    note("fill_task", by=by, groups=[group])


@transaction
def open_task(group: Group, week: Week, task: Task, *, by: Account) -> None:
    """Take a task back, so that anybody may take it. Raises NotTheirs."""
    group = hold_circle(group.id, by)
    taken = db.session.get(TaskTaken, (group.id, week, task), populate_existing=True)
    if taken is not None:
        db.session.delete(taken)
        erased()
    note("open_task", by=by, groups=[group])


@transaction
def set_guests(group: Group, week: Week, number: int, *, by: Account) -> None:
    """Say how many guests come: a number, no names. Fewer is always allowed.

    Raises TooManyGuests with how many fit, NotTheirs, NotThisEvening.
    """
    group = hold_circle(group.id, by)
    _check(group, week)
    guests = db.session.get(Guests, (group.id, week), populate_existing=True)
    before = guests.number if guests else 0
    fit = room_for_guests(seated=len(Circle(group).seated), away=away_in(group.id, week))
    if number > fit and number > before:
        raise TooManyGuests(fit)
    if guests is None:
        guests = Guests(group_id=group.id, week=week)
        db.session.add(guests)
    guests.number = max(0, number)
    note("set_guests", by=by, groups=[group], before={"guests": before}, after={"guests": number})


def _seated(key: str) -> tuple[Group, ParticipantRecord]:
    """Lock the group of who has this key. Raises LinkIsOver, NotTheirs for who has no seat for good."""
    circle, person = circle_of_key(key)
    if not person.is_settled:
        raise NotTheirs
    return circle.group, person


def _check(group: Group, week: Week) -> None:
    """Raise NotThisEvening for a week too far, or one without a meeting."""
    this_week = Week.at(clock.now(), group.timezone)
    if not 0 <= week - this_week < WEEKS_AHEAD:
        raise NotThisEvening
    meeting = schedule_of(group, (week, week), public=False).meeting_in(week)
    if meeting is None or not meeting.is_on:
        raise NotThisEvening


def _say(person: ParticipantRecord, week: Week, *, away: bool) -> None:
    """Write down what a participant says of a week, if it is other than what they said before."""
    said = db.session.get(Absence, (person.id, week), populate_existing=True)
    if said is None and away:
        db.session.add(Absence(participant_id=person.id, week=week, said_at=clock.now()))
    elif said is not None and said.is_away != away:
        said.is_away, said.said_at = away, clock.now()
        said.times_said += 1
