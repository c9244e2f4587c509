"""Letters from the office to coordinators about their points: to whom, and what is in each."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select

from app.db import db
from app.domain.roles import Role
from app.domain.work import Concern, Likeness, Point
from app.records.accounts import Account, RoleRecord
from app.records.fellowships import Fellowship
from app.records.group_lists.sight import Sight
from app.records.work.points import Work, work_in


@dataclass(frozen=True)
class Draft:
    """One letter to one coordinator, as it will be written."""

    account_id: int
    name: str
    email: str
    language: str
    values: dict[str, Any]
    groups: int


def still_so(sight: Sight, picked: Collection[str], today: date) -> list[Work]:
    """Return the points in sight with these keys; what changed meanwhile has another."""
    return [one for one in work_in(sight, today) if one.point.key in picked]


def drafts_of(
    fellowship: Fellowship, picked: Sequence[Work], *, words: str, today: date
) -> list[Draft]:
    """Return one letter for each coordinator of these groups whose service goes on. One query."""
    by_group = defaultdict(list)
    for one in picked:
        by_group[one.point.group_id].append(one)
    of_account = coordinators_by_account(by_group, today)
    return [
        Draft(
            account_id=account.id,
            name=account.name,
            email=account.email,
            language=account.language,
            groups=len(ids),
            values={
                "name": account.name,
                "office": fellowship.name,
                "contact": fellowship.email,
                "words": words,
                "groups": sorted(
                    (_group_in_letter(by_group[id]) for id in ids),
                    key=lambda group: (group["name"], group["slug"]),
                ),
            },
        )
        for account, ids in of_account.items()
    ]


def coordinators_by_account(group_ids: Iterable[int], today: date) -> dict[Account, list[int]]:
    """Return which of these groups each of their coordinators has, if they go on. One query."""
    found: dict[Account, list[int]] = defaultdict(list)
    for group_id, account in _coordinators(group_ids, today):
        found[account].append(group_id)
    return found


def _coordinators(group_ids: Iterable[int], today: date) -> Iterable[tuple[int, Account]]:
    query = (
        select(RoleRecord.group_id, Account)
        .join(Account, Account.id == RoleRecord.account_id)
        .where(
            RoleRecord.kind == Role.COORDINATOR,
            RoleRecord.group_id.in_(list(group_ids)),
            or_(RoleRecord.until.is_(None), RoleRecord.until >= today),
        )
        .order_by(Account.name, Account.id, RoleRecord.group_id)
    )
    return [(group_id or 0, account) for group_id, account in db.session.execute(query)]


def _group_in_letter(points: list[Work]) -> dict[str, Any]:
    return {
        "name": points[0].name,
        "slug": points[0].slug,
        "points": [
            _point_in_letter(one.point)
            for one in sorted(points, key=lambda one: list(Concern).index(one.point.concern))
        ],
    }


def _point_in_letter(point: Point) -> dict[str, Any]:
    """Return what a coordinator may read: of other groups only names that are public."""
    return {
        "concern": str(point.concern),
        "since": point.since.isoformat(),
        "day": point.day.isoformat() if point.day else "",
        "holidays": [
            {
                "name": str(one.name),
                "first": one.first.isoformat(),
                "last": one.last.isoformat(),
            }
            for one in point.holidays
        ],
        "others": [one.public for one in point.others if one.likeness is not Likeness.LOOKS],
        "look_alikes": [one.public for one in point.others if one.likeness is Likeness.LOOKS],
    }
