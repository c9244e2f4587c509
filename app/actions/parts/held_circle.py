"""A group's circle, held: what every deed about seats ends with, from holds that ran out to the line."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from app import clock
from app.actions.parts.endings import end_page
from app.actions.parts.outbox import write_letter
from app.actions.parts.revision import seats_changed
from app.actions.parts.transaction import hold_group
from app.db import db, erased
from app.domain.evening import room_for_guests
from app.domain.keys import hash_of
from app.domain.meeting import Status
from app.domain.refusal import LinkIsOver
from app.domain.retention import Ending
from app.domain.seating import (
    HOLDS,
    SEATS_WITHOUT_ADDRESS,
    SOON,
    UNPROVEN,
    Availability,
    Hold,
    InTheEnd,
    free_seat,
    held_until,
)
from app.domain.status_change import waits_meanwhile
from app.domain.week import Week
from app.records.evenings import away_in, guests_since
from app.records.groups import Group
from app.records.listings import next_meeting_after
from app.records.participants import ParticipantRecord, group_of_key, people_of


class Circle:
    """The people of a held group, as a deed finds and leaves them.

    Made under the group's lock. `settle` at the end of the deed moves the line up and tells the
    feed when what the public sees of the seats has changed.

    Who asked and is not known yet (UNPROVEN) has a seat while one is left that nobody else needs,
    and otherwise waits with their hold, beside the line. It never makes the group full, it yields
    to who is known, and they read the same in both cases: nobody can count seats by asking.
    """

    def __init__(self, group: Group, *, unsealed: bool = True):
        self.group = group
        self.people = people_of(group.id, unsealed=unsealed)
        self._seen_before = self.availability

    @property
    def seated(self) -> list[ParticipantRecord]:
        return [one for one in self.people if one.seat is not None]

    @property
    def known(self) -> int:
        """How many of the seats are somebody's of whom it is known that they come."""
        return sum(one.hold not in UNPROVEN for one in self.seated)

    @property
    def line(self) -> list[ParticipantRecord]:
        """Those who wait for a seat of a full group, the first in front."""
        return _in_order(one for one in self.people if one.wait_number and one.hold is None)

    @property
    def beside(self) -> list[ParticipantRecord]:
        """Those who asked, are not known yet, and have no seat; the first in front."""
        return _in_order(one for one in self.people if one.wait_number and one.hold is not None)

    @property
    def availability(self) -> Availability:
        return self.group.availability(self.known, len(self.line))

    @property
    def is_full(self) -> bool:
        """Whether who asks now waits: every chair is somebody's, or others wait already."""
        return bool(self.line) or self.known >= self.group.capacity

    @property
    def free(self) -> int | None:
        """The lowest free seat, or None."""
        return free_seat({one.seat for one in self.seated if one.seat}, self.group.capacity)

    def seat_for_known(self) -> int | None:
        """Return a seat for who is known to come: a free one, or one that was merely asked for.

        Who left no address yields first, then who asked last; their ask stands.
        """
        if self.free is not None:
            return self.free
        asked = [one for one in self.seated if one.hold in UNPROVEN]
        if not asked:
            return None
        last = max(asked, key=lambda one: (not one.is_reached, one.consent_at, one.id))
        seat, last.seat, last.wait_number = last.seat, None, self._end_of_line()
        db.session.flush()
        return seat

    def add(self, person: ParticipantRecord) -> None:
        person.group_id = self.group.id
        db.session.add(person)
        self.people.append(person)

    def remove(self, person: ParticipantRecord, why: Ending) -> None:
        """Delete a row for good: what is not stored cannot leak. Their page says why for a while."""
        self.people.remove(person)
        end_page(person, why, self.group)
        db.session.delete(person)
        db.session.flush()
        erased()

    def take_place(self, person: ParticipantRecord, why: Hold | None) -> None:
        """Give a seat, held for a reason until it is shown that it is theirs, or the end of the line.

        `why` None is for who is known. Nobody jumps the line.
        """
        seat = None
        if self.is_full or why is None:
            seat = None if self.is_full else self.seat_for_known()
            release_hold(person)
        else:
            self.hold(person, why)
            seat = self.free if self._may_sit(person) else None
        # Both at once: a query between them would write half a place.
        person.seat, person.wait_number = seat, None if seat else self._end_of_line()

    def prove(self, person: ParticipantRecord) -> None:
        """End the hold on what somebody asked for: the seat is theirs, or a place in the line is."""
        is_full = self.is_full
        release_hold(person)
        if person.seat is None and not is_full and (seat := self.seat_for_known()):
            person.seat, person.wait_number = seat, None
            db.session.flush()

    def hold(self, person: ParticipantRecord, why: Hold) -> None:
        """Hold a seat for somebody from now on."""
        person.hold, person.held_until = why, self._until(person, why, clock.now())

    def settle(self) -> None:
        """End the holds that ran out, then let the line move up, each of them exactly once.

        While the group stands still, so do they.
        """
        if waits_meanwhile(Status(self.group.status)):
            return
        now = clock.now()
        for person in [one for one in self.people if one.held_until and one.held_until <= now]:
            self._end_hold(person)
        while (line := self.line) and (seat := self.seat_for_known()):
            self._move_up(line[0], seat, now)
        for person in self.beside:
            if self.is_full:
                self._send_to_line(person)
            elif self.free and self._may_sit(person):
                person.seat, person.wait_number = self.free, None
                db.session.flush()
        for person in self.people:
            warn_of_end(person, self.group)
        if self.availability is not self._seen_before:
            seats_changed(self.group, self._seen_before, self.availability)
            self._seen_before = self.availability

    def _may_sit(self, person: ParticipantRecord) -> bool:
        if person.is_reached:
            return True
        unseen = [one for one in self.seated if one.hold in UNPROVEN and not one.is_reached]
        return len(unseen) < SEATS_WITHOUT_ADDRESS

    def _until(self, person: ParticipantRecord, why: Hold, since: datetime) -> datetime:
        known, refused = person.is_reached, person.mail_refused_at is not None
        meeting = None if known else next_meeting_after(self.group, since, clock.now())
        since, ends = (since, meeting.ends) if meeting else (clock.now(), None)
        return held_until(why, since, has_address=known, next_meeting_ends=ends, is_refused=refused)

    def _end_hold(self, person: ParticipantRecord) -> None:
        assert person.hold is not None
        why = Hold(person.hold)
        match HOLDS[why].in_the_end:
            case InTheEnd.FREED if (until := self._put_off(person, why)) > clock.now():
                person.held_until = until
            case InTheEnd.FREED:
                tell(person, "seat_ended", group=self.group, values={"reason": "unconfirmed"})
                self.remove(person, Ending.UNCONFIRMED)
            case InTheEnd.PASSED_ON if self.line:
                # Not dropped for silence: behind the others, who may want it now.
                person.wait_number, person.seat = self._end_of_line(), None
                self._send_to_line(person)
            case InTheEnd.STANDS if person.seat:
                release_hold(person)
                person.confirmed_on = self.group.day_of(clock.now())
            case _:
                self.hold(person, why)

    def _put_off(self, person: ParticipantRecord, why: Hold) -> datetime:
        """Return when a hold ends by the meetings as they are now: one may have been cancelled."""
        assert person.held_until is not None
        if person.is_reached or person.consent_at is None:
            return person.held_until
        came = datetime.combine(person.joined_on, time(), self.group.timezone)
        return self._until(person, why, max(person.consent_at, came))

    def _send_to_line(self, person: ParticipantRecord) -> None:
        release_hold(person)
        db.session.flush()
        position = self.line.index(person) + 1
        tell(person, "in_line", group=self.group, values={"position": position})

    def _move_up(self, person: ParticipantRecord, seat: int, now: datetime) -> None:
        person.seat, person.wait_number = seat, None
        self.hold(person, Hold.OFFERED)
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
    group_id = group_of_key(hash_of(key))
    if group_id is None:
        raise LinkIsOver
    circle = Circle(hold_group(group_id, None))
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


def release_hold(person: ParticipantRecord) -> None:
    person.hold = person.held_until = None


def warn_of_end(person: ParticipantRecord, group: Group) -> None:
    """Tell once who left an address that what is held for them ends soon without their yes."""
    if person.held_until is None or person.hold not in (Hold.ASKED, Hold.OFFERED):
        return
    if person.held_until <= clock.now() + SOON:
        tell(
            person,
            "hold_ends",
            group=group,
            values={"until": f"{person.held_until.astimezone(group.timezone):%Y-%m-%dT%H:%M}"},
            dedupe_key=f"hold_ends:{person.id}:{person.held_until.timestamp():.0f}",
        )


def tell(
    person: ParticipantRecord,
    kind: str,
    *,
    group: Group,
    values: dict[str, Any] | None = None,
    dedupe_key: str | None = None,
    due_at: datetime | None = None,
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
        due_at=due_at,
        # The last letter outlives who it is for; the others are erased with them. Who had a seat
        # in a group that closes stays for a while.
        participant_id=None if kind == "seat_ended" and "was" not in (values or {}) else person.id,
    )


def _in_order(waiting: Iterable[ParticipantRecord]) -> list[ParticipantRecord]:
    return sorted(waiting, key=lambda one: one.wait_number or 0)
