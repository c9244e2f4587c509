"""Invitations: how every account begins. One role, one mail address, once, for 72 hours."""

import secrets

from sqlalchemy import select

from app import clock
from app.actions.parts.new_invitation import write_invitation
from app.actions.parts.office import (
    check_not_of_the_office,
    may_staff,
    tell_coordinators,
    tell_who_joined,
)
from app.actions.parts.serving.handing_over import stand_in_no_more, take_over
from app.actions.parts.transaction import hold_fellowship, hold_group, note, transaction
from app.db import db
from app.domain.inside.handing_over import Afterwards
from app.domain.keys import hash_of
from app.domain.meeting import Status
from app.domain.refusal import FellowshipIsClosed, LinkIsOver, NotTheirs
from app.domain.roles import AddressInUse, Reading, Role, has_a_circle
from app.records.accounts import (
    Account,
    RoleRecord,
    coordinators_of,
    find_account,
)
from app.records.fellowships import Fellowship, has_closed
from app.records.group_lists.sight import sees_group
from app.records.groups import Group
from app.records.inside.stand_ins import stands_in
from app.records.invitations import Invitation, find_invitation
from app.records.participants import people_of
from app.records.regions import Region


@transaction
def invite(
    *,
    email: str,
    role: Role,
    group: Group | None = None,
    fellowship: Fellowship | None = None,
    region: Region | None = None,
    by: Account | None,
    language: str = "nl",
) -> str:
    """Invite someone to a role, by letter, and return the key in the link.

    A coordinator invites to own groups, an officer to groups of the fellowship and as officer of it
    or of a region, a regional officer to groups in sight, an overseer officers of either kind; `by`
    None is the installation itself. Raises NotTheirs,
    FellowshipIsClosed, AlreadyInvited, and OnlyTheGroupInvitesOfficers for who would read the names
    of a group that runs.
    """
    is_office = _must_be_allowed(role, group, _whose(fellowship, region), by)
    if group and is_office and (group.status != Status.PREPARING or coordinators_of(group.id)):
        check_not_of_the_office(email, group)
    key = write_invitation(
        email=email,
        role=role,
        group=group,
        fellowship=fellowship,
        region=region,
        by=by,
        language=language,
    )
    if group and is_office:
        tell_coordinators(group, "invited", by=by)
    note(
        "invite",
        by=by,
        groups=[group] if group else [],
        fellowship_id=_id_of(fellowship, region),
        after={"role": str(role)},
    )
    return key


@transaction
def invite_again(invitation: Invitation, *, by: Account | None) -> str:
    """Send a new link in place of one that nobody used; the old one is over from now on.

    Raises NotTheirs, FellowshipIsClosed, LinkIsOver.
    """
    group, region = invitation.group, invitation.region
    fellowship = _whose(invitation.fellowship, region)
    _must_be_allowed(Role(invitation.kind), group, fellowship, by)
    _revoke(invitation)
    key = write_invitation(
        email=invitation.email,
        role=Role(invitation.kind),
        group=group,
        fellowship=invitation.fellowship,
        region=region,
        # Who typed the address, if anybody did: others are not shown it.
        by=invitation.inviter,
        language=fellowship.language if fellowship else "nl",
        of_office=invitation.of_office,
        stands_in_until=invitation.stands_in_until,
        afterwards=Afterwards(invitation.afterwards) if invitation.afterwards else None,
    )
    note(
        "invite_again",
        by=by,
        groups=[group] if group else [],
        fellowship_id=fellowship.id if fellowship else None,
        after={"role": invitation.kind},
    )
    return key


@transaction
def revoke(invitation: Invitation, *, by: Account | None) -> None:
    """Take back an invitation that nobody accepted yet.

    Raises NotTheirs, FellowshipIsClosed, LinkIsOver.
    """
    whose = _whose(invitation.fellowship, invitation.region)
    _must_be_allowed(Role(invitation.kind), invitation.group, whose, by)
    _revoke(invitation)
    note(
        "revoke",
        by=by,
        groups=[invitation.group] if invitation.group else [],
        fellowship_id=_id_of(invitation.fellowship, invitation.region),
    )


@transaction
def accept_as_new(key: str, *, name: str, password_hash: str, language: str) -> Account:
    """Begin an account by its invitation. Raises LinkIsOver, AddressInUse.

    The password comes hashed: hashing takes long, and this holds the lock.
    """
    invitation = _held(key)
    if find_account(invitation.email) is not None:
        raise AddressInUse
    account = Account(
        email=invitation.email,
        name=name,
        password=password_hash,
        language=language,
        fs_uniquifier=secrets.token_hex(32),
        created_at=clock.now(),
    )
    db.session.add(account)
    db.session.flush()
    _take_role(invitation, account)
    return account


