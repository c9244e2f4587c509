"""The schedules that a deed is told of by: as they were before it, and as they are after."""

from collections.abc import Sequence

from app import clock
from app.domain.feeds.feed import WEEKS_AHEAD, WEEKS_SEEN_BACK
from app.domain.meeting import Schedule
from app.domain.week import Week
from app.domain.zones import HOME
from app.records.groups import Group
from app.records.listings import AHEAD, schedules_of


def schedules_told(
    groups: Sequence[Group], *, public: bool, weeks: tuple[Week, Week] | None = None
) -> dict[int, Schedule]:
    """Return schedules by group id with all weeks of which feeds and news tell, and those given.

    One window for all of them, so that each meeting is put together once before the deed and once
    after it. Queries as `schedules_of`.
    """
    if not groups:
        return {}
    # A week more on either side: the week differs around the world.
    this = Week.at(clock.now(), HOME)
    first, last = this + -(WEEKS_SEEN_BACK + 1), this + (max(WEEKS_AHEAD, AHEAD) + 1)
    if weeks:
        first, last = min(first, weeks[0]), max(last, weeks[1])
    return schedules_of(groups, (first, last), public=public)
