"""The news of a group for who follows it without a seat: at once, and of what anybody may see."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import select

from app import clock
from app.actions.parts.news.seated import (
    agreed_as_kept,
    evenings_as_sent,
    known_as_kept,
    turns_as_sent,
)
from app.actions.parts.outbox import write_letter
from app.actions.parts.told import schedules_told
from app.actions.parts.transaction import hold_group
from app.db import db
from app.domain.meeting import MEETS, Schedule, Status
from app.domain.news.agreement import agreements, turns
from app.domain.news.evening import changed
from app.domain.news.following import Way
from app.domain.status_change import news_of
from app.domain.week import Week
from app.records.followers import Follower, followers_of
from app.records.groups import Group
from app.records.letters import PUSHED, Letter
from app.records.listings import AHEAD, schedule_of

Values = dict[str, Any]
FOLLOWED = "followed_changed"


@contextmanager
def telling_followers(*groups: Group) -> Iterator[None]:
    """Write to each who follows a group what a deed makes other than it was, for the next run.

    Whatever week it is about: they have no page of their own that would tell it in time. What was
    known before is kept; what is so is asked when it is sent. One query when nobody follows them,
    else eleven.
    """
    followed: dict[int, list[Follower]] = {}
    for follower in followers_of([group.id for group in groups if group.listed]):
        if follower.confirmed_at is not None:
            followed.setdefault(follower.group_id, []).append(follower)
    concerned = [group for group in groups if group.id in followed]
    before = schedules_told(concerned, public=True)
    yield
    after = schedules_told(concerned, public=True)
    for group in concerned:
        if values := _changed(before[group.id], after[group.id]):
            for follower in followed[group.id]:
                tell_follower(follower, FOLLOWED, values)


def tell_follower(follower: Follower, kind: str, values: Values | None = None, **more: Any) -> None:
    """Write a letter to who follows a group, or a message to their device."""
    write_letter(
        PUSHED if follower.way == Way.PUSH else kind,
        to=follower.contact,
        language=follower.language,
        values={"key": follower.key} | (values or {}),
        follower_id=follower.id,
        **more,
    )


def to_follower(letter: Letter) -> tuple[Letter, Values] | None:
    """Return a letter with all that is news by now to its reader, or None when nothing is.

    It tells what the others tell that were not sent yet; those are taken out of the outbox.
    """
    follower = db.session.get(Follower, letter.follower_id)
    if follower is None:
        return None
    if letter.kind not in (FOLLOWED, PUSHED):
        return letter, letter.values
    group = hold_group(follower.group_id, None)
    db.session.refresh(letter)
    together = _unsent(letter)
    letter.values = letter.values | _known_first(together)
    for one in together:
        if one is not letter:
            db.session.delete(one)
    told = _told(letter, group) if group.listed else {}
    if not told:
        db.session.delete(letter)
        return None
    return letter, letter.values | told


def _changed(before: Schedule, after: Schedule) -> Values | None:
    """Return what was known of what is other now, as a letter keeps it; None when all is as it was."""
    now = clock.now()
    evenings, known = [], agreements(before)
    if before.status in MEETS and after.status in MEETS:
        evenings = [known_as_kept(one) for one, _ in changed(before, after, now, AHEAD)]
        if not evenings and before.status == after.status and not turns(known, after, now):
            return None
    return {
        "evenings": evenings,
        "known": [agreed_as_kept(one) for one in known],
        "was": str(before.status),
    }


def _told(letter: Letter, group: Group) -> Values:
    this = Week.at(clock.now(), group.timezone)
    schedule = schedule_of(group, (this + -1, this + AHEAD), public=True)
    news = news_of(Status(letter.values["was"]), Status(group.status))
    told = {
        "evenings": (evenings_as_sent([letter], group, schedule) or {}).get("evenings", []),
        "turns": (turns_as_sent([letter], group, schedule) or {}).get("turns", []),
        "news": str(news) if news else "",
    }
    return told if any(told.values()) else {}


def _unsent(letter: Letter) -> list[Letter]:
    rows = select(Letter).where(
        Letter.follower_id == letter.follower_id,
        Letter.kind == letter.kind,
        Letter.sent_at.is_(None),
        Letter.given_up_at.is_(None),
    )
    return list(db.session.scalars(rows.order_by(Letter.id)))


def _known_first(letters: Sequence[Letter]) -> Values:
    """Return what was known before the first of some letters."""
    evenings: dict[str, Values] = {}
    for letter in letters:
        for one in letter.values["evenings"]:
            evenings.setdefault(one["week"], one)
    first = letters[0].values
    return {
        "evenings": [evenings[week] for week in sorted(evenings)],
        "known": first["known"],
        "was": first["was"],
    }
