"""What an office does to many of its groups at once: each group's coordinators are told of it.

All or nothing, in one transaction; what coordinators can undo of one group, they can of many.
"""

from collections.abc import Collection
from datetime import date

from app import clock
from app.actions.parts.office import tell_coordinators
from app.actions.parts.outbox import write_letter
from app.actions.parts.revision import calendar_follows
from app.actions.parts.transaction import hold_groups, hold_sight, note, transaction
from app.domain.refusal import NotTheirs
from app.domain.work import MOST_AT_ONCE, NothingPicked, TooManyAtOnce
from app.records.accounts import Account
from app.records.fellowships import Fellowship
from app.records.groups import Group
from app.records.work.letters import coordinators_by_account


@transaction
def list_groups(
    fellowship: Fellowship, ids: Collection[int], *, listed: bool, reason: str, by: Account
) -> int:
    """Put groups on the list, or take them off; return how many stood otherwise.

    Raises NothingPicked, TooManyAtOnce, NotTheirs.
    """
    groups = [one for one in _held(fellowship, ids, by) if one.listed != listed]
    with calendar_follows(*groups):
        for group in groups:
            group.listed, group.unlisted_because = listed, "" if listed else reason
    for group in groups:
        tell_coordinators(group, "listed" if listed else "unlisted", by=by, reason=reason)
    note(
        "list_group",
        by=by,
        groups=groups,
        fellowship_id=fellowship.id,
        before={"listed": not listed},
        after={"listed": listed, "reason": reason},
    )
    return len(groups)


@transaction
def confirm_after_call(fellowship: Fellowship, ids: Collection[int], *, by: Account) -> int:
    """Say, after a round of calls, that these listings are right today; return how many.

    Raises NothingPicked, TooManyAtOnce, NotTheirs.
    """
    groups = _held(fellowship, ids, by)
    for group in groups:
        group.confirmed_on = group.day_of(clock.now())
        tell_coordinators(group, "confirmed", by=by)
    note("confirm_after_call", by=by, groups=groups, fellowship_id=fellowship.id)
    return len(groups)


@transaction
def write_to_groups(
    fellowship: Fellowship, ids: Collection[int], *, words: str, today: date, by: Account
) -> int:
    """Write one letter to each coordinator of these groups; return how many were written.

    The log keeps the words and the number, and no address. Raises NothingPicked, TooManyAtOnce,
    NotTheirs.
    """
    groups = {group.id: group for group in _held(fellowship, ids, by)}
    written = 0
    for account, mine in coordinators_by_account(groups, today).items():
        values = {
            "name": account.name,
            "office": fellowship.name,
            "contact": fellowship.email,
            "words": words,
            "groups": [
                {"name": groups[id].name, "slug": groups[id].slug, "points": []} for id in mine
            ],
        }
        written += write_letter("work", to=account.email, language=account.language, values=values)
    note(
        "write_to_groups",
        by=by,
        fellowship_id=fellowship.id,
        after={"words": words, "letters": written, "groups": len(groups)},
    )
    return written


def _held(fellowship: Fellowship, ids: Collection[int], by: Account) -> list[Group]:
    """Lock groups that an officer sees, in the order of their ids."""
    sight = hold_sight(fellowship.id, by)
    if not ids:
        raise NothingPicked
    if len(ids) > MOST_AT_ONCE:
        raise TooManyAtOnce
    groups = hold_groups(ids, None)
    if not sight.has(ids, clock.today()):
        raise NotTheirs
    return groups
