"""What every action is made of: one transaction, the lock, and the change it notes."""

from collections.abc import Callable, Collection, Iterable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import bindparam, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import set_committed_value

from app import clock
from app.actions.parts.derived.kept_rows import some_at_once, table_of
from app.db import db, is_trying, is_writing, writing
from app.domain.refusal import FellowshipIsClosed, NotTheirs
from app.records.accounts import Account, is_officer, reads_circle
from app.records.asked.once import hold_on
from app.records.asked.roles import roles_in
from app.records.changes import Change, ChangeOfGroup
from app.records.fellowships import Fellowship
from app.records.group_lists.sight import Sight, sees_group, sight_of
from app.records.groups import Group
from app.records.listings import with_fellowship

UNIQUE_VIOLATION = "23505"
"""The SQLSTATE of a value that is there already (postgresql.org/docs/current/errcodes-appendix)."""

_CHANGE = insert(table_of(Change)).returning(table_of(Change).c.id)
_OF_GROUP = insert(table_of(ChangeOfGroup))

_HELD = (
    select(Group)
    .where(Group.id.in_(bindparam("groups", expanding=True)))
    .order_by(Group.id)
    .options(with_fellowship())
    .with_for_update(of=Group)
    .execution_options(populate_existing=True)
)

P = ParamSpec("P")
R = TypeVar("R")


def transaction(action: Callable[P, R]) -> Callable[P, R]:
    """Make an action one writing transaction: all of it, or nothing.

    Records passed in are read again under the lock. Called inside a transaction that is already
    open (one of Flask-Security's POST views), it is part of that one. Two writers on PostgreSQL may
    both find that something is not there yet: the second begins anew, once, and sees it.
    """

    @wraps(action)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if is_writing():
            return action(*args, **kwargs)
        try:
            return _in_one(*args, **kwargs)
        except IntegrityError as error:
            if getattr(error.orig, "sqlstate", "") != UNIQUE_VIOLATION:
                raise
        return _in_one(*args, **kwargs)

    def _in_one(*args: P.args, **kwargs: P.kwargs) -> R:
        with writing():
            _know_keys()
            return action(*args, **kwargs)

    run.is_transaction = True  # type: ignore[attr-defined]  # a note for the tests
    return run


def _know_keys() -> None:
    """Let the records loaded before know their keys, and no more: a deed locks the rows by them."""
    for state in db.session.identity_map.all_states():
        record, mapper = state.obj(), state.mapper
        if record is not None and state.identity and state.expired:
            for column, value in zip(mapper.primary_key, state.identity, strict=True):
                set_committed_value(record, mapper.get_property_by_column(column).key, value)


def hold_group(group_id: int, by: Account | None) -> Group:
    """Lock one group and return it as it is now.

    `by` None is the installation itself. Raises NotTheirs when this account does not coordinate
    the group, or no longer does: rights are asked again under the lock.
    """
    return hold_groups([group_id], by)[0]


def hold_circle(group_id: int, by: Account | None) -> Group:
    """Lock one group for a deed that shows or changes who is in its circle.

    Raises NotTheirs, also for a coordinator who does not read the circle yet.
    """
    group = hold_group(group_id, by)
    if by is not None and not reads_circle(by, group_id, clock.now()):
        raise NotTheirs
    return group


def hold_public_group(group_id: int) -> Group:
    """Lock one group for what anybody may do to it. Raises NotTheirs when it is not listed."""
    group = hold_group(group_id, None)
    if not group.listed:
        raise NotTheirs
    return group


def hold_group_as_officer(group_id: int, by: Account, *, regional: bool = False) -> Group:
    """Lock one group for an officer of its fellowship; `regional` also for one of where it lies.

    Raises NotTheirs.
    """
    group = hold_group(group_id, None)
    may = sees_group(by, group, clock.now()) if regional else is_officer(by, group.fellowship_id)
    if not may:
        raise NotTheirs
    return group


def hold_group_for(
    group_id: int, by: Account | None, *, as_officer: bool, regional: bool = False
) -> Group:
    """Lock one group for a deed that its coordinators do, and its officers for them."""
    if as_officer and by is not None:
        return hold_group_as_officer(group_id, by, regional=regional)
    return hold_group(group_id, by)


def hold_groups(group_ids: Iterable[int], by: Account | None) -> list[Group]:
    """Lock groups in the order of their ids, so that no two writers wait for each other."""
    groups: list[Group] = []
    for ids in some_at_once(group_ids):
        held = list(db.session.scalars(_HELD, {"groups": ids}))
        if len(held) != len(ids):
            raise NotTheirs
        groups += held
        if by is not None:
            must_coordinate(ids, by)
    hold_on(groups)
    return groups


def must_coordinate(group_ids: Collection[int], by: Account) -> None:
    """Raise NotTheirs unless an account coordinates all of these groups, which are held. One query."""
    theirs = roles_in(by, group_ids)
    if {one.group_id for one in theirs if not one.is_over(clock.now())} != set(group_ids):
        raise NotTheirs


def hold_fellowship(fellowship_id: int, by: Account | None) -> Fellowship:
    """Lock a fellowship, before any group of it, and return it as it is now.

    The lock leaves its key free: who holds a group may write what refers to the fellowship.
    `by` None is the installation itself. Raises NotTheirs when this account is no officer of it,
    or no longer is.
    """
    query = select(Fellowship).where(Fellowship.id == fellowship_id)
    if not is_trying():
        query = query.with_for_update(key_share=True)
    fellowship = db.session.scalar(query, execution_options={"populate_existing": True})
    if fellowship is None or (by is not None and not is_officer(by, fellowship_id)):
        raise NotTheirs
    return fellowship


def hold_sight(fellowship_id: int, by: Account | None) -> Sight:
    """Lock a fellowship for an officer of it or of a region, and return what they see of it.

    `by` None is the installation itself, which sees all of it. Raises NotTheirs.
    """
    fellowship = hold_fellowship(fellowship_id, None)
    sight = Sight(fellowship) if by is None else sight_of(by, fellowship)
    if sight is None:
        raise NotTheirs
    return sight


def keep_open(fellowship_id: int) -> None:
    """Let nobody close or delete a fellowship until this is done; before any group is held.

    Raises FellowshipIsClosed, NotTheirs when it is gone.
    """
    query = select(Fellowship.id, Fellowship.closed_on).where(Fellowship.id == fellowship_id)
    row = db.session.execute(query.with_for_update(read=True)).one_or_none()
    if row is None:
        raise NotTheirs
    if row.closed_on is not None:
        raise FellowshipIsClosed


def note(
    deed: str,
    *,
    by: Account | None,
    groups: Iterable[Group] = (),
    group_ids: Iterable[int] = (),
    fellowship_id: int | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Write the change that an action is, of groups and of those with `group_ids`.

    No contact, address or participant belongs in it.
    """
    db.session.flush()
    connection = db.session.connection()
    row = {
        "at": clock.now(),
        "account_id": by.id if by else None,
        "deed": deed,
        "fellowship_id": fellowship_id,
        "before": before or {},
        "after": after or {},
    }
    (change_id,) = connection.execute(_CHANGE, row).one()
    ids = [*(group.id for group in groups), *group_ids]
    for some in some_at_once(ids):
        rows = [{"change_id": change_id, "group_id": group_id} for group_id in some]
        connection.execute(_OF_GROUP, rows)
