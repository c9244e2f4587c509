"""Keeps the coming meetings in step with what decides them, and rolls them on from week to week."""

from collections.abc import Collection

from app import clock
from app.actions.parts.derived.kept_rows import Row, kept_rows, replace_rows, some_at_once
from app.domain.coming import WEEKS_AHEAD, WEEKS_BACK, coming_meetings
from app.domain.week import Week
from app.domain.zones import HOME
from app.records.asked.groups import groups_by_id
from app.records.finding.coming import MEETINGS_OF, ComingMeeting
from app.records.listings import schedules_of


def keep_coming(group_ids: Collection[int]) -> int:
    """Write anew what groups do in the coming weeks, where it differs; return of how many weeks.

    Nine queries for every 500. The groups are held, or nobody else writes.
    """
    wrong = 0
    for ids in some_at_once(group_ids):
        kept = kept_rows(ComingMeeting, ids)
        wrong += replace_rows(ComingMeeting, kept, coming_of(ids))
    return wrong


def coming_of(ids: list[int]) -> list[Row]:
    """Return the rows as they should be now, each as `kept_rows` has it, by what the domain says of each week."""
    now = clock.now()
    groups = [one for one in groups_by_id(ids) if one.listed and one.status in MEETINGS_OF]
    around = Week.at(now, HOME)
    # The week differs around the world, by a day on either side.
    weeks = (around + -(WEEKS_BACK + 1), around + WEEKS_AHEAD + 1)
    schedules = schedules_of(groups, weeks, public=False) if groups else {}
    return [
        (
            group.id,
            *(one.week, one.starts, one.ends, one.next_from, one.day, one.minute),
            *(one.is_on, one.is_soon, one.is_open),
        )
        for group in groups
        for one in coming_meetings(schedules[group.id], now)
    ]
