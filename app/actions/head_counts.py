"""How many came: coordinators write down a number, and are asked for it if the group wants that."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from app import clock
from app.actions.parts.links import hold_link, make_link
from app.actions.parts.outbox import write_letter
from app.actions.parts.transaction import hold_group, hold_groups, note, transaction
from app.db import db
from app.domain.head_count import LINK_LASTS, check_count, is_to_ask, last_to_count
from app.domain.meeting import Meeting
from app.domain.week import Week
from app.domain.zones import HOME
from app.records.accounts import Account
from app.records.groups import Group
from app.records.head_counts import HeadCount, counted, groups_that_count
from app.records.holidays_asked import coordinators_by_group
from app.records.letters import Letter
from app.records.listings import schedule_of, schedules_of


@transaction
def count_heads(group: Group, week: Week, people: int, *, by: Account) -> None:
    """Write down how many came in a week; the last number stands.

    Raises NoSuchCount, NoMeetingToCount, NotBegun, NotTheirs.
    """
    group = hold_group(group.id, by)
    _write(group, week, people)
    note("count_heads", by=by, groups=[group], after={"week": str(week)})


@transaction
def count_by_link(key: str, people: int) -> Group:
    """Write it down by the link in a letter, which is used up.

    Returns the group. Raises LinkIsOver, and what count_heads does, which leaves the link open.
    """
    link, groups = hold_link(key, "count")
    assert link.week is not None
    _write(groups[0], link.week, people)
    link.used_at = clock.now()
    note("count_by_link", by=link.account, groups=groups[:1], after={"week": str(link.week)})
    return groups[0]


@transaction
def set_counting(group: Group, *, asks: bool, shares: bool, by: Account) -> None:
    """Say whether coordinators are asked after each meeting, and whether officers see the counts.

    Raises NotTheirs.
    """
    group = hold_group(group.id, by)
    before = _in_log(group)
    group.counts_heads, group.shares_head_counts = asks, shares
    note("set_counting", by=by, groups=[group], before=before, after=_in_log(group))


@transaction
def ask_how_many(now: datetime, group_ids: Collection[int] | None = None) -> int:
    """Write a letter, once, to each coordinator of a group that counts, after its meeting ended.

    Of these groups; None is every group, and for few. Returns how many letters that were. Run it as often as you like: it notes a change only when
    it wrote one.
    """
    ids = list(db.session.scalars(select(Group.id))) if group_ids is None else group_ids
    due = _due(now, ids)
    if due:
        # Asked again under the lock: another run may have been first.
        hold_groups({group.id for group, _, _ in due}, None)
        due = _due(now, ids)
    for group, meeting, account in due:
        key = make_link(
            "count", account=account, groups=[group], week=meeting.week, lasts=LINK_LASTS
        )
        write_letter(
            "how_many",
            to=account.email,
            language=account.language,
            values={
                "name": account.name,
                "group": group.name,
                "day": meeting.day.isoformat(),
                "key": key,
            },
            dedupe_key=_dedupe_key(group, meeting, account),
        )
    if due:
        note("ask_how_many", by=None, groups={group for group, _, _ in due})
    return len(due)


def _write(group: Group, week: Week, people: int) -> None:
    """Keep the number where only this group looks: not in the log, which officers may read too."""
    check_count(schedule_of(group, (week, week), public=False), week, people, clock.now())
    count = db.session.get(HeadCount, (group.id, week))
    if count is None:
        db.session.add(HeadCount(group_id=group.id, week=week, people=people))
    else:
        count.people = people


def _due(now: datetime, ids: Collection[int]) -> list[tuple[Group, Meeting, Account]]:
    groups = groups_that_count(ids)
    if not groups:
        return []
    weeks = (Week.at(now, HOME) + -2, Week.at(now, HOME) + 1)
    schedules = schedules_of(groups, weeks, public=False)
    ended = [
        (group, meeting)
        for group in groups
        if (meeting := last_to_count(schedules[group.id], now)) and is_to_ask(meeting, now)
    ]
    known = counted([group.id for group, _ in ended], weeks)
    coordinators = coordinators_by_group([group.id for group, _ in ended])
    wanted = {
        _dedupe_key(group, meeting, account): (group, meeting, account)
        for group, meeting in ended
        if (group.id, meeting.week) not in known
        for account in coordinators[group.id]
        if account.active and not account.hears_weekly
    }
    written = set(
        db.session.scalars(select(Letter.dedupe_key).where(Letter.dedupe_key.in_(wanted)))
    )
    return [one for key, one in wanted.items() if key not in written]


def _dedupe_key(group: Group, meeting: Meeting, account: Account) -> str:
    return f"how_many:{group.id}:{meeting.week}:{account.id}"


def _in_log(group: Group) -> dict[str, bool]:
    return {"counts_heads": group.counts_heads, "shares_head_counts": group.shares_head_counts}
