"""A coordinator offers the group to somebody: an invitation that says so, and what comes after."""

from app.actions.parts.new_invitation import write_invitation
from app.actions.parts.transaction import hold_circle, note, transaction
from app.domain.inside.handing_over import Afterwards, HandsOverToOneself
from app.domain.refusal import FellowshipIsClosed, NotTheirs
from app.domain.roles import Role
from app.records.accounts import Account, coordinators_of, normal_address
from app.records.fellowships import has_closed
from app.records.groups import Group


@transaction
def offer_group(
    group: Group, *, email: str, afterwards: Afterwards, note_for_successor: str, by: Account
) -> str:
    """Invite somebody to take over; until they say yes all stays as it is.

    Returns the key in the link. Then `by` does what `afterwards` says, and everyone with a seat is
    told. Raises HandsOverToOneself, AlreadyInvited, FellowshipIsClosed, NotTheirs.
    """
    group = hold_circle(group.id, by)
    mine = next(one for one in coordinators_of(group.id) if one.account_id == by.id)
    if mine.stands_in:
        raise NotTheirs
    if has_closed(group.fellowship_id):
        raise FellowshipIsClosed
    if normal_address(email) == by.email:
        raise HandsOverToOneself
    mine.note = note_for_successor
    key = write_invitation(
        email=email,
        role=Role.COORDINATOR,
        group=group,
        fellowship=None,
        by=by,
        language=group.language,
        afterwards=afterwards,
    )
    note("offer_group", by=by, groups=[group], after={"afterwards": afterwards})
    return key
