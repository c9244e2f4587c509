"""One tap takes back what was done in the last hour, while nothing has changed it since."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app import clock
from app.actions.evening_news import telling_the_seated
from app.actions.revision import calendar_changed, confirmed
from app.actions.transaction import hold_group, note, transaction
from app.actions.week_rows import put_week_back, week_stands
from app.domain.refusal import NotTheirs, TooLateToUndo
from app.domain.week import Week
from app.records.accounts import Account
from app.records.changes import UNDONE_WITHIN, Change, change_of_group
from app.records.groups import Group


@dataclass(frozen=True)
class WayBack:
    """Of one deed: whether its work still stands untouched, and how it is put back.

    Both get the group and the change; `put_back` returns what then stands, for the log. `undo`
    sees to the revision of this group's feed, its confirmation and the letters.
    """

    stands: Callable[[Group, Change], bool]
    put_back: Callable[[Group, Change], dict[str, Any]]


_WEEK = WayBack(week_stands, put_week_back)
WAYS_BACK: dict[str, WayBack] = {"change_week": _WEEK, "as_usual": _WEEK}
"""By deed; one that is not here cannot be undone."""


@transaction
def undo(group: Group, change_id: int, *, by: Account | None) -> Change:
    """Put back what a change of the last hour did; return that change.

    It is a change in itself, and the feed's revision rises again. Raises TooLateToUndo, also
    when something changed it since or its week is over, and NotTheirs for another group's.
    """
    group = hold_group(group.id, by)
    change = change_of_group(change_id, group.id)
    if change is None:
        raise NotTheirs
    way, now = WAYS_BACK.get(change.deed), clock.now()
    if way is None or now >= change.at + UNDONE_WITHIN or not way.stands(group, change):
        raise TooLateToUndo
    if "week" in change.after and Week.parse(change.after["week"]) < Week.at(now, group.timezone):
        raise TooLateToUndo
    with telling_the_seated(group):
        after = way.put_back(group, change)
    confirmed(group, by=by)
    calendar_changed(group)
    note("undo", by=by, groups=[group], before=change.after, after=after | {"undone": change.id})
    return change
