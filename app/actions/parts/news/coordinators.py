"""What letters to coordinators say when they are sent: what was answered meanwhile is not asked."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from app import clock
from app.actions.parts.derived.kept_rows import table_of
from app.actions.parts.outbox import write_letter
from app.db import db
from app.domain.holiday_question import questions
from app.domain.keys import hash_of
from app.domain.news.digest import digest_at
from app.domain.seating import Hold
from app.records.accounts import Account, RoleRecord
from app.records.asked.columns import read_columns
from app.records.finding.coming import next_start
from app.records.groups import Group
from app.records.head_counts import HeadCount
from app.records.letters import Letter
from app.records.links import groups_still_theirs, open_link
from app.records.listings import schedule_ahead
from app.records.participants import ParticipantRecord

Values = dict[str, Any]

_TOLD = (
    select(
        Account.id,
        Account.email,
        Account.name,
        Account.language,
        Account.hears_at_once,
        next_start(bindparam("group"), bindparam("now")),
    )
    .join(RoleRecord, RoleRecord.account_id == Account.id)
    .where(RoleRecord.group_id == bindparam("group"))
    .order_by(RoleRecord.since, RoleRecord.id)
)
_WAITING = (
    select(Letter.id, Letter.dedupe_key, Letter.values, Letter.due_at)
    .where(Letter.dedupe_key.in_(bindparam("keys", expanding=True)))
    .order_by(Letter.id)
    .with_for_update()
)
"""In one order, so that no two who ask wait for each other."""
_ADD = (
    update(table_of(Letter))
    .where(table_of(Letter).c.id == bindparam("letter"))
    .values(values=bindparam("all"), due_at=bindparam("due"))
)


def tell_of_asker(group: Group, person: ParticipantRecord) -> None:
    """Tell the coordinators that somebody asked for a seat: those of a day in one letter.

    It goes at once to who prefers that. Never who it is: a mail may be read by others.
    """
    now = clock.now()
    told = read_columns(_TOLD, {"group": group.id, "now": now})
    keys = {f"someone_asked:{account_id}": account_id for account_id, *_ in told}
    waiting = {one.dedupe_key: one for one in read_columns(_WAITING, {"keys": [*keys]})}
    for key, (account_id, email, name, language, hears_at_once, starts) in zip(
        keys, told, strict=True
    ):
        due_at = now if hears_at_once else digest_at(now, group.timezone, starts)
        if (letter := waiting.get(key)) is None:
            write_letter(
                "someone_asked",
                to=email,
                language=language,
                values={"name": name, "account": account_id, "people": [person.id]},
                dedupe_key=key,
                due_at=due_at,
            )
        else:
            people = [*letter.values["people"], person.id]
            values = letter.values | {"people": people}
            db.session.connection().execute(
                _ADD, {"letter": letter.id, "all": values, "due": min(letter.due_at, due_at)}
            )


def _askers(letter: Letter) -> Values | None:
    """Return by group how many asked who are still to be met, or wait.

    From now on who asks stands in another letter.
    """
    letter.dedupe_key = None
    if "people" not in letter.values:
        return _as_written_before(letter.values)
    theirs = (
        select(Group)
        .join(RoleRecord, RoleRecord.group_id == Group.id)
        .where(RoleRecord.account_id == letter.values["account"])
        .order_by(Group.sorts_as)
    )
    asked = select(
        ParticipantRecord.group_id, ParticipantRecord.hold, ParticipantRecord.seat
    ).where(ParticipantRecord.id.in_(letter.values["people"]))
    how: dict[int, Counter[str]] = {}
    for group_id, hold, seat in db.session.execute(asked):
        if hold in (Hold.ASKED, Hold.GREETED):
            how.setdefault(group_id, Counter())[hold] += 1
        elif seat is None:
            how.setdefault(group_id, Counter())["waits"] += 1
    groups = [
        {
            "name": group.name,
            "slug": group.slug,
            "asked": how[group.id]["asked"],
            "greeted": how[group.id]["greeted"],
            "waits": how[group.id]["waits"],
        }
        for group in db.session.scalars(theirs)
        if group.id in how
    ]
    return {"name": letter.values["name"], "groups": groups} if groups else None


def _as_written_before(values: Values) -> Values:
    """Return what a letter says that was written when each ask had one."""
    counts = {"asked": 0, "greeted": 0, "waits": 0} | {values["hold"] or "waits": 1}
    group = {"name": values["group"], "slug": values["slug"]}
    return {"name": values["name"], "groups": [group | counts]}


def _holidays(letter: Letter) -> Values | None:
    """Return what is still to be answered, each with its link."""
    if not all("key" in one for group in letter.values["groups"] for one in group["holidays"]):
        return letter.values  # written before each question had a link
    groups = [
        group | {"holidays": asked}
        for group in letter.values["groups"]
        if (asked := [one for one in group["holidays"] if is_unanswered(one)])
    ]
    return letter.values | {"groups": groups} if groups else None


def is_unanswered(one: Values) -> bool:
    """Tell whether a question about a holiday, with the key of its link, is still to be answered."""
    link = open_link(hash_of(one["key"]), "holiday", clock.now())
    if link is None:
        return False
    group = groups_still_theirs(link, clock.now())[0]
    now = clock.now()
    asked = questions(schedule_ahead(group, now), group.day_of(now))
    return any(each.holiday.key == link.holiday and each.meets is None for each in asked)


def _whether_right(letter: Letter) -> Values | None:
    old = still_old(letter.values["key"], letter.written_at)
    return letter.values | {"groups": old} if old else None


def still_old(key: str, written_at: datetime) -> list[str]:
    """Return the names of the groups of a link that nobody confirmed since its letter was written."""
    link = open_link(hash_of(key), "confirm", clock.now())
    return [
        group.name
        for group in (groups_still_theirs(link, clock.now()) if link else ())
        if group.confirmed_on is None or group.confirmed_on < group.day_of(written_at)
    ]


def _how_many(letter: Letter) -> Values | None:
    return None if is_counted(letter.values) else letter.values


def is_counted(one: Values) -> bool:
    """Tell whether a question how many came, with the key of its link, is no question any more."""
    link = open_link(hash_of(one["key"]), "count", clock.now())
    if link is None or link.week is None:
        return True
    group = groups_still_theirs(link, clock.now())[0]
    return db.session.get(HeadCount, (group.id, link.week)) is not None


TO_COORDINATORS: dict[str, Callable[[Letter], Values | None]] = {
    "someone_asked": _askers,
    "holidays": _holidays,
    "whether_right": _whether_right,
    "how_many": _how_many,
}
"""What may have been answered, or have changed, since it was written."""
