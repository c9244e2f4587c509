"""A second group: made like the first; those in line are asked in order, and move with one tap."""

from dataclasses import dataclass, fields
from datetime import time

from sqlalchemy import select

from app import clock
from app.actions.groups import ListingEdit
from app.actions.parts.group_status import write_status
from app.actions.parts.held_circle import Circle, tell
from app.actions.parts.new_group import founded_just_now
from app.actions.parts.new_place import own_place
from app.actions.parts.revision import confirmed
from app.actions.parts.serving.contact_yes import ask_for_yes
from app.actions.parts.transaction import hold_group, hold_groups, keep_open, note, transaction
from app.db import db
from app.domain.keys import hash_of
from app.domain.meeting import MEETS, Status
from app.domain.refusal import LinkIsOver, NotTheirs
from app.domain.roles import Reading, Role
from app.domain.seating import Hold, NoChairLeft, NotMeeting
from app.domain.slug import free_slug
from app.domain.week import Week
from app.records.accounts import Account, RoleRecord, groups_coordinated_by, reads_circle
from app.records.closures import closures_of_group, places_owned_by
from app.records.contacts import ContactRecord
from app.records.groups import Group, slug_is_taken
from app.records.participants import ParticipantRecord, find_participant
from app.records.slots import SlotRecord
from app.records.weeks import ClosureRecord

_OF_CONTACT = (
    "position", "name", "email", "phone", "shows_phone", "shows_email", "takes_messages",
)  # fmt: skip


@dataclass(frozen=True)
class Along:
    """What a sister takes along of the first group besides listing, room and coordinators."""

    contacts: bool = False
    """Each is asked for a yes of their own: until then nothing of them is published there."""
    closures: bool = False
    """Of the group itself; a house that is shut is so for whoever meets in it."""
    places: bool = False
    """All that the group wrote down, not only the one it meets in."""


@transaction
def found_sister(
    group: Group,
    *,
    name: str,
    weekday: int,
    start: time,
    by: Account,
    along: Along = Along(),
    begins: bool = False,
) -> Group:
    """Found a second group like this one: its listing and place, its own seats and feed.

    Its first week is the next one, its coordinators are the same people; it is in preparation, or
    `begins` at once. Pressed twice it is one group, as with `found_group`. Raises NotTheirs, also
    when who does not read the circle takes its contact persons along, and FellowshipIsClosed.
    """
    keep_open(group.fellowship_id)
    group = hold_group(group.id, by)
    if along.contacts and not reads_circle(by, group.id, clock.now()):
        raise NotTheirs
    twice = founded_just_now(group.fellowship_id, name=name, town=group.town)
    if twice and twice in groups_coordinated_by(by):
        return twice
    sister = _write_sister(group, name)
    sister.slots = [_first_slot(group, sister, weekday, start)]
    _share_coordinators(group, sister)
    db.session.flush()
    _take_along(group, sister, along)
    if begins:
        write_status(sister, Status.ACTIVE, by=by)
    confirmed(sister, by=by)
    note("found_sister", by=by, groups=[group, sister], after={"name": name})
    return sister


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


def _write_sister(group: Group, name: str) -> Group:
    now = clock.now()
    sister = Group(
        slug=free_slug(name, slug_is_taken),
        name=name,
        fellowship_id=group.fellowship_id,
        status=Status.PREPARING,
        status_since=group.day_of(now),
        status_at=now,
        created_at=now,
        calendar_changed_at=now,
        seating=group.seating,
        seating_said=group.seating_said,
        capacity=group.capacity,
        listed=group.listed,
        **{
            field.name: getattr(group, field.name)
            for field in fields(ListingEdit)
            if field.name != "name"
        },
    )
    db.session.add(sister)
    db.session.flush()
    return sister


def _first_slot(group: Group, sister: Group, weekday: int, start: time) -> SlotRecord:
    """Return when and where a sister meets: in the room of the first group, if it has one."""
    slot = SlotRecord(
        since=Week.at(clock.now(), group.timezone) + 1, weekday=weekday, start=start, themes={}
    )
    latest = max(group.slots, key=lambda one: one.since, default=None)
    if latest:
        for name in ("minutes", "end_said", "visibility", "themes", "open_on", "closed_on"):
            setattr(slot, name, getattr(latest, name))
        if latest.place_id:
            slot.place = own_place(sister, latest.place_id, with_joining=True)
    return slot


def _share_coordinators(group: Group, sister: Group) -> None:
    held = select(RoleRecord).where(
        RoleRecord.group_id == group.id,
        RoleRecord.kind == Role.COORDINATOR,
        RoleRecord.stands_in.is_(False),
    )
    for role in db.session.scalars(held).all():
        db.session.add(
            RoleRecord(
                account_id=role.account_id,
                kind=Role.COORDINATOR,
                group_id=sister.id,
                since=group.day_of(clock.now()),
                until=role.until,
                note=role.note,
                # Its line may move there: who does not read the one circle does not read the other.
                reading=Reading.OPEN if role.reads(clock.now()) else Reading.WAITS,
            )
        )


def _take_along(group: Group, sister: Group, along: Along) -> None:
    if along.contacts:
        for contact in sorted(group.contacts, key=lambda one: one.position):
            copied = ContactRecord(**{name: getattr(contact, name) for name in _OF_CONTACT})
            sister.contacts.append(copied)
            ask_for_yes(sister, copied)
    if along.places:
        for place in places_owned_by(group):
            own_place(sister, place.id, with_joining=True)
    if along.closures:
        today = group.day_of(clock.now())
        for closure in closures_of_group(group.id, today):
            db.session.add(
                ClosureRecord(
                    group_id=sister.id,
                    first_day=closure.first_day,
                    last_day=closure.last_day,
                    reason=closure.reason,
                    said_at=clock.now(),
                )
            )
    db.session.flush()
