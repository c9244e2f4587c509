"""All that is kept about an account, to be shown to its owner, taken along, and erased."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from app.db import db
from app.domain.meeting import Status
from app.domain.roles import Needed, Role, is_needed
from app.records.accounts import Account, Login, RoleRecord, normal_address
from app.records.changes import Change, ChangeOfGroup
from app.records.contacts import ContactRecord, contacts_like
from app.records.exchange.list_runs import ListRun
from app.records.groups import Group
from app.records.invitations import Invitation
from app.records.letters import Letter
from app.records.links import Link
from app.records.signin.passkeys import PasskeyRecord, passkeys_of
from app.records.work.marks import WorkMark, WorkOwner

_CAME_AND_WENT = ("accept", "leave_group")


@dataclass(frozen=True)
class Kept:
    """Everything in any table that is about one account; keys are hashes and stay out."""

    account: Account
    roles: Sequence[RoleRecord]
    contacts: Sequence[ContactRecord]
    logins: Sequence[Login]
    passkeys: Sequence[PasskeyRecord]
    letters: Sequence[Letter]
    invitations_to: Sequence[Invitation]
    invitations_by: Sequence[Invitation]
    links: Sequence[Link]
    """Of letters that ask for one tap."""
    points_put_aside: int
    """On the work list of an office."""
    points_looked_after: int
    long_lists: int
    """That this account sent, took over or took back within the last day."""
    changes: Sequence[Change]


def kept_of(account: Account) -> Kept:
    """Return all that is kept about an account, each kind the latest first. Some ten queries.

    Addresses in letters and invitations are sealed, so each is opened and compared.
    """
    marks, owned, lists = (
        select(func.count()).select_from(table).where(table.account_id == account.id)
        for table in (WorkMark, WorkOwner, ListRun)
    )
    return Kept(
        account=account,
        roles=account.roles_held,
        contacts=own_contacts(account),
        logins=_rows(Login, Login.account_id == account.id, Login.began_at.desc()),
        passkeys=passkeys_of(account),
        letters=letters_to_account(account),
        invitations_to=invitations_of(account),
        invitations_by=_rows(Invitation, Invitation.invited_by == account.id, Invitation.id.desc()),
        links=_rows(Link, Link.account_id == account.id, Link.id.desc()),
        points_put_aside=db.session.scalar(marks) or 0,
        points_looked_after=db.session.scalar(owned) or 0,
        long_lists=db.session.scalar(lists) or 0,
        changes=_rows(Change, Change.account_id == account.id, Change.id.desc()),
    )


def own_contacts(account: Account) -> list[ContactRecord]:
    """Return where an account stands as contact person: in its groups, and in those it left.

    In those it left by mail address alone: somebody else there may have the same name. Two
    queries, and one for each group.
    """
    coordinated = {role.group_id for role in account.roles_held if role.group_id is not None}
    known = select(ChangeOfGroup.group_id).join(Change, Change.id == ChangeOfGroup.change_id)
    known = known.where(Change.account_id == account.id, Change.deed.in_(_CAME_AND_WENT))
    ids = coordinated | set(db.session.scalars(known))
    groups = db.session.scalars(select(Group).where(Group.id.in_(ids)).order_by(Group.id))
    return [
        one
        for group in groups
        for one in contacts_like(account, group)
        if group.id in coordinated or normal_address(one.email) == account.email
    ]


def letters_to_account(account: Account) -> list[Letter]:
    """Return the letters to an account that are still kept, the latest first. One query."""
    query = select(Letter).where(
        Letter.participant_id.is_(None), Letter.founding_request_id.is_(None), Letter.kind != ""
    )
    letters = db.session.scalars(query.order_by(Letter.id.desc()))
    return [one for one in letters if normal_address(one.recipient) == account.email]


def invitations_of(account: Account) -> list[Invitation]:
    """Return the invitations of an account's address that are still kept, used or not. One query."""
    invitations = db.session.scalars(select(Invitation).order_by(Invitation.id.desc()))
    return [one for one in invitations if normal_address(one.email) == account.email]


def needed_of(account: Account) -> list[Needed]:
    """Return what nobody but an account takes care of. Two queries, and one when it oversees.

    A group that has stopped and a fellowship that has closed need nobody.
    """
    shared = _shared_with(account)
    needed = []
    for role in account.roles_held:
        if role.kind == Role.REGIONAL:  # the office of its fellowship goes on
            continue
        of, is_over = role.group or role.fellowship, False
        if role.group is not None:
            is_over = role.group.status == Status.CLOSED
        elif role.fellowship is not None:
            is_over = role.fellowship.closed_on is not None
        others = shared.get((role.kind, role.group_id, role.fellowship_id), 0)
        if is_needed(others, is_over=is_over):
            name = (of.slug, of.name) if of else ("", "")
            needed.append(Needed(Role(role.kind), *name))
    return sorted(needed, key=lambda one: (one.role, one.name))


def _shared_with(account: Account) -> dict[tuple[str, int | None, int | None], int]:
    """Return how many others who can log in have each role that an account has. One query."""
    groups = [role.group_id for role in account.roles_held if role.group_id]
    fellowships = [role.fellowship_id for role in account.roles_held if role.fellowship_id]
    same = (
        RoleRecord.group_id.in_(groups)
        | RoleRecord.fellowship_id.in_(fellowships)
        | (RoleRecord.kind == Role.OVERSEER)
    )
    key = (RoleRecord.kind, RoleRecord.group_id, RoleRecord.fellowship_id)
    rows = db.session.execute(
        select(*key, func.count())
        .join(Account, Account.id == RoleRecord.account_id)
        .where(
            same,
            RoleRecord.account_id != account.id,
            RoleRecord.stands_in.is_(False),
            Account.active,
        )
        .group_by(*key)
    )
    return {(kind, group, fellowship): number for kind, group, fellowship, number in rows}


def _rows(table: Any, about: Any, order: Any) -> Sequence[Any]:
    return db.session.scalars(select(table).where(about).order_by(order)).all()
