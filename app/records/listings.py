"""Listings and schedules, read from the tables in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.db import db
from app.domain.closure import Closure
from app.domain.contact import Contact
from app.domain.deviation import Deviation
from app.domain.listing import Audience, Feature, Listing, Subject
from app.domain.meeting import Schedule, Status
from app.domain.seating import Seating, availability
from app.domain.slot import Slot
from app.domain.themes import Theme
from app.domain.week import Week
from app.records.calendars import answers_of, holidays_of
from app.records.contacts import ContactRecord
from app.records.fellowships import ThemeTitle
from app.records.groups import Group
from app.records.participants import seat_figures
from app.records.slots import SlotRecord
from app.records.weeks import ClosureRecord, DeviationRecord

SlotOrDeviation = TypeVar("SlotOrDeviation", Slot, Deviation)


def listing_of(group: Group, weeks: tuple[Week, Week]) -> Listing:
    """Return the listing of one group, with deviations and closures from week to week."""
    return listings_of([group], weeks)[0]


def listings_of(
    groups: Sequence[Group], weeks: tuple[Week, Week], *, with_contacts: bool = True
) -> list[Listing]:
    """Return listings in the order given; `weeks` are the first and last that will be asked.

    Where many are listed nobody's number is shown, and without `with_contacts` none is unsealed.
    Eight queries, however many groups; seven without contacts.
    """
    schedules = schedules_of(groups, weeks, public=True)
    ids = [group.id for group in groups]
    figures = seat_figures(ids)
    contacts = _contacts(ids) if with_contacts else {}
    return [
        Listing(
            slug=group.slug,
            name=group.name,
            fellowship=group.fellowship.card(),
            schedule=schedules[group.id],
            description=group.description,
            audience=Audience(group.audience),
            subject=Subject(group.subject),
            language=group.language,
            is_open=group.is_open,
            features=frozenset(Feature(feature) for feature in group.features),
            seating=Seating(group.seating),
            availability=availability(
                preparing=group.status == Status.PREPARING,
                taken=figures.get(group.id, (0, 0))[0],
                waiting=figures.get(group.id, (0, 0))[1],
                capacity=group.capacity,
            ),
            town=group.town,
            province=group.province,
            contacts=tuple(contacts.get(group.id, ())),
            confirmed_on=group.confirmed_on,
            confirm_after=group.fellowship.confirm_after,
            updated_at=group.calendar_changed_at,
            created_at=group.created_at,
            codes=tuple((program, code) for program, code in group.codes),
        )
        for group in groups
    ]


def schedule_of(group: Group, weeks: tuple[Week, Week], *, public: bool) -> Schedule:
    """Return one group's schedule; not `public` shows each place whole, for its own people."""
    return schedules_of([group], weeks, public=public)[group.id]


def schedules_of(
    groups: Sequence[Group], weeks: tuple[Week, Week], *, public: bool
) -> dict[int, Schedule]:
    """Return schedules by group id. Five queries, and one for fellowships not loaded yet.

    The week before the first is read too: its Sunday night may run into it.
    """
    weeks = (weeks[0] + -1, weeks[1])
    ids = [group.id for group in groups]
    slots = _slots(ids, public=public)
    deviations = _deviations(ids, weeks, public=public)
    closures = _closures(groups, _place_ids(slots, deviations), weeks)
    titles = _titles({group.fellowship_id for group in groups})
    days = (weeks[0].monday, weeks[1].sunday)
    answers = answers_of(ids, since=days[0])
    return {
        group.id: Schedule(
            zone=group.timezone,
            status=Status(group.status),
            status_since=group.status_since,
            slots=tuple(slots[group.id]),
            deviations=deviations[group.id],
            closures=tuple(closures(group)),
            titles=titles[group.fellowship_id],
            holidays=holidays_of(group, *days),
            answers=answers[group.id],
            public=public,
        )
        for group in groups
    }


def with_fellowship():
    """Return the loader option that fetches each group's fellowship in the same query."""
    return joinedload(Group.fellowship)


def _contacts(ids: list[int]) -> dict[int, list[Contact]]:
    found = defaultdict(list)
    rows = select(ContactRecord).where(
        ContactRecord.group_id.in_(ids), ContactRecord.agreed_at.is_not(None)
    )
    for row in db.session.scalars(rows.order_by(ContactRecord.position)):
        if contact := row.value():
            found[row.group_id].append(contact)
    return found


def _slots(ids: list[int], *, public: bool) -> dict[int, list[Slot]]:
    found = defaultdict(list)
    rows = select(SlotRecord).where(SlotRecord.group_id.in_(ids)).order_by(SlotRecord.since)
    for row in db.session.scalars(rows):
        slot = row.value()
        found[row.group_id].append(_as_public(slot) if public else slot)
    return found


def _deviations(
    ids: list[int], weeks: tuple[Week, Week], *, public: bool
) -> dict[int, dict[Week, Deviation]]:
    found: dict[int, dict[Week, Deviation]] = defaultdict(dict)
    rows = select(DeviationRecord).where(
        DeviationRecord.group_id.in_(ids), DeviationRecord.week.between(*weeks)
    )
    for row in db.session.scalars(rows):
        deviation = row.value()
        found[row.group_id][row.week] = _as_public(deviation) if public else deviation
    return found


def _as_public(agreed: SlotOrDeviation) -> SlotOrDeviation:
    """Leave out what its visibility hides, so that no format can print it by mistake."""
    if agreed.place is None:
        return agreed
    return replace(agreed, place=agreed.place.seen_by_public(agreed.visibility))


def _place_ids(
    slots: dict[int, list[Slot]], deviations: dict[int, dict[Week, Deviation]]
) -> set[int]:
    of_slots = (slot.place for some in slots.values() for slot in some)
    of_weeks = (deviation.place for some in deviations.values() for deviation in some.values())
    return {place.id for place in (*of_slots, *of_weeks) if place}


def _closures(groups: Sequence[Group], place_ids: set[int], weeks: tuple[Week, Week]):
    """Return a function from a group to the closures that may touch it."""
    rows = list(
        db.session.scalars(
            select(ClosureRecord)
            .where(
                ClosureRecord.first_day <= weeks[1].sunday,
                ClosureRecord.last_day >= weeks[0].monday,
                or_(
                    ClosureRecord.group_id.in_([group.id for group in groups]),
                    ClosureRecord.fellowship_id.in_({group.fellowship_id for group in groups}),
                    ClosureRecord.place_id.in_(place_ids),
                ),
            )
            .order_by(ClosureRecord.id)
        )
    )

    def of(group: Group) -> Iterable[Closure]:
        for row in rows:
            if (
                row.place_id is not None
                or row.group_id == group.id
                or row.fellowship_id == group.fellowship_id
            ):
                yield row.value()

    return of


def _titles(fellowship_ids: set[int]) -> dict[int, dict[int, Theme]]:
    found: dict[int, dict[int, Theme]] = defaultdict(dict)
    rows = select(ThemeTitle).where(ThemeTitle.fellowship_id.in_(fellowship_ids))
    for row in db.session.scalars(rows):
        found[row.fellowship_id][row.step] = row.value()
    return found
