"""One letter a week to the coordinators who want that: the coming meeting, and what is open."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select

from app.actions.parts.news.weekly import says_something, values_of
from app.actions.parts.outbox import write_letter
from app.actions.parts.transaction import hold_groups, note, transaction
from app.db import db
from app.domain.meeting import MEETS
from app.domain.news.weekly import week_to_tell
from app.domain.week import Week
from app.domain.zones import day_at_home
from app.records.accounts import Account
from app.records.confirmations import confirmations_due
from app.records.groups import Group
from app.records.inside.weekly import groups_of, hearing_weekly
from app.records.letters import Letter


@transaction
def write_weekly(now: datetime, account_ids: Collection[int]) -> int:
    """Write the letter of Sunday evening to those of some accounts that want it, once a week.

    What was to be told in the next days and stands in it is not told again: who asked for a seat.
    Returns how many letters that were; a change is noted only when one was written.
    """
    week = week_to_tell(now)
    if week is None:
        return 0
    accounts = [one for one in hearing_weekly(account_ids) if not _is_written(one, week)]
    theirs = groups_of([account.id for account in accounts])
    held = hold_groups({group.id for some in theirs.values() for group in some}, None)
    told: set[Group] = set()
    written = 0
    for account in accounts:
        groups = [one for one in held if one in theirs[account.id] and one.status in MEETS]
        if groups and not _is_written(account, week) and _write(account, groups, week, now):
            told |= set(groups)
            written += 1
    if written:
        note("write_weekly", by=None, groups=told)
    return written


def _write(account: Account, groups: list[Group], week: Week, now: datetime) -> bool:
    due = confirmations_due([account.id], day_at_home(now), weekly=True)
    unconfirmed = [group for _account, group in due if group in groups]
    values = values_of(account, groups, unconfirmed, week)
    if not says_something(values):
        return False
    waiting = Letter.dedupe_key == f"someone_asked:{account.id}"
    db.session.execute(delete(Letter).where(waiting, Letter.sent_at.is_(None)))
    return write_letter(
        "weekly",
        to=account.email,
        language=account.language,
        values=values,
        dedupe_key=_dedupe_key(account, week),
    )


def _is_written(account: Account, week: Week) -> bool:
    known = select(Letter.id).where(Letter.dedupe_key == _dedupe_key(account, week))
    return db.session.scalar(known) is not None


def _dedupe_key(account: Account, week: Week) -> str:
    return f"weekly:{account.id}:{week}"
