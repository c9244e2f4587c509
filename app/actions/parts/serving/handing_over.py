"""Taking over a group: who hands over stops if they chose so, and everyone with a seat is told."""

from app import clock
from app.actions.parts.held_circle import Circle, tell
from app.actions.parts.outbox import write_letter
from app.actions.parts.serving.leaving import leave
from app.domain.inside.handing_over import Afterwards
from app.domain.roles import Reading
from app.records.accounts import Account, RoleRecord, coordinators_of
from app.records.contacts import contacts_like
from app.records.groups import Group
from app.records.invitations import Invitation


def take_over(group: Group, account: Account, invitation: Invitation) -> None:
    """Let an account that coordinates a held group take over from who invited it.

    Whoever invited may have stopped, or be this very account: then nobody leaves. By handing over
    one who reads the circle says yes to who takes over, also if the office had brought them in.
    """
    assert invitation.afterwards is not None
    afterwards = Afterwards(invitation.afterwards)
    roles = coordinators_of(group.id)
    theirs = next((one for one in roles if one.account_id == invitation.invited_by), None)
    if theirs and theirs.account_id != account.id and afterwards.stops:
        _let_go(group, theirs, account, [one for one in roles if one is not theirs], afterwards)
    if invitation.of_office:
        return
    for role in roles:
        if role.account_id == account.id:
            role.reading = Reading.OPEN
    group.taken_over_on = group.day_of(clock.now())
    for person in Circle(group).seated:
        if person.is_settled:
            tell(person, "taken_over", group=group)


def stand_in_no_more(role: RoleRecord) -> None:
    """Let who stood in coordinate for good."""
    role.stands_in, role.until = False, None


def _let_go(
    group: Group,
    role: RoleRecord,
    successor: Account,
    others: list[RoleRecord],
    afterwards: Afterwards,
) -> None:
    leaver = role.account
    stays = afterwards is Afterwards.CONTACT and bool(contacts_like(leaver, group))
    leave(group, role, others, keeps_contact=afterwards is Afterwards.CONTACT)
    write_letter(
        "handed_over",
        to=leaver.email,
        language=leaver.language,
        values={
            "name": leaver.name,
            "who": successor.name,
            "group": group.name,
            "contact": stays,
        },
    )
