"""What officers do to a group of their fellowship, what its coordinators undo, and who is officer."""

from sqlalchemy import delete, select

from app import clock
from app.actions.parts.new_invitation import write_invitation
from app.actions.parts.office import (
    check_not_of_the_office,
    may_staff,
    tell_coordinators,
    tell_officers,
)
from app.actions.parts.outbox import write_letter
from app.actions.parts.revision import calendar_follows
from app.actions.parts.transaction import (
    hold_fellowship,
    hold_group,
    hold_group_as_officer,
    note,
    transaction,
)
from app.db import db
from app.domain.refusal import FellowshipIsClosed, NotTheirs
from app.domain.roles import (
    LastOfficer,
    OfThatRegionAlready,
    Role,
    SomebodyCoordinates,
    nobody_is_left,
)
from app.records.accounts import Account, RoleRecord, coordinators_of
from app.records.fellowships import Fellowship, has_closed
from app.records.group_lists.sight import regional_officers_of
from app.records.groups import Group
from app.records.regions import region_of_fellowship


@transaction
def list_group(group: Group, *, listed: bool, reason: str, by: Account) -> None:
    """Put a group on the fellowship's list, or take it off; its coordinators get the reason.

    Raises NotTheirs when `by` is no officer of its fellowship.
    """
    group = hold_group_as_officer(group.id, by, regional=True)
    before = {"listed": group.listed}
    if listed != group.listed:
        with calendar_follows(group):
            group.listed, group.unlisted_because = listed, "" if listed else reason
        tell_coordinators(group, "listed" if listed else "unlisted", by=by, reason=reason)
    after = {"listed": listed, "reason": reason}
    note(
        "list_group",
        by=by,
        groups=[group],
        fellowship_id=group.fellowship_id,
        before=before,
        after=after,
    )


@transaction
def list_again(group: Group, *, by: Account) -> None:
    """Undo, as a coordinator, that the office took the group off the list; the officers are told.

    They may do it again, with a reason: then it is for people to talk. Raises NotTheirs.
    """
    group = hold_group(group.id, by)
    before = {"listed": group.listed}
    if not group.listed:
        with calendar_follows(group):
            group.listed, group.unlisted_because = True, ""
        tell_officers(group, "listed_again", by=by)
    note("list_again", by=by, groups=[group], before=before, after={"listed": True})


@transaction
def hand_on(group: Group, *, email: str, by: Account) -> str:
    """Give a group that nobody coordinates any more to somebody new: invite them, and end the
    services whose last day has passed. Returns the key in the link.

    Raises SomebodyCoordinates, FellowshipIsClosed, OnlyTheGroupInvitesOfficers, AlreadyInvited,
    NotTheirs.
    """
    group = hold_group_as_officer(group.id, by, regional=True)
    if has_closed(group.fellowship_id):
        raise FellowshipIsClosed
    roles = coordinators_of(group.id)
    if not nobody_is_left([role.until for role in roles], group.day_of(clock.now())):
        raise SomebodyCoordinates
    check_not_of_the_office(email, group)
    tell_coordinators(group, "handed_on", by=by)
    db.session.execute(delete(RoleRecord).where(RoleRecord.id.in_([role.id for role in roles])))
    key = write_invitation(
        email=email,
        role=Role.COORDINATOR,
        group=group,
        fellowship=None,
        by=by,
        language=group.language,
    )
    note("hand_on", by=by, groups=[group], fellowship_id=group.fellowship_id)
    return key


@transaction
def end_officer(fellowship: Fellowship, account_id: int, *, by: Account | None) -> None:
    """End somebody's being officer: an officer steps down, an overseer ends another's.

    `by` None is the installation itself. Raises LastOfficer, NotTheirs.
    """
    # What two who step down at once wait for.
    hold_fellowship(fellowship.id, None)
    held = select(RoleRecord).where(
        RoleRecord.fellowship_id == fellowship.id, RoleRecord.kind == Role.OFFICER
    )
    roles = {
        role.account_id: role
        for role in db.session.scalars(held, execution_options={"populate_existing": True})
    }
    may = by is None or account_id == by.id or Role.OVERSEER in by.kinds
    if account_id not in roles or not may:
        raise NotTheirs
    if len(roles) == 1:
        raise LastOfficer
    account = roles[account_id].account
    db.session.delete(roles[account_id])
    if by is None or account_id != by.id:
        write_letter(
            "no_longer_officer",
            to=account.email,
            language=account.language,
            values={"name": account.name, "office": fellowship.name},
        )
    note("end_officer", by=by, fellowship_id=fellowship.id)


@transaction
def end_regional_officer(fellowship: Fellowship, role_id: int, *, by: Account | None) -> None:
    """End somebody's being officer of a region: they step down, or the whole office ends it.

    `by` None is the installation itself. Raises NotTheirs.
    """
    fellowship = hold_fellowship(fellowship.id, None)
    role = _regional(fellowship, role_id)
    if by is None or role.account_id != by.id:
        _check_staffs(fellowship, by)
        write_letter(
            "no_longer_officer",
            to=role.account.email,
            language=role.account.language,
            values={
                "name": role.account.name,
                "office": fellowship.name,
                "region": role.region.name if role.region else "",
            },
        )
    db.session.delete(role)
    note("end_regional_officer", by=by, fellowship_id=fellowship.id)


@transaction
def give_other_region(
    fellowship: Fellowship, role_id: int, region_id: int, *, by: Account | None
) -> None:
    """Let an officer of a region be that of another from now on, and no longer of this one.

    `by` None is the installation itself.
    Raises OfThatRegionAlready, NotTheirs.
    """
    fellowship = hold_fellowship(fellowship.id, None)
    _check_staffs(fellowship, by)
    role, region = _regional(fellowship, role_id), region_of_fellowship(fellowship.id, region_id)
    if region is None:
        raise NotTheirs
    theirs = [one for one in regional_officers_of(fellowship.id) if one.account is role.account]
    if any(one.region_id == region.id for one in theirs if one is not role):
        raise OfThatRegionAlready
    before = {"region": role.region.name if role.region else ""}
    role.region_id = region.id
    note(
        "give_other_region",
        by=by,
        fellowship_id=fellowship.id,
        before=before,
        after={"region": region.name},
    )


def _regional(fellowship: Fellowship, role_id: int) -> RoleRecord:
    known = {one.id: one for one in regional_officers_of(fellowship.id)}
    if role_id not in known:
        raise NotTheirs
    return known[role_id]


def _check_staffs(fellowship: Fellowship, by: Account | None) -> None:
    if by is not None and not may_staff(by, fellowship):
        raise NotTheirs
