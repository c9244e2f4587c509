"""A second group for who waits: those in line are asked in order, and move with one tap."""

from app import clock
from app.actions.parts.held_circle import Circle, tell
from app.actions.parts.transaction import hold_groups, note, transaction
from app.db import db
from app.domain.keys import hash_of
from app.domain.meeting import MEETS
from app.domain.refusal import LinkIsOver, NotTheirs
from app.domain.seating import Hold, NoChairLeft, NotMeeting
from app.records.accounts import Account, reads_circle
from app.records.groups import Group
from app.records.participants import ParticipantRecord, find_participant


@transaction
def ask_the_line(group: Group, second: Group, *, by: Account) -> int:
    """Ask as many of the line as the second group has chairs, the first in front.

    Returns how many were asked. Raises NotTheirs when `by` does not coordinate and read both,
    NotMeeting when the second stands still.
    """
    held = {one.id: one for one in hold_groups([group.id, second.id], by)}
    group, second = held[group.id], held[second.id]
    if not all(reads_circle(by, one, clock.now()) for one in held):
        raise NotTheirs
    if second.status not in MEETS:
        raise NotMeeting
    asked = _ask_next(Circle(group), Circle(second), after=0)
    note("ask_the_line", by=by, groups=[group, second], after={"asked": asked})
    return asked


@transaction
def move_to_second_group(key: str, *, by_mail: bool = False) -> Group:
    """Leave the line for a seat in the group that one was asked for; the page's link stays.

    It is theirs at once when the link of a letter says so (`by_mail`), else held like any other
    that was asked for. Returns that group. Raises LinkIsOver, NoChairLeft when its last chair went
    or it stands still: the place in line is kept.
    """
    found = find_participant(hash_of(key))
    if found is None or found.invited_to is None:
        raise LinkIsOver
    held = {one.id: one for one in hold_groups([found.group_id, found.invited_to], None)}
    person = _waiting(key)
    if person.group_id not in held or person.invited_to not in held:
        raise LinkIsOver
    group, second = held[person.group_id], held[person.invited_to]
    line, circle = Circle(group), Circle(second)
    if second.status not in MEETS or circle.is_full:
        raise NoChairLeft(second.capacity)
    line.people.remove(person)
    same_name = [one.alias_number for one in circle.people if one.alias == person.alias]
    circle.take_place(person, None if by_mail else Hold.ASKED)
    person.alias_number = max(same_name, default=0) + 1
    person.invited_to = None
    person.joined_on = second.day_of(clock.now())
    person.confirmed_on = person.joined_on if by_mail else None
    circle.add(person)
    db.session.flush()
    tell(person, "seat_given", group=second, values={"hold": person.hold})
    line.settle()
    circle.settle()
    note("move_to_second_group", by=None, groups=[group, second])
    return second


@transaction
def stay_in_line(key: str) -> None:
    """Say no to the second group: the place in line is kept, the next is asked. Raises LinkIsOver."""
    found = find_participant(hash_of(key))
    if found is None or found.invited_to is None:
        raise LinkIsOver
    held = {one.id: one for one in hold_groups([found.group_id, found.invited_to], None)}
    person = _waiting(key)
    if person.group_id not in held or person.invited_to not in held:
        raise LinkIsOver
    group, second = held[person.group_id], held[person.invited_to]
    assert person.wait_number is not None
    person.invited_to = None
    db.session.flush()
    _ask_next(Circle(group), Circle(second), after=person.wait_number)
    note("stay_in_line", by=None, groups=[group])


def _ask_next(line: Circle, second: Circle, *, after: int) -> int:
    """Ask those in line behind a number, and behind who is asked already, while there are chairs."""
    asked = [one.wait_number or 0 for one in line.line if one.invited_to == second.group.id]
    last = max([after, *asked])
    chairs = second.group.capacity - len(second.seated) - len(asked)
    next_in_line = [one for one in line.line if (one.wait_number or 0) > last]
    for person in next_in_line[: max(0, chairs)]:
        person.invited_to = second.group.id
        tell(
            person,
            "second_group",
            group=line.group,
            values={"second": second.group.name, "second_slug": second.group.slug},
            dedupe_key=f"second_group:{person.id}:{second.group.id}",
        )
    return min(len(next_in_line), max(0, chairs))


def _waiting(key: str) -> ParticipantRecord:
    """Return who has this key as they are now. Raises LinkIsOver when they no longer wait."""
    person = find_participant(hash_of(key))
    if person is None or person.invited_to is None:
        raise LinkIsOver
    db.session.refresh(person)
    if person.invited_to is None or person.wait_number is None:
        raise LinkIsOver
    return person
