"""What an office puts right about one of its groups: told to its coordinators, and undone by them.

The listing, the standing time, the place, one week: what the public reads. Never the circle, who
waits, how many came, or what is for participants only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import time

from app import clock
from app.actions.groups import ListingEdit, edit_listing
from app.actions.parts.new_place import write_place_instead
from app.actions.parts.office import tell_coordinators
from app.actions.parts.transaction import hold_group_as_officer, transaction
from app.actions.parts.week_rows import WeekEdit, held_in, row_of
from app.actions.slots import set_slot
from app.actions.weeks import as_usual, call_off, change_week
from app.domain.held import first_week_for
from app.domain.listing import Audience
from app.domain.slot import Slot
from app.domain.week import Week
from app.records.accounts import Account
from app.records.groups import Group
from app.records.listings import schedule_ahead


@dataclass(frozen=True)
class StandingTime:
    """When a group meets from a week on; `place` says in its own words what is other, if anything."""

    since: Week
    weekday: int
    start: time
    minutes: int
    place: Mapping[str, str]


@transaction
def mend_listing(group: Group, edit: ListingEdit, *, by: Account, version: int | None) -> None:
    """Write a listing as an officer. Raises ChangedMeanwhile, NotTheirs."""
    edit_listing(group, edit, by=by, version=version, as_officer=True)
    tell_coordinators(group, "mended", by=by)


@transaction
def mend_standing_time(
    group: Group, wanted: StandingTime, *, by: Account, version: int | None
) -> None:
    """Write day, hour and place from a week on; who sees the place stays as the group has it.

    What is for participants only (join link, codes) goes along unread. Raises what set_slot raises.
    """
    group = hold_group_as_officer(group.id, by, regional=True)
    now = clock.now()
    record = group.slot_from(wanted.since)
    slot = record.value() if record else Slot(wanted.since, wanted.weekday, wanted.start)
    slot = replace(
        slot,
        since=wanted.since,
        weekday=wanted.weekday,
        start=wanted.start,
        minutes=wanted.minutes,
        place=write_place_instead(group, slot.place, dict(wanted.place)).value()
        if wanted.place
        else slot.place,
    )
    first = first_week_for(schedule_ahead(group, now), slot, now)
    set_slot(group, replace(slot, since=first), by=by, version=version, as_officer=True)
    tell_coordinators(group, "mended", by=by)


@transaction
def mend_week(
    group: Group,
    week: Week,
    *,
    cancelled: bool,
    reason: str = "",
    moved: tuple[int, time] | None = None,
    by: Account,
) -> None:
    """Cancel one week, move it within itself, or let it be as usual. Raises what change_week raises."""
    group = hold_group_as_officer(group.id, by, regional=True)
    if cancelled:
        call_off(group, week, by=by, reason=reason, as_officer=True)
    elif moved is None:
        as_usual(group, week, by=by, as_officer=True)
    else:
        other = {"cancelled": False, "reason": "", "weekday": moved[0], "start": moved[1]}
        edit = WeekEdit(**(held_in(row_of(group, week)) | other))
        change_week(group, week, edit, by=by, as_officer=True)
    tell_coordinators(group, "mended", by=by)


@transaction
def say_of_group(
    group: Group, *, language: str | None, audience: Audience | None, by: Account
) -> bool:
    """Write the language of a group, or for whom it is; tell whether it was otherwise.

    Raises NotTheirs.
    """
    group = hold_group_as_officer(group.id, by, regional=True)
    now = _now(group)
    wanted = replace(now, audience=str(audience or now.audience))
    if language:
        wanted = replace(wanted, language=language, language_said=True)
    if wanted == now:
        return False
    mend_listing(group, wanted, by=by, version=None)
    return True


@transaction
def set_zone(group: Group, zone: str, *, by: Account) -> bool:
    """Put the IANA time zone of a group right; tell whether it was otherwise. Raises NotTheirs."""
    group = hold_group_as_officer(group.id, by, regional=True)
    now = _now(group)
    wanted = replace(now, zone=zone, zone_said=True)
    if wanted == now:
        return False
    mend_listing(group, wanted, by=by, version=None)
    return True


def _now(group: Group) -> ListingEdit:
    return ListingEdit(**{one.name: getattr(group, one.name) for one in fields(ListingEdit)})
