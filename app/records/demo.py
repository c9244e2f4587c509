"""What one may ask about a demo: whether this database is one, and what is in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import exists, select

from app.db import db
from app.records.accounts import Account, RoleRecord
from app.records.changes import Change
from app.records.fellowships import Fellowship
from app.records.groups import Group
from app.records.participants import ParticipantRecord
from app.records.places import PlaceRecord

DEED = "fill_demo"
"""The change that every demo begins with; its `after` holds the seed."""


@dataclass(frozen=True)
class AccountRow:
    """An account of the demo: `fellowships` and `groups` as slugs."""

    email: str
    name: str
    role: str
    fellowships: list[str]
    groups: list[str]
    sealed_totp: str | None


@dataclass(frozen=True)
class GroupRow:
    slug: str
    name: str
    fellowship: str
    status: str
    seating: str
    capacity: int
    zone: str
    feed_key: str
    discreet_key: str


def is_empty() -> bool:
    """Tell whether nothing was ever put into this database."""
    tables = (Fellowship, Group, Account, PlaceRecord, Change)
    return not any(db.session.scalar(select(exists(select(table)))) for table in tables)


def demo_seed() -> int | None:
    """Return the seed of the demo in this database; None when it holds none."""
    after = db.session.scalar(
        select(Change.after).where(Change.deed == DEED).order_by(Change.id).limit(1)
    )
    return after["seed"] if after else None


def demo_accounts(emails: list[str]) -> list[AccountRow]:
    """Return the accounts with these addresses, in their order, as far as they are there."""
    found = {
        account.email: account
        for account in db.session.scalars(select(Account).where(Account.email.in_(emails)))
    }
    return [_account_row(found[email]) for email in emails if email in found]


def demo_groups() -> Iterator[GroupRow]:
    """Yield every group, the featured ones first. One query."""
    query = (
        select(
            Group.slug,
            Group.name,
            Fellowship.slug,
            Group.status,
            Group.seating,
            Group.capacity,
            Group.zone,
            Group.feed_key,
            Group.discreet_key,
        )
        .join(Fellowship, Fellowship.id == Group.fellowship_id)
        .order_by(Group.id)
    )
    for row in db.session.execute(query):
        yield GroupRow(*row)


def demo_seats() -> list[tuple[str, str]]:
    """Return the slug and the key of everyone whose key is kept, by group and place. One query."""
    person = ParticipantRecord
    query = (
        select(Group.slug, person.key)
        .join(Group, Group.id == person.group_id)
        .where(person.key.is_not(None))
        .order_by(Group.id, person.seat.is_(None), person.seat, person.wait_number)
    )
    return [(slug, key) for slug, key in db.session.execute(query) if key]


def _account_row(account: Account) -> AccountRow:
    roles: list[RoleRecord] = sorted(account.roles_held, key=lambda role: role.id)
    return AccountRow(
        email=account.email,
        name=account.name,
        role=roles[0].kind if roles else "",
        fellowships=[
            whose.slug
            for role in roles
            if (whose := role.fellowship or (role.region and role.region.fellowship))
        ],
        groups=[role.group.slug for role in roles if role.group],
        sealed_totp=account.tf_totp_secret,
    )
