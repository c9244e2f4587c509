"""Listings and schedules, read from the tables in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, Engine, bindparam, case, literal, or_, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.interfaces import ORMOption

from app.db import db, is_writing
from app.domain.contact import Contact
from app.domain.deviation import Deviation
from app.domain.listing import Audience, Feature, Listing, Subject
from app.domain.meeting import Meeting, Schedule, Status
from app.domain.seating import Seating
from app.domain.slot import Slot
from app.domain.week import Week
from app.records.asked.columns import read_columns
from app.records.asked.listed import GroupFound
from app.records.asked.once import asks_once, made_of
from app.records.contacts import ContactRecord, contact_in
from app.records.fellowships import Body, Fellowship
from app.records.groups import Group, availability_in
from app.records.holidays import answers_of, holidays_of
from app.records.participants import known_figures
from app.records.schedules.pieces import closures_of, deviations_of, slots_of, titles_of

_GROUPS: BindParameter[Any] = bindparam("groups", expanding=True)
# Put together once: to do so at each request costs more than the database needs to answer.
_C = ContactRecord
_CONTACTS = (
    select(
        _C.group_id, _C.position, _C.name, _C.shows_phone, _C.shows_email, _C.takes_messages,
        _C.agreed_at,
        # What nobody is shown is not even opened.
        case((_C.shows_phone, _C.phone)).label("phone"),
        case((or_(_C.shows_email, _C.takes_messages), _C.email)).label("email"),
    )
    .where(_C.group_id.in_(_GROUPS), _C.agreed_at.is_not(None))
    .order_by(_C.position)
)  # fmt: skip
_CONTACTS_IN_LIST = (
    select(
        _C.group_id, _C.position, _C.name, _C.shows_phone, _C.shows_email, _C.agreed_at,
        literal(False).label("takes_messages"),
        case((_C.shows_phone, _C.phone)).label("phone"),
        case((_C.shows_email, _C.email)).label("email"),
    )
    .where(_C.group_id.in_(_GROUPS), _C.agreed_at.is_not(None), or_(_C.shows_phone, _C.shows_email))
    .order_by(_C.position)
)  # fmt: skip

AHEAD = 60
"""Weeks that hold all that coordinators arrange beforehand, and more."""
WEEKS_IN_SIGHT = 8
MOST_KEPT = 1000
"""Schedules in each process, for pages that show a few groups at a time."""
FEW = 100
"""Who lists more of them reads them all once, and keeps none."""
_kept: WeakKeyDictionary[Engine, dict[object, tuple[object, Schedule]]] = WeakKeyDictionary()


@dataclass(frozen=True)
class LastingSchedule(Schedule):
    """One whose weeks are asked again and again: it puts each meeting together once."""

    _known: dict[Week, Meeting | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def meeting_in(self, week: Week) -> Meeting | None:
        if week not in self._known:
            self._known[week] = super().meeting_in(week)
        return self._known[week]

    def like_one_of(self, others: list["LastingSchedule"]) -> "LastingSchedule":
        """Return it with the meetings known of one that says the same, or else add it to them.

        Seen by the public or not: that hides nothing of two that are otherwise the same.
        """
        for one in others:
            if replace(one, public=self.public) == self:
                vars(self)["_known"] = vars(one)["_known"]
                return self
        others.append(self)
        return self


def listing_of(group: Group, weeks: tuple[Week, Week]) -> Listing:
    """Return the listing of one group, with deviations and closures from week to week."""
    return listings_of([group], weeks)[0]


def listings_of(
    groups: Sequence[Group | GroupFound],
    weeks: tuple[Week, Week],
    *,
    with_contacts: bool = True,
    in_list: bool = False,
) -> list[Listing]:
    """Return listings in the order given; `weeks` are the first and last that will be asked.

    Where many are listed nobody's number is shown, and without `with_contacts` none is unsealed;
    `in_list` see `contacts_of`.
    Eight queries, however many groups; seven without contacts, and five less where nothing was
    written of these groups since their schedules were read last.
    """
    bodies = {group.fellowship_id: group.fellowship for group in groups}
    return listings_in(groups, bodies, weeks, with_contacts=with_contacts, in_list=in_list)


def listings_in(
    groups: Sequence[Any],
    bodies: Mapping[int, Fellowship | Body],
    weeks: tuple[Week, Week],
    *,
    with_contacts: bool,
    in_list: bool = True,
) -> list[Listing]:
    """Return the same of groups that are records or LISTED columns; `bodies`: their fellowships."""
    schedules = _as_they_stand(groups, weeks)
    ids = [group.id for group in groups]
    figures = known_figures(ids)
    contacts = contacts_of(ids, in_list=in_list) if with_contacts else {}
    cards = {id: one.card() for id, one in bodies.items()}
    return [
        Listing(
            slug=group.slug,
            name=group.name,
            fellowship=cards[group.fellowship_id],
            schedule=schedules[group.id],
            description=group.description,
            audience=Audience(group.audience),
            subject=Subject(group.subject),
            language=group.language,
            language_said=group.language_said,
            zone_said=group.zone_said,
            is_open=group.is_open,
            features=frozenset(map(Feature, group.features)),
            seating=Seating(group.seating),
            availability=availability_in(group, *figures.get(group.id, (0, 0))),
            town=group.town,
            province=group.province,
            contacts=tuple(contacts.get(group.id, ())),
            confirmed_on=group.confirmed_on,
            confirm_after=bodies[group.fellowship_id].confirm_after,
            updated_at=group.calendar_changed_at,
            created_at=group.created_at,
            codes=tuple((program, code) for program, code in group.codes),
            facts=tuple((key, value) for key, value in group.list_facts),
        )
        for group in groups
    ]


def schedule_of(group: Group, weeks: tuple[Week, Week], *, public: bool) -> Schedule:
    """Return one group's schedule; not `public` shows each place whole, for its own people."""
    return schedules_of([group], weeks, public=public)[group.id]


