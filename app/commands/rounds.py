"""The rounds of the timer: what is asked of many groups or coordinators, some at once."""

from collections.abc import Collection, Iterator
from datetime import timedelta
from itertools import count
from time import monotonic

from app import clock
from app.actions.coming import roll_on
from app.actions.confirmation import ask_whether_right
from app.actions.contacts import ask_contacts_again, ask_whose_service_ended, end_unanswered_yes
from app.actions.coordinators import ask_who_follows
from app.actions.head_counts import ask_how_many
from app.actions.holidays import ask_about_holidays
from app.actions.inside.stand_ins import end_stand_ins
from app.actions.inside.weekly import write_weekly
from app.actions.parts.timer.duties import SECONDS_IN_A_RUN, Round, each, go_round, in_turns, step
from app.actions.proposals import tell_officers_of_proposals
from app.actions.reading import ask_the_circles
from app.actions.seats import settle_seats
from app.domain.head_count import ASKED_WITHIN
from app.domain.news.weekly import week_to_tell
from app.records.confirmations import confirmations_due
from app.records.head_counts import counting_after
from app.records.holidays_asked import (
    coordinators_after,
    groups_where_somebody_waits_to_read,
    groups_with_their_sisters,
    questions_due,
)
from app.records.inside.weekly import hearing_weekly_after
from app.records.letters import groups_to_settle

HOUR = timedelta(hours=1)
A_WHILE = timedelta(minutes=10)
READ_AT_ONCE = 100
WRITTEN_AT_ONCE = 15
"""Groups or people in one transaction: no other writer waits for long."""


def settle_all() -> bool:
    """End the holds that ran out, group by group; tell whether all went well."""
    return each("settle_seats", settle_seats, groups_to_settle(clock.now()))


def ask_all() -> bool:
    """Keep the coming weeks, and write what coordinators and circles are to be asked.

    Each is asked but once, however often this runs. Tells whether all went well.
    """
    went_well = [
        step("roll_on", _roll_on),
        step("ask_who_follows", ask_who_follows, clock.today()),
        step("ask_contacts_again", ask_contacts_again, clock.now()),
        step("ask_whose_service_ended", ask_whose_service_ended, clock.now()),
        step("end_unanswered_yes", end_unanswered_yes, clock.now()),
        step("end_stand_ins", end_stand_ins, clock.now()),
        step("tell_officers_of_proposals", tell_officers_of_proposals),
        *[go_round(one) for one in ROUNDS],
    ]
    return all(went_well)


def _roll_on() -> None:
    until = monotonic() + SECONDS_IN_A_RUN
    for _turn in in_turns(count()):
        if not roll_on() or monotonic() > until:
            break


def _about_holidays(account_ids: Collection[int]) -> None:
    today = clock.today()
    group_ids = groups_with_their_sisters(list(account_ids))
    due = {group.id for group, _question, _times in questions_due(group_ids, today)}
    for some in _some(due):
        ask_about_holidays(today, some)


def _whether_right(account_ids: Collection[int]) -> None:
    today = clock.today()
    due = {account.id for account, _group in confirmations_due(list(account_ids), today)}
    for some in _some(due):
        ask_whether_right(today, some)


def _how_many(group_ids: Collection[int]) -> None:
    for some in _some(group_ids):
        ask_how_many(clock.now(), some)


def _counting(after: int) -> list[int]:
    now = clock.now()
    return counting_after(after, (now - ASKED_WITHIN, now), READ_AT_ONCE)


def _some(ids: Collection[int]) -> Iterator[list[int]]:
    in_order = sorted(ids)
    for first in in_turns(range(0, len(in_order), WRITTEN_AT_ONCE)):
        yield in_order[first : first + WRITTEN_AT_ONCE]


def _hearing_weekly(after: int) -> list[int]:
    return hearing_weekly_after(after, WRITTEN_AT_ONCE) if week_to_tell(clock.now()) else []


ROUNDS = (
    Round("write_weekly", HOUR, _hearing_weekly, lambda ids: write_weekly(clock.now(), ids)),
    Round(
        "ask_about_holidays",
        HOUR,
        lambda after: coordinators_after(after, READ_AT_ONCE),
        _about_holidays,
    ),
    Round(
        "ask_whether_right",
        HOUR,
        lambda after: coordinators_after(after, READ_AT_ONCE),
        _whether_right,
    ),
    Round("ask_how_many", A_WHILE, _counting, _how_many),
    Round(
        "ask_the_circles",
        A_WHILE,
        lambda after: groups_where_somebody_waits_to_read(after, WRITTEN_AT_ONCE),
        lambda ids: ask_the_circles(list(ids)),
    ),
)
