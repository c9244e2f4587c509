"""Who coordinates a group: who joins, a service that ends, and leaving."""

from datetime import date, timedelta

from sqlalchemy import select

from app import clock
from app.actions.parts.outbox import write_letter
from app.actions.parts.serving.contact_yes import ask_who_served
from app.actions.parts.serving.leaving import leave
from app.actions.parts.transaction import hold_group, note, transaction
from app.db import db
from app.domain.refusal import NotTheirs
from app.domain.roles import WEEKS_OF_NOTICE, LastCoordinator, Role, ends_soon, is_new
from app.records.accounts import Account, RoleRecord, coordinators_of
from app.records.groups import Group
from app.records.invitations import invitations_pending
from app.records.letters import Letter

AT_ONCE = 50
"""Letters that are written in one transaction."""


@transaction
def end_service(group: Group, *, until: date | None, note_for_successor: str, by: Account) -> None:
    """Say when one's own service ends (None: not set), with a note about key, rent, caretaker.

    Raises NotTheirs.
    """
    group = hold_group(group.id, by)
    role = _role_of(by, group)
    if role.stands_in:
        raise NotTheirs
    before = {"until": role.until.isoformat() if role.until else ""}
    role.until, role.note = until, note_for_successor
    after = {"until": until.isoformat() if until else ""}
    note("end_service", by=by, groups=[group], before=before, after=after)


@transaction
def leave_group(group: Group, *, by: Account, keeps_contact: bool = False) -> None:
    """Stop coordinating a group; who stays is told.

    `keeps_contact` tells whether who leaves goes on as contact person; else their own entry goes
    with them. Raises LastCoordinator, NotTheirs.
    """
    group = hold_group(group.id, by)
    role = _role_of(by, group)
    others = [one for one in coordinators_of(group.id) if one.account_id != by.id]
    if all(one.stands_in for one in others) and not role.stands_in:
        raise LastCoordinator
    had_contact = leave(group, role, others, keeps_contact=keeps_contact)
    after = {"contact_stays": keeps_contact} if had_contact else {}
    note("leave_group", by=by, groups=[group], after=after)


@transaction
def undo_joining(group: Group, account_id: int, *, by: Account) -> None:
    """End the role of who came lately, as one who coordinated before; they are told.

    Whom they invited meanwhile does not come in by that link either.
    Raises NotTheirs for who was there before, or has been for longer than DAYS_TO_UNDO_JOINING.
    """
    group = hold_group(group.id, by)
    roles = coordinators_of(group.id)
    mine = next(place for place, role in enumerate(roles) if role.account_id == by.id)
    theirs = next((role for role in roles[mine + 1 :] if role.account_id == account_id), None)
    if theirs is None or not is_new(theirs.since, clock.today()):
        raise NotTheirs
    write_letter(
        "no_longer_coordinator",
        to=theirs.account.email,
        language=theirs.account.language,
        values={"name": theirs.account.name, "group": group.name},
    )
    for invitation in invitations_pending(clock.now(), group_id=group.id):
        if invitation.invited_by == account_id:
            invitation.revoked_at = clock.now()
    ask_who_served(theirs.account, group, clock.now())
    db.session.delete(theirs)
    note("undo_joining", by=by, groups=[group])


@transaction
def ask_who_follows(today: date) -> int:
    """Write a letter, once, to each coordinator whose service ends within six weeks.

    To some of them, if there are many: the next run goes on. Returns how many letters that were. Run it as often as you like: it notes a change only when
    it wrote one.
    """
    asked = set(
        db.session.scalars(
            select(Letter.dedupe_key).where(Letter.dedupe_key.startswith("service_ends:"))
        )
    )
    ending = {
        f"service_ends:{role.id}:{role.until}": role
        for role in db.session.scalars(
            select(RoleRecord).where(
                RoleRecord.kind == Role.COORDINATOR,
                RoleRecord.stands_in.is_(False),
                RoleRecord.until <= today + timedelta(weeks=WEEKS_OF_NOTICE),
            )
        )
        if ends_soon(role.until, today)
    }
    unasked = {key: ending[key] for key in [one for one in ending if one not in asked][:AT_ONCE]}
    for key, role in unasked.items():
        assert role.group is not None
        assert role.until is not None
        write_letter(
            "service_ends",
            to=role.account.email,
            language=role.account.language,
            values={
                "name": role.account.name,
                "group": role.group.name,
                "slug": role.group.slug,
                "until": role.until.isoformat(),
            },
            dedupe_key=key,
        )
    if unasked:
        groups = {role.group for role in unasked.values() if role.group}
        note("ask_who_follows", by=None, groups=groups)
    return len(unasked)


def _role_of(account: Account, group: Group) -> RoleRecord:
    role = db.session.scalar(
        select(RoleRecord).where(
            RoleRecord.account_id == account.id, RoleRecord.group_id == group.id
        )
    )
    if role is None:
        raise NotTheirs
    return role
