"""Between a fellowship's office and the coordinators of a group: letters, and a line not crossed."""

from app import clock
from app.actions.parts.outbox import write_letter
from app.domain.roles import DAYS_TO_UNDO_JOINING, OnlyTheGroupInvitesOfficers, Role
from app.records.accounts import (
    Account,
    coordinators_of,
    find_account,
    is_officer,
    normal_address,
)
from app.records.fellowships import Fellowship
from app.records.group_lists.sight import is_of_the_office, officers_for
from app.records.groups import Group


def may_staff(account: Account, fellowship: Fellowship) -> bool:
    """Tell whether somebody brings officers into a fellowship's office and out of it: overseer or officer."""
    return Role.OVERSEER in account.kinds or is_officer(account, fellowship.id)


def tell_coordinators(group: Group, did: str, *, by: Account | None, reason: str = "") -> None:
    """Write to each coordinator of a group what the office did to it; not to whoever did it."""
    for role in coordinators_of(group.id):
        if by is not None and role.account_id == by.id:
            continue
        write_letter(
            "office_did",
            to=role.account.email,
            language=role.account.language,
            values={
                "name": role.account.name,
                "did": did,
                "group": group.name,
                "slug": group.slug,
                "office": group.fellowship.name,
                "reason": reason,
            },
        )


def tell_who_joined(group: Group, account: Account, *, waits: bool) -> None:
    """Write to the coordinators who were there who coordinates with them from now on.

    `waits`: whoever joined reads no names before one of them says yes.
    """
    for role in coordinators_of(group.id):
        if role.account_id != account.id:
            write_letter(
                "joined",
                to=role.account.email,
                language=role.account.language,
                values={
                    "name": role.account.name,
                    "who": account.name,
                    "group": group.name,
                    "slug": group.slug,
                    "days": DAYS_TO_UNDO_JOINING,
                    "waits": waits,
                },
            )


def tell_officers(group: Group, did: str, *, by: Account) -> None:
    """Write to each officer whom a group concerns what a coordinator undid; not to whoever did."""
    for officer in officers_for(group, clock.now()):
        if officer.id == by.id:
            continue
        write_letter(
            "group_did",
            to=officer.email,
            language=officer.language,
            values={"name": officer.name, "did": did, "group": group.name, "slug": group.slug},
        )


def check_not_of_the_office(email: str, group: Group) -> None:
    """Raise OnlyTheGroupInvitesOfficers for the address of an officer of the group's fellowship or
    of any region of it, or of an overseer.
    """
    account = find_account(normal_address(email))
    if account and (is_of_the_office(account, group.fellowship) or Role.OVERSEER in account.kinds):
        raise OnlyTheGroupInvitesOfficers
