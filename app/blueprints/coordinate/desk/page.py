"""The coordinator's desk: my groups, one group at a glance, what waits for whom, and what is ahead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from flask_login import current_user

from app import clock
from app.blueprints.access import my_group, role, role_in
from app.blueprints.coordinate.desk.card import cards
from app.blueprints.coordinate.head_counts import CountLine, Uncounted, count_lines, uncounted
from app.blueprints.coordinate.holidays import QuestionLine, count_unanswered, question_lines
from app.blueprints.coordinate.undoing import UndoLine, undo_line
from app.blueprints.parts.circle import circle_in_words, seats_to_set
from app.blueprints.parts.coming_changes import changes_in_words
from app.blueprints.parts.listing_facts import Facts, facts_of, not_on_paper
from app.blueprints.parts.meeting_lines import (
    WeekLine,
    confirmation_label,
    is_unsure,
    meeting_line,
    week_line,
)
from app.blueprints.parts.room_warnings import room_warnings
from app.domain.head_count import COUNTS, MORE, WEEKS_BACK
from app.domain.held import coming_meeting, coming_meetings
from app.domain.meeting import MEETS, Meeting, Schedule, Status
from app.domain.roles import Role, ends_soon
from app.domain.week import Week
from app.records.accounts import RoleRecord, coordinators_of, groups_coordinated_by
from app.records.changes import last_day_is_of_office
from app.records.exchange.asides import unanswered_of
from app.records.exchange.held_texts import undecided_of
from app.records.groups import Group
from app.records.listings import listings_of, schedule_of
from app.records.participants import letters_wanted
from app.records.proposals import open_proposals

bp = Blueprint("desk", __name__, url_prefix="/coordinate")

WEEKS_SHOWN = 6
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Waiting:
    """Questions that wait for the coordinators of a group; each is nothing where there is none."""

    proposals: int
    held: int
    """Texts of a list that are held back."""
    asides: int
    facts: Facts
    """What everybody sees, to be confirmed."""
    ending: list[RoleRecord]
    asked_to_stop: bool
    """Of the services that end: the office asked so."""
    holidays: list[QuestionLine]
    head_count: Uncounted | None
    names: bool
    """Whoever looks does not see them yet."""
    seats: dict[str, Any] | None
    """How many the last head count suggests."""

    @property
    def number(self) -> int:
        each = [
            self.proposals, self.held, self.asides, self.facts, *self.ending, *self.holidays,
            self.head_count, self.names, self.seats,
        ]  # fmt: skip
        return sum(bool(one) for one in each)


@dataclass(frozen=True)
class Ahead:
    """The coming weeks, and what is to be known of them."""

    weeks: list[WeekLine]
    undo_line: UndoLine | None
    changes: list[str]
    warnings: list[str]
    holidays: list[QuestionLine]
    """Those that were answered."""


@dataclass(frozen=True)
class Counted:
    """How many came, and the last meeting of which nobody said it."""

    lines: list[CountLine]
    asked: Uncounted | None
    numbers: Sequence[int]
    more: int


@bp.get("/")
@role(Role.COORDINATOR)
def show() -> ResponseReturnValue:
    now = clock.now()
    groups = [one for one in groups_coordinated_by(current_user) if not role_in(one).is_over(now)]
    week = Week.at(now, groups[0].timezone) if groups else Week(0)
    listings = listings_of(groups, (week, week + WEEKS_SHOWN))
    of_group = {group.id: listing for group, listing in zip(groups, listings, strict=True)}
    coming = {id: coming_meeting(one.schedule, now) for id, one in of_group.items()}
    of_meetings = cards(
        [(group, of_group[group.id].schedule) for group in groups],
        letters_wanted([group.id for group in groups]),
    )
    lines = []
    # Tonight first: who opens this in the hall has five minutes.
    for group in sorted(groups, key=lambda group: _starts(coming[group.id])):
        listing, meeting = of_group[group.id], coming[group.id]
        today = group.day_of(now)
        line = meeting_line(listing, meeting, today)
        if number := count_unanswered(listing.schedule, today):
            asked = ngettext("%(num)s vraag voor jou", "%(num)s vragen voor jou", number)
            line["status"] = [*line["status"], ("ask", asked)]
        line["href"] = url_for("desk.group", slug=group.slug)
        lines.append((line, of_meetings.get(group.id)))
    return render_template("coordinate/desk/show.html", lines=lines, ending=_ending_services())


def _starts(meeting: Meeting | None) -> datetime:
    return meeting.starts if meeting else NEVER


@bp.get("/<slug>")
@my_group()
def group(group: Group) -> ResponseReturnValue:
    now = clock.now()
    week, mine = Week.at(now, group.timezone), role_in(group)
    reads = mine.reads(now)
    schedule = schedule_of(group, (week + -WEEKS_BACK, week + WEEKS_SHOWN), public=False)
    confirmation = confirmation_label(group, group.day_of(now))
    counted = _counted(group, schedule)
    holidays = question_lines(schedule, group, group.day_of(now))
    return render_template(
        "coordinate/desk/group.html",
        group=group,
        confirmation=confirmation,
        status=Status(group.status),
        card=cards([(group, schedule)], letters_wanted([group.id])).get(group.id),
        waiting=_waiting(group, holidays, counted, reads=reads, is_unsure=is_unsure(confirmation)),
        ahead=_ahead(group, schedule, holidays, week),
        counted=counted,
        circle=circle_in_words(group),
        not_on_paper=not_on_paper(group.name, group.town, group.fellowship.card(), None),
        contacts=[one for one in group.contacts if one.agreed_at or reads],
        coordinators=coordinators_of(group.id),
        mine=mine,
        reads=reads,
    )


def _waiting(
    group: Group, asked: list[QuestionLine], counted: Counted, *, reads: bool, is_unsure: bool
) -> Waiting:
    ending = [role for role in _ending_services() if role.group_id == group.id]
    return Waiting(
        proposals=len(open_proposals(group.id)),
        held=len(undecided_of([group.id])) if reads else 0,
        asides=len(unanswered_of([group.id])) if reads else 0,
        facts=facts_of([group])[0] if is_unsure else [],
        ending=ending,
        asked_to_stop=any(last_day_is_of_office(role) for role in ending),
        holidays=[one for one in asked if one.meets is None],
        head_count=counted.asked if group.counts_heads else None,
        names=not reads,
        seats=seats_to_set(group) if reads else None,
    )


def _ahead(group: Group, schedule: Schedule, asked: list[QuestionLine], week: Week) -> Ahead:
    return Ahead(
        weeks=coming_weeks(schedule, group.slug),
        undo_line=undo_line(group),
        changes=changes_in_words(schedule, week),
        warnings=_room_warnings(group, schedule, week),
        holidays=[one for one in asked if one.meets is not None],
    )


def _counted(group: Group, schedule: Schedule) -> Counted:
    lines = count_lines(group, schedule)
    return Counted(lines, uncounted(group, schedule, lines), COUNTS, MORE)


def _room_warnings(group: Group, schedule: Schedule, this_week: Week) -> list[str]:
    """Return who stands in this group's room at its hours, now or when a slot to come begins."""
    if group.status not in MEETS:
        return []
    now = schedule.slot_in(this_week)
    slots = [one for one in schedule.slots if one is now or one.since > this_week]
    return room_warnings(group, slots, this_week)


def coming_weeks(schedule: Schedule, slug: str) -> list[WeekLine]:
    """Return the week strip of a group for its own people, from the coming meeting on."""
    now = clock.now()
    today = now.astimezone(schedule.zone).date()
    return [
        week_line(meeting, today, url_for("weeks.show", slug=slug, week=str(meeting.week)))
        for meeting in coming_meetings(schedule, now, WEEKS_SHOWN)
    ]


def _ending_services() -> list[RoleRecord]:
    now = clock.now()
    return [
        role
        for role in current_user.roles_held
        if role.group and not role.stands_in and ends_soon(role.until, role.group.day_of(now))
    ]
