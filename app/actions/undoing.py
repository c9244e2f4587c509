"""One tap takes back what was done in the last hour, while nothing has changed it since."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app import clock
from app.actions.parts.group_status import put_status_back, status_stands
from app.actions.parts.news.everybody import telling_everybody
from app.actions.parts.revision import calendar_follows, confirmed
from app.actions.parts.transaction import hold_group, note, transaction
from app.actions.parts.week_rows import put_week_back, week_stands
from app.domain.refusal import NotTheirs
from app.domain.undoing import UNDONE_WITHIN, TooLateToUndo
from app.records.accounts import Account
from app.records.changes import Change, change_of_group
from app.records.groups import Group


@dataclass(frozen=True)
class WayBack:
    """Of one deed: whether its work still stands untouched, and how it is put back.

    Both get the group and the change; `put_back` tells its people, and returns what then stands,
    for the log. `undo` sees to the revision of this group's feed and its confirmation.
    """

    stands: Callable[[Group, Change], bool]
    put_back: Callable[[Group, Change, Account | None], dict[str, Any]]


def _put_week_back(group: Group, change: Change, _by: Account | None) -> dict[str, Any]:
    with telling_everybody(group):
        return put_week_back(group, change)


_WEEK = WayBack(week_stands, _put_week_back)
WAYS_BACK: dict[str, WayBack] = {
    "change_week": _WEEK,
    "call_off": _WEEK,
    "as_usual": _WEEK,
    "set_status": WayBack(status_stands, put_status_back),
}
"""By deed; one that is not here cannot be undone."""


@transaction
def undo(group: Group, change_id: int, *, by: Account | None) -> Change:
    """Put back what a change of the last hour did; return that change.

    It is a change in itself, and the feed's revision rises again. Raises TooLateToUndo, also
    when something changed it since or its meeting is over, and NotTheirs for another group's.
    """
    group = hold_group(group.id, by)
    change = change_of_group(change_id, group.id)
    if change is None:
        raise NotTheirs
    way, now = WAYS_BACK.get(change.deed), clock.now()
    if way is None or now >= change.at + UNDONE_WITHIN or not way.stands(group, change):
        raise TooLateToUndo
    with calendar_follows(group):
        after = way.put_back(group, change, by)
    confirmed(group, by=by)
    note("undo", by=by, groups=[group], before=change.after, after=after | {"undone": change.id})
    return change
