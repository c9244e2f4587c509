"""Erasing an account, by its owner: roles, log-ins, letters, and the entry as contact person."""

from sqlalchemy import select, update

from app.actions.parts.revision import listing_changed
from app.actions.parts.serving.leaving import leave
from app.actions.parts.transaction import hold_fellowship, hold_groups, note, transaction
from app.db import db, erased
from app.domain.roles import Role, StillNeeded
from app.records.accounts import Account, RoleRecord, coordinators_of
from app.records.changes import Change
from app.records.contacts import ContactRecord
from app.records.groups import Group
from app.records.signin.kept import (
    invitations_of,
    letters_to_account,
    needed_of,
    own_contacts,
)


@transaction
def erase_account(account_id: int, *, keeps_contact: bool) -> None:
    """Erase an account so that nothing is left of it on the disk; who stays in its groups is told.

    `keeps_contact` tells whether its owner goes on as contact person where they are one. The log
    keeps what was done, by nobody. Raises StillNeeded while nobody else takes care of something.
    """
    account = _held(account_id)
    if account is None:  # pressed twice
        return
    if needed_of(account):
        raise StillNeeded
    fellowship_id = next((one.fellowship_id for one in account.roles_held if one.fellowship), None)
    coordinated = {role.group_id for role in account.roles_held}
    left_long_ago = [one for one in own_contacts(account) if one.group_id not in coordinated]
    groups = _leave_groups(account, keeps_contact=keeps_contact)
    if not keeps_contact:
        _forget_contacts(left_long_ago)
    for row in [*letters_to_account(account), *invitations_of(account)]:
        db.session.delete(row)
    of_account = update(Change).where(Change.account_id == account.id)
    db.session.execute(of_account.values(account_erased=True, account_id=None))
    db.session.flush()
    db.session.expire(account)
    db.session.delete(account)
    note("erase_account", by=None, groups=groups, fellowship_id=fellowship_id)
    erased()


def _held(account_id: int) -> Account | None:
    """Lock all that an account takes part in, fellowships first, and return it as it is now."""
    roles = db.session.scalars(select(RoleRecord).where(RoleRecord.account_id == account_id)).all()
    for fellowship_id in sorted(role.fellowship_id for role in roles if role.fellowship_id):
        hold_fellowship(fellowship_id, None)
    if any(role.kind == Role.OVERSEER for role in roles):
        # Of two overseers who go at once, the second waits here and sees that it is the last.
        every = select(RoleRecord.id).where(RoleRecord.kind == Role.OVERSEER)
        db.session.execute(every.order_by(RoleRecord.id).with_for_update())
    account = db.session.get(Account, account_id)
    if account is not None:
        coordinated = {role.group_id for role in roles if role.group_id}
        hold_groups({one.group_id for one in own_contacts(account)} | coordinated, None)
    asked = select(Account).where(Account.id == account_id).with_for_update(of=Account)
    return db.session.scalar(asked, execution_options={"populate_existing": True})


def _leave_groups(account: Account, *, keeps_contact: bool) -> list[Group]:
    groups = []
    for role in list(account.roles_held):
        if (group := role.group) is None:
            continue
        others = [one for one in coordinators_of(group.id) if one.account_id != account.id]
        leave(group, role, others, keeps_contact=keeps_contact)
        groups.append(group)
    return groups


def _forget_contacts(contacts: list[ContactRecord]) -> None:
    for contact in contacts:
        listing_changed(contact.group)
        contact.group.contacts.remove(contact)
