"""What every deed about seats ends with: holds that ran out, and the first in line moving up."""

from datetime import datetime
from typing import Any

from app import clock
from app.actions.outbox import write_letter
from app.actions.revision import calendar_changed
from app.actions.transaction import hold_group
from app.db import db, erased
from app.domain.evening import room_for_guests
from app.domain.keys import hash_of
from app.domain.meeting import Status
from app.domain.refusal import LinkIsOver
from app.domain.seating import HELD, Availability, Hold, availability, free_seat
from app.domain.week import Week
from app.records.evenings import away_in, guests_since
from app.records.groups import Group
from app.records.participants import ParticipantRecord, find_participant, people_of


class Circle:
    """The people of a held group, as a deed finds and leaves them.

    Made under the group's lock. `settle` at the end of the deed moves the line up and tells the
    feed when what the public sees of the seats has changed.
    """

    def __init__(self, group: Group):
        self.group = group
        self.people = people_of(group.id)
        self._seen_before = self.availability

    @property
    def seated(self) -> list[ParticipantRecord]:
        return [one for one in self.people if one.seat is not None]

    @property
    def line(self) -> list[ParticipantRecord]:
        """Those who wait, the first in front."""
        waiting = [one for one in self.people if one.wait_number is not None]
        return sorted(waiting, key=lambda one: one.wait_number or 0)

    @property
    def availability(self) -> Availability:
        return availability(
            preparing=self.group.status == Status.PREPARING,
            taken=len(self.seated),
            waiting=len(self.line),
            capacity=self.group.capacity,
        )

    @property
    def free(self) -> int | None:
        """The lowest free seat, or None."""
        return free_seat({one.seat for one in self.seated if one.seat}, self.group.capacity)

    def add(self, person: ParticipantRecord) -> None:
        person.group_id = self.group.id
        db.session.add(person)
        self.people.append(person)

    def remove(self, person: ParticipantRecord) -> None:
        """Delete a row for good: what is not stored cannot leak."""
        self.people.remove(person)
        db.session.delete(person)
        db.session.flush()
        erased()

    def take_place(self, person: ParticipantRecord) -> None:
        """Give the lowest free seat, or the end of the line: nobody jumps it."""
        person.seat = None if self.line else self.free
        person.wait_number = None if person.seat else self._end_of_line()

    def settle(self) -> None:
        """End the holds that ran out, then let the line move up, each of them exactly once."""
        now = clock.now()
        for person in [one for one in self.people if one.held_until and one.held_until <= now]:
            self._end_hold(person)
        while (seat := self.free) and (line := self.line):
            self._move_up(line[0], seat, now)
        if self.availability is not self._seen_before:
            calendar_changed(self.group)

    def _end_hold(self, person: ParticipantRecord) -> None:
        match person.hold:
            case Hold.ASKED:
                tell(person, "seat_ended", group=self.group, values={"reason": "unconfirmed"})
                self.remove(person)
            case Hold.OFFERED if self.line:
                # Not dropped for silence: behind the others, who may want it now.
                release_hold(person)
                person.wait_number, person.seat = self._end_of_line(), None
                db.session.flush()
                tell(person, "in_line", group=self.group, values={"position": len(self.line)})
            case Hold.OFFERED:
                hold(person, Hold.OFFERED)
            case _:
                release_hold(person)
                person.confirmed_on = self.group.day_of(clock.now())

    def _move_up(self, person: ParticipantRecord, seat: int, now: datetime) -> None:
        person.seat, person.wait_number = seat, None
        hold(person, Hold.OFFERED)
        db.session.flush()
        assert person.held_until is not None
        tell(
            person,
            "moved_up",
            group=self.group,
            values={"until": self.group.day_of(person.held_until).isoformat()},
            dedupe_key=f"moved_up:{person.id}:{now.timestamp():.0f}",
        )

    def _end_of_line(self) -> int:
        return max((one.wait_number or 0 for one in self.people), default=0) + 1


def circle_of_key(key: str) -> tuple[Circle, ParticipantRecord]:
    """Lock the group of who has this key. Raises LinkIsOver."""
    found = find_participant(hash_of(key))
    if found is None:
        raise LinkIsOver
    circle = Circle(hold_group(found.group_id, None))
    person = next((one for one in circle.people if one.key_hash == hash_of(key)), None)
    if person is None:
        raise LinkIsOver
    return circle, person


def fit_guests(circle: Circle) -> None:
    """Count as many guests as still fit, after a coordinator's deed that took a chair.

    Part of the deed's transaction: a guest who stays and gets a seat is a guest no more. A seat
    that a participant takes leaves the number as it is, for the coordinator to see.
    """
    week = Week.at(clock.now(), circle.group.timezone)
    for guests in guests_since(circle.group.id, week):
        away = away_in(circle.group.id, guests.week)
        fit = room_for_guests(seated=len(circle.seated), away=away)
        guests.number = min(guests.number, fit)


def hold(person: ParticipantRecord, why: Hold) -> None:
    """Hold a seat for somebody, from now on for as long as the reason gives."""
    person.hold, person.held_until = why, clock.now() + HELD[why]


def release_hold(person: ParticipantRecord) -> None:
    person.hold = person.held_until = None


def tell(
    person: ParticipantRecord,
    kind: str,
    *,
    group: Group,
    values: dict[str, Any] | None = None,
    dedupe_key: str | None = None,
) -> None:
    """Write a letter to a participant who left a contact and wants letters; else do nothing."""
    if not person.contact or not person.wants_letters:
        return
    write_letter(
        kind,
        to=person.contact,
        language=person.language,
        values={"group": group.name, "slug": group.slug, "key": person.key} | (values or {}),
        dedupe_key=dedupe_key,
        # The last letter outlives who it is for; the others are erased with them.
        participant_id=None if kind == "seat_ended" else person.id,
    )