def schedule_ahead(group: Group, now: datetime) -> Schedule:
    """Return one group's schedule for its own people, from the week that is now as far as it goes.

    Queries as `schedules_of`.
    """
    this = Week.at(now, group.timezone)
    return schedule_of(group, (this, this + AHEAD), public=False)


def schedules_of(
    groups: Sequence[Any], weeks: tuple[Week, Week], *, public: bool
) -> dict[int, Schedule]:
    """Return schedules by group id: of records, or of LISTED columns. Five queries.

    Within a deed those of the same truth and weeks know the same meetings, each put together once.
    The week before the first is read too: its Sunday night may run into it.
    """
    weeks = (weeks[0] + -1, weeks[1])
    ids = [group.id for group in groups]
    slots = slots_of(groups, public=public)
    deviations = deviations_of(ids, weeks, public=public)
    closures = closures_of(groups, _place_ids(slots, deviations), weeks)
    titles = titles_of({group.fellowship_id for group in groups})
    days = (weeks[0].monday, weeks[1].sunday)
    answers = answers_of(ids, since=days[0])
    schedules: dict[int, Schedule] = {
        group.id: (LastingSchedule if public or is_writing() else Schedule)(
            zone=ZoneInfo(group.zone),
            status=Status(group.status),
            status_since=group.status_since,
            status_at=group.status_at,
            slots=tuple(slots[group.id]),
            deviations=deviations[group.id],
            closures=tuple(closures(group)),
            titles=titles[group.fellowship_id],
            holidays=holidays_of(group, *days),
            answers=answers[group.id],
            public=public,
            is_open=group.is_open,
        )
        for group in groups
    }
    if asks_once(groups):
        for id, one in schedules.items():
            if isinstance(one, LastingSchedule):
                one.like_one_of(made_of(id))
    return schedules


def next_meeting_after(group: Group, since: datetime, now: datetime) -> Meeting | None:
    """Return the first meeting that is on and begins after an instant, if one is in sight."""
    first, last = Week.at(since, group.timezone), Week.at(now, group.timezone) + WEEKS_IN_SIGHT
    schedule = schedule_of(group, (first, last), public=False)
    coming = schedule.meetings(first, last - first + 1)
    return next((one for one in coming if one.is_on and one.starts > since), None)


@cache
def with_fellowship() -> ORMOption:
    """Return the loader option that fetches each group's fellowship in the same query; made once."""
    return joinedload(Group.fellowship)


def forget_schedules() -> None:
    """Keep none of what was read, for a database that was put in the place of another."""
    _kept.clear()


def _as_they_stand(groups: Sequence[Any], weeks: tuple[Week, Week]) -> dict[int, Schedule]:
    """Return public schedules by group id: those whose group was not written since are not read again.

    Each row is read before its schedule: what is kept is never older than it says. Within a deed
    it may be, for the revision is raised last.
    """
    if is_writing() or len(groups) > FEW:
        return schedules_of(groups, weeks, public=True)
    kept = _kept.setdefault(db.engine, {})
    known = ((one, kept.get((one.id, weeks))) for one in groups)
    found = {one.id: last[1] for one, last in known if last and last[0] == stand_of(one)}
    if unknown := [one for one in groups if one.id not in found]:
        if len(kept) > MOST_KEPT:
            kept.clear()
        read = schedules_of(unknown, weeks, public=True)
        kept |= {(one.id, weeks): (stand_of(one), read[one.id]) for one in unknown}
        found |= read
    return found


def stand_of(group: Any) -> object:
    """Return what differs after every write to anything that a group's schedule is made of."""
    return (
        group.calendar_rev, group.calendar_changed_at, group.zone, group.status, group.status_since,
        group.status_at, group.is_open, group.fellowship_id, group.province, group.town,
    )  # fmt: skip


def contacts_of(ids: list[int], *, in_list: bool = False) -> dict[int, list[Contact]]:
    """Return by group the contact persons who said yes, in order. One query; each is unsealed.

    `in_list`, where nobody can be written to, those alone who show a number or an address.
    """
    found = defaultdict(list)
    for row in read_columns(_CONTACTS_IN_LIST if in_list else _CONTACTS, {"groups": ids}):
        if contact := contact_in(row):
            found[row.group_id].append(contact)
    return found


def _place_ids(
    slots: dict[int, list[Slot]], deviations: dict[int, dict[Week, Deviation]]
) -> set[int]:
    of_slots = (slot.place for some in slots.values() for slot in some)
    of_weeks = (deviation.place for some in deviations.values() for deviation in some.values())
    return {place.id for place in (*of_slots, *of_weeks) if place}