@transaction
def accept(key: str, *, by: Account) -> None:
    """Take a further role with an account of the invited address. Raises LinkIsOver."""
    invitation = _held(key)
    if by.email != invitation.email:
        raise LinkIsOver
    _take_role(invitation, by)


def _must_be_allowed(
    role: Role, group: Group | None, fellowship: Fellowship | None, by: Account | None
) -> bool:
    """Hold what the invitation is to, and tell whether this is the office inviting to a group that
    is not its own. Raises NotTheirs, FellowshipIsClosed.
    """
    if role is Role.COORDINATOR and group is not None:
        is_office = (
            by is not None
            and all(held.group_id != group.id for held in by.roles_held)
            and sees_group(by, group, clock.now())
        )
        group = hold_group(group.id, None if is_office else by)
        if by is not None and is_office and not sees_group(by, group, clock.now()):
            raise NotTheirs
        if by is not None and not is_office and stands_in(by, group.id):
            raise NotTheirs
        # Whoever closes the fellowship holds each of its groups: what is read now stands.
        if has_closed(group.fellowship_id):
            raise FellowshipIsClosed
        return is_office
    if by is None or (
        role in (Role.OFFICER, Role.REGIONAL) and fellowship and may_staff(by, fellowship)
    ):
        if fellowship is not None and hold_fellowship(fellowship.id, None).closed_on:
            raise FellowshipIsClosed
        return False
    raise NotTheirs


def _whose(fellowship: Fellowship | None, region: Region | None) -> Fellowship | None:
    return region.fellowship if region else fellowship


def _id_of(fellowship: Fellowship | None, region: Region | None) -> int | None:
    whose = _whose(fellowship, region)
    return whose.id if whose else None


def _revoke(invitation: Invitation) -> None:
    # Under the lock that accepting takes too: of the two, one comes second and sees the other.
    db.session.refresh(invitation, with_for_update={"of": Invitation})
    if invitation.accepted_at or invitation.revoked_at:
        raise LinkIsOver
    invitation.revoked_at = clock.now()


def _held(key: str) -> Invitation:
    """Return an invitation that can be accepted now, locked, after its group. Raises LinkIsOver."""
    known = find_invitation(hash_of(key))
    if known is not None and known.group_id is not None:
        hold_group(known.group_id, None)
    if known is not None and known.region is not None:
        # Whoever erases the region holds its fellowship: it is there until the role is.
        hold_fellowship(known.region.fellowship_id, None)
    invitation = find_invitation(hash_of(key), lock=True)
    if invitation is None or not invitation.is_open(clock.now()):
        raise LinkIsOver
    return invitation


def _take_role(invitation: Invitation, account: Account) -> None:
    invitation.accepted_at = clock.now()
    group = invitation.group
    same = select(RoleRecord).where(
        RoleRecord.account_id == account.id,
        RoleRecord.kind == invitation.kind,
        RoleRecord.group_id == invitation.group_id
        if invitation.group_id
        else RoleRecord.group_id.is_(None),
        RoleRecord.fellowship_id == invitation.fellowship_id
        if invitation.fellowship_id
        else RoleRecord.fellowship_id.is_(None),
        RoleRecord.region_id == invitation.region_id
        if invitation.region_id
        else RoleRecord.region_id.is_(None),
    )
    held = db.session.scalar(same)
    if held is None:
        reading = _reading_at_first(invitation)
        db.session.add(
            RoleRecord(
                account_id=account.id,
                kind=invitation.kind,
                group_id=invitation.group_id,
                fellowship_id=invitation.fellowship_id,
                region_id=invitation.region_id,
                since=clock.today(),
                until=invitation.stands_in_until,
                stands_in=invitation.stands_in_until is not None,
                reading=reading,
            )
        )
        db.session.flush()
        if group:
            tell_who_joined(group, account, waits=reading == Reading.WAITS)
    elif held.stands_in and invitation.stands_in_until is None:
        stand_in_no_more(held)
    if group and invitation.afterwards:
        take_over(group, account, invitation)
    note(
        "accept",
        by=account,
        groups=[group] if group else [],
        fellowship_id=_id_of(invitation.fellowship, invitation.region),
        after={"role": invitation.kind}
        | ({"afterwards": invitation.afterwards} if invitation.afterwards else {}),
    )


def _reading_at_first(invitation: Invitation) -> Reading:
    group = invitation.group
    if group is None or not invitation.of_office:
        return Reading.OPEN
    return Reading.WAITS if has_a_circle(group.status, len(people_of(group.id))) else Reading.OPEN
