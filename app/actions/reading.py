"""A newcomer whom the office brought in reads the circle only after its yes, or a coordinator's."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select

from app import clock
from app.actions.parts.held_circle import Circle, tell
from app.actions.parts.transaction import hold_circle, hold_group, hold_groups, note, transaction
from app.db import db
from app.domain.keys import hash_of
from app.domain.refusal import LinkIsOver, NotTheirs
from app.domain.roles import Reading, nobody_is_left
from app.records.accounts import Account, RoleRecord, coordinators_of
from app.records.groups import Group
from app.records.participants import find_participant


@transaction
def let_read(group: Group, account_id: int, *, by: Account) -> None:
    """Let another coordinator read the circle, as one who reads it. Raises NotTheirs."""
    group = hold_circle(group.id, by)
    theirs = next((one for one in coordinators_of(group.id) if one.account_id == account_id), None)
    if theirs is None or theirs.reads(clock.now()):
        raise NotTheirs
    theirs.reading = Reading.OPEN
    note("let_read", by=by, groups=[group])


@transaction
def object_to_reader(key: str) -> None:
    """Say no, as somebody with a seat, to whoever waits to read. Raises NotTheirs, LinkIsOver."""
    found = find_participant(hash_of(key))
    if found is None:
        raise NotTheirs
    group = hold_group(found.group_id, None)
    person = next((one for one in Circle(group).people if one.id == found.id), None)
    if person is None or not person.is_settled:
        raise NotTheirs
    now = clock.now()
    waiting = [role for role in coordinators_of(group.id) if role.may_be_objected_to(now)]
    if not waiting:
        raise LinkIsOver
    for role in waiting:
        role.reading = Reading.REFUSED
    note("object_to_reader", by=None, groups=[group])


@transaction
def ask_the_circles(group_ids: Sequence[int] | None = None) -> int:
    """Ask the circle about each newcomer to whom no coordinator can say yes, once.

    Of these groups; None is all where somebody waits, and for few.

    Who has a seat and wants letters gets one; the others read it on their own page. Returns about
    how many newcomers. Run it as often as you like: it notes a change only when it asked.
    """
    waiting = select(RoleRecord.group_id).where(RoleRecord.reading == Reading.WAITS)
    if group_ids is not None:
        waiting = waiting.where(RoleRecord.group_id.in_(group_ids))
    groups = hold_groups([one for one in db.session.scalars(waiting) if one is not None], None)
    asked: dict[Group, int] = defaultdict(int)
    for group in groups:
        now = clock.now()
        roles = coordinators_of(group.id)
        until = [role.until for role in roles if role.reads(now)]
        if not nobody_is_left(until, group.day_of(now)):
            continue
        for role in [one for one in roles if one.reading == Reading.WAITS]:
            _ask(group, role)
            asked[group] += 1
    if asked:
        note("ask_the_circle", by=None, groups=asked)
    return sum(asked.values())


def _ask(group: Group, role: RoleRecord) -> None:
    role.reading, role.circle_asked_on = Reading.ASKED, group.day_of(clock.now())
    for person in Circle(group).people:
        if person.is_settled:
            tell(
                person,
                "circle_asked",
                group=group,
                dedupe_key=f"circle_asked:{role.id}:{person.id}",
            )
