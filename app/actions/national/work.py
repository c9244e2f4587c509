"""The office's work list: ticking off, putting aside and back, and one letter to coordinators.

Each stands in the log of the fellowship, not in that of the groups: what the office means to do
changes nothing about them. An officer of a region does so for the groups in it, but gives no work
to others. Points are picked by their keys; one that changed meanwhile has
another key, and is left alone.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, timedelta

from sqlalchemy import delete, select

from app import clock
from app.actions.parts.outbox import write_letter
from app.actions.parts.transaction import hold_fellowship, hold_sight, note, transaction
from app.db import db
from app.domain.refusal import NotTheirs
from app.domain.work import NothingPicked
from app.records.accounts import Account, officers_of
from app.records.fellowships import Fellowship
from app.records.group_lists.sight import Sight
from app.records.work.letters import drafts_of, still_so
from app.records.work.marks import WorkMark, WorkOwner
from app.records.work.points import Work

AT_ONCE = 500
"""Ids in one query."""


@transaction
def put_aside(
    fellowship: Fellowship, picked: Collection[str], *, weeks: int | None, by: Account
) -> int:
    """Hide points for so many weeks, or with None for as long as they are the same.

    Returns how many. Raises NothingPicked, NotTheirs.
    """
    sight = hold_sight(fellowship.id, by)
    today = fellowship.day_of(clock.now())
    points = _picked(sight, picked, today)
    until = None if weeks is None else today + timedelta(weeks=weeks)
    marks = _marks_on(points)
    for one in points:
        key = (one.point.group_id, str(one.point.concern))
        mark = marks.get(key)
        if mark is None:
            mark = WorkMark(group_id=key[0], concern=key[1])
            db.session.add(mark)
        mark.fact, mark.until = one.point.fact, until
        mark.marked_on, mark.account_id = today, by.id
    told = {"points": _in_log(points), "back_on": until.isoformat() if until else ""}
    note("put_aside", by=by, fellowship_id=fellowship.id, after=told)
    return len(points)


@transaction
def put_back(fellowship: Fellowship, picked: Collection[str], *, by: Account) -> int:
    """Show points again, and return how many. Raises NothingPicked, NotTheirs."""
    sight = hold_sight(fellowship.id, by)
    points = _picked(sight, picked, fellowship.day_of(clock.now()))
    marks = _marks_on(points)
    for one in points:
        if mark := marks.get((one.point.group_id, str(one.point.concern))):
            db.session.delete(mark)
    note("put_back", by=by, fellowship_id=fellowship.id, after={"points": _in_log(points)})
    return len(points)


@transaction
def give_work(
    fellowship: Fellowship, picked: Collection[str], *, to: int | None, by: Account
) -> int:
    """Let one officer look after points, or with None nobody; return how many.

    Raises NothingPicked, NotTheirs, also when `to` is no officer of the fellowship.
    """
    fellowship = hold_fellowship(fellowship.id, by)
    if to is not None and to not in {one.id for one in officers_of(fellowship.id)}:
        raise NotTheirs
    points = _picked(Sight(fellowship), picked, fellowship.day_of(clock.now()))
    _take_from_all(points)
    if to is not None:
        db.session.add_all(
            WorkOwner(group_id=one.point.group_id, concern=str(one.point.concern), account_id=to)
            for one in points
        )
    note("give_work", by=by, fellowship_id=fellowship.id, after={"points": _in_log(points)})
    return len(points)


@transaction
def write_coordinators(
    fellowship: Fellowship, picked: Collection[str], *, words: str, by: Account
) -> int:
    """Write one letter to each coordinator about all that was picked of their groups.

    The same letter goes to the same person once a day, however often it is sent. Returns how many
    were written; the log keeps a copy without whom it went to. Raises NothingPicked, NotTheirs.
    """
    sight = hold_sight(fellowship.id, by)
    today = fellowship.day_of(clock.now())
    points = _picked(sight, picked, today)
    written = 0
    for draft in drafts_of(fellowship, points, words=words, today=today):
        content = json.dumps(draft.values, sort_keys=True).encode()
        digest = hashlib.sha256(content).hexdigest()[:32]
        written += write_letter(
            "work",
            to=draft.email,
            language=draft.language,
            values=draft.values,
            dedupe_key=f"work:{draft.account_id}:{today}:{digest}",
        )
    told = {"points": _in_log(points), "letters": written, "words": words}
    note("write_coordinators", by=by, fellowship_id=fellowship.id, after=told)
    return written


def _picked(sight: Sight, picked: Collection[str], today: date) -> list[Work]:
    points = still_so(sight, picked, today)
    if not points:
        raise NothingPicked
    return points


def _take_from_all(points: Iterable[Work]) -> None:
    """Let nobody look after these points. A query for 500 of each concern."""
    of_concern: dict[str, list[int]] = defaultdict(list)
    for one in points:
        of_concern[str(one.point.concern)].append(one.point.group_id)
    for concern, ids in of_concern.items():
        for first in range(0, len(ids), AT_ONCE):
            some = WorkOwner.group_id.in_(ids[first : first + AT_ONCE])
            db.session.execute(delete(WorkOwner).where(WorkOwner.concern == concern, some))


def _marks_on(points: Iterable[Work]) -> dict[tuple[int, str], WorkMark]:
    """Return the marks of these groups by group and concern. A query for 500 groups."""
    ids = sorted({one.point.group_id for one in points})
    found: dict[tuple[int, str], WorkMark] = {}
    for first in range(0, len(ids), AT_ONCE):
        query = select(WorkMark).where(WorkMark.group_id.in_(ids[first : first + AT_ONCE]))
        found |= {(mark.group_id, mark.concern): mark for mark in db.session.scalars(query)}
    return found


def _in_log(points: Iterable[Work]) -> list[str]:
    return [f"{one.slug} {one.point.concern}" for one in points]
