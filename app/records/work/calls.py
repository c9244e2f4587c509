"""Whom to call about a group: coordinators by the name they chose, numbers by their owner's yes."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from app.db import db
from app.domain.geography.alphabet import sorting
from app.domain.roles import Role
from app.records.accounts import Account, RoleRecord
from app.records.contacts import ContactRecord
from app.records.work.points import Work

AT_ONCE = 500


@dataclass(frozen=True)
class Call:
    """A group of a round of calls: what to ask, who coordinates it, and who may be rung."""

    name: str
    town: str
    points: Sequence[Work]
    coordinators: Sequence[str]
    numbers: Sequence[tuple[str, str]]
    """Name and number of contact persons who said yes to both on the group's page."""


def to_call(points: Sequence[Work], today: date) -> list[Call]:
    """Return the groups of these points by town and name. Two queries for 500 groups."""
    of_group: dict[int, list[Work]] = defaultdict(list)
    for one in points:
        of_group[one.point.group_id].append(one)
    names: dict[int, list[str]] = defaultdict(list)
    numbers: dict[int, list[tuple[str, str]]] = defaultdict(list)
    every = sorted(of_group)
    for first in range(0, len(every), AT_ONCE):
        ids = every[first : first + AT_ONCE]
        for group_id, name in db.session.execute(
            select(RoleRecord.group_id, Account.name)
            .join(Account, Account.id == RoleRecord.account_id)
            .where(
                RoleRecord.group_id.in_(ids),
                RoleRecord.kind == Role.COORDINATOR,
                or_(RoleRecord.until.is_(None), RoleRecord.until >= today),
            )
            .order_by(RoleRecord.since, RoleRecord.id)
        ):
            names[group_id or 0].append(name)
        contacts = select(ContactRecord).where(ContactRecord.group_id.in_(ids))
        for contact in db.session.scalars(contacts.order_by(ContactRecord.position)):
            if (told := contact.value()) and told.phone:
                numbers[contact.group_id].append((told.name, told.phone))
    calls = [
        Call(own[0].name, own[0].town, own, names[id], numbers[id]) for id, own in of_group.items()
    ]
    return sorted(calls, key=lambda call: (sorting(call.town), sorting(call.name)))
