"""The news of a group's evenings and of its standing time, for who has a seat."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, time
from typing import Any

from sqlalchemy import bindparam, or_, select

from app import clock
from app.actions.parts.held_circle import tell
from app.actions.parts.told import schedules_told
from app.db import db
from app.domain.meeting import MEETS, Schedule
from app.domain.news.agreement import Agreed, Turn, agreements, reminded_at, turns
from app.domain.news.evening import Evening, Known, changed, due, first_known, news_of
from app.domain.week import Week
from app.records.groups import Group
from app.records.letters import Letter
from app.records.listings import AHEAD
from app.records.participants import ParticipantRecord

Values = dict[str, Any]
_READERS = select(ParticipantRecord).where(
    ParticipantRecord.group_id.in_(bindparam("groups", expanding=True)),
    or_(ParticipantRecord.seat.is_not(None), ParticipantRecord.hold.is_not(None)),
    ParticipantRecord.wants_letters,
)


@contextmanager
def telling_the_seated(*groups: Group) -> Iterator[None]:
    """Write to each who has a seat and wants letters what a deed makes other than it was.

    Evenings are told of a week before the first of them; a standing time at once, and again the
    week before it begins. The letters hold what was known before: what is so is asked when they
    are sent. Wrap it round the deed, within its transaction. One query when nobody wants letters,
    else eleven.
    """
    readers = _readers(groups)
    concerned = [group for group in groups if group.id in readers]
    before = schedules_told(concerned, public=False)
    yield
    after = schedules_told(concerned, public=False)
    for group in concerned:
        if group.status in MEETS:
            _write(group, readers[group.id], before[group.id], after[group.id])


def evenings_as_sent(letters: Sequence[Letter], group: Group, schedule: Schedule) -> Values | None:
    """Return what is to be told now of all evenings in letters, oldest first; None for nothing."""
    now = clock.now()
    known = first_known([_known_in(letter, schedule) for letter in letters])
    told = [news_of(one, schedule.meeting_in(one.week), now) for one in known]
    if group.status not in MEETS or not any(told):
        return None
    return {"evenings": [_as_told(one) for one in told if one]}


def turns_as_sent(letters: Sequence[Letter], group: Group, schedule: Schedule) -> Values | None:
    """Return what is to be told now of a standing time; the oldest letter says what was known."""
    found = turns(_agreed_in(letters[0]), schedule, clock.now())
    if group.status not in MEETS or not found:
        return None
    return {"turns": [_turn_as_told(one) for one in found]}


def due_again(letter: Letter, schedule: Schedule) -> datetime | None:
    """Return when a letter that reminds is to be sent yet, or None for now."""
    found = turns(_agreed_in(letter), schedule, clock.now())
    return reminded_at(found, clock.now()) if found else None


def _readers(groups: Sequence[Group]) -> dict[int, list[ParticipantRecord]]:
    """Return who has a seat, or asked for one, and wants letters, by group. One query."""
    found: dict[int, list[ParticipantRecord]] = {}
    rows = db.session.scalars(_READERS, {"groups": [group.id for group in groups]})
    for person in rows:
        found.setdefault(person.group_id, []).append(person)
    return found


def _write(
    group: Group, readers: list[ParticipantRecord], before: Schedule, after: Schedule
) -> None:
    now = clock.now()
    if evenings := changed(before, after, now, AHEAD):
        values = {"evenings": [known_as_kept(known) for known, _ in evenings]}
        due_at = due([news for _, news in evenings], now)
        for person in readers:
            tell(person, "evening_changed", group=group, values=values, due_at=due_at)
    known = agreements(before)
    if found := turns(known, after, now):
        kept = {"known": [agreed_as_kept(one) for one in known]}
        again_at = reminded_at(found, now)
        for person in readers:
            tell(person, "slot_changed", group=group, values=kept)
            if again_at:
                tell(person, "slot_begins", group=group, values=kept, due_at=again_at)


def known_as_kept(known: Known) -> Values:
    return {
        "week": str(known.week),
        "starts": _local(known.starts),
        "is_on": known.is_on,
        "place": known.place,
    }


def _known_in(letter: Letter, schedule: Schedule) -> list[Known]:
    return [
        Known(
            Week.parse(one["week"]),
            datetime.fromisoformat(one["starts"]).replace(tzinfo=schedule.zone),
            one["is_on"],
            one["place"],
        )
        for one in letter.values.get("evenings", ())
    ]


def _as_told(evening: Evening) -> Values:
    return {
        "was": _local(evening.was),
        "now": _local(evening.now),
        "is_on": evening.is_on,
        "was_on": evening.was_on,
        "moved": evening.is_moved,
        "elsewhere": evening.is_elsewhere,
    }


def agreed_as_kept(agreed: Agreed) -> Values:
    return {
        "since": str(agreed.since),
        "weekday": agreed.weekday,
        "start": agreed.start.isoformat(timespec="minutes"),
        "place": agreed.place,
    }


def _agreed_in(letter: Letter) -> list[Agreed]:
    return [
        Agreed(
            Week.parse(one["since"]),
            one["weekday"],
            time.fromisoformat(one["start"]),
            one["place"],
        )
        for one in letter.values["known"]
    ]


def _turn_as_told(turn: Turn) -> Values:
    return {
        "first": _local(turn.first),
        "otherwise": turn.is_otherwise,
        "elsewhere": turn.is_elsewhere,
    }


def _local(moment: datetime) -> str:
    """Return the wall clock of the group's zone: `2026-11-23T19:30`."""
    return moment.replace(tzinfo=None).isoformat(timespec="minutes")
