"""Kept figures: moved by every deed in its own transaction, and never out of step."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app import clock
from app.actions.figures import recount_figures
from app.actions.groups import set_status
from app.actions.head_counts import set_counting
from app.db import db
from app.domain.meeting import Status
from app.domain.people_known import People
from app.domain.tally import Amount
from app.domain.week import Week
from app.domain.zones import HOME
from app.records.accounts import Account
from app.records.fellowships import Fellowship
from app.records.groups import Group, find_group
from app.records.head_counts import HeadCount
from app.records.participants import ParticipantRecord
from app.records.slots import SlotRecord
from app.records.tallies import Contribution, Occupancy, StageRecord, Tally, begun, sums_of
from tests.people import NOON, World
from tests.queries import statements

pytestmark = pytest.mark.long

THIS = Week.at(NOON, HOME)
DEEDS: dict[str, Callable[[random.Random], object]] = {}


def deed(action: Callable[[random.Random], object]) -> Callable[[random.Random], object]:
    DEEDS[action.__name__] = action
    return action


@pytest.fixture
def both(app_on_each: Flask) -> Iterator[Flask]:
    """Two fellowships with three groups, on each database in turn."""
    with time_machine.travel(NOON, tick=False):
        world = World(app_on_each)
        with app_on_each.app_context():
            other = Fellowship(slug="other", name="Other", created_at=clock.now())
            db.session.add(other)
            db.session.flush()
            world.group(other, "noord", "Noord", "Groningen", weekday=5, province="Groningen")
            db.session.commit()
            yield app_on_each


def a_group(rng: random.Random) -> Group:
    return rng.choice(db.session.scalars(select(Group).order_by(Group.id)).all())


def people_of(group: Group) -> list[ParticipantRecord]:
    return list(
        db.session.scalars(
            select(ParticipantRecord)
            .where(ParticipantRecord.group_id == group.id)
            .order_by(ParticipantRecord.id)
        )
    )


def seat(group: Group, number: int) -> None:
    db.session.add(ParticipantRecord(group_id=group.id, seat=number, joined_on=NOON.date()))


def fill(group: Group, number: int) -> None:
    for one in range(1, number + 1):
        seat(group, one)
    db.session.commit()


@deed
def take_seats(rng: random.Random) -> None:
    group = a_group(rng)
    taken = {person.seat for person in people_of(group)}
    for number in rng.sample(range(1, 13), rng.randint(1, 12)):
        if number not in taken:
            seat(group, number)


@deed
def wait(rng: random.Random) -> None:
    group = a_group(rng)
    name = f"{rng.random()}"
    last = max((person.wait_number or 0 for person in people_of(group)), default=0)
    db.session.add(
        ParticipantRecord(
            group_id=group.id,
            wait_number=last + 1,
            alias=name,
            key_hash=name,
            consent_at=clock.now(),
            joined_on=NOON.date(),
        )
    )


@deed
def leave(rng: random.Random) -> None:
    for person in people_of(a_group(rng)):
        if rng.random() < 0.5:
            db.session.delete(person)


@deed
def change_status(rng: random.Random) -> None:
    set_status(a_group(rng), rng.choice(list(Status)), by=None)


@deed
def change_the_listing(rng: random.Random) -> None:
    group = a_group(rng)
    group.listed = rng.random() < 0.5
    group.town, group.province = rng.choice([("Assen", "Drenthe"), ("Groningen", "Groningen")])
    group.capacity = rng.choice([4, 8, 12])
    group.confirmed_on = rng.choice([None, NOON.date() - timedelta(days=rng.randint(0, 200))])


@deed
def move_to_another_fellowship(rng: random.Random) -> None:
    group = a_group(rng)
    group.fellowship_id = rng.choice(db.session.scalars(select(Fellowship.id)).all())


@deed
def change_the_time(rng: random.Random) -> None:
    group = a_group(rng)
    week = THIS + rng.randint(-60, 6)
    at = {"weekday": rng.randint(1, 7), "start": time(rng.randint(0, 23))}
    known = [slot for slot in group.slots if slot.since == week]
    for name, value in at.items() if known else ():
        setattr(known[0], name, value)
    if not known:
        group.slots.append(SlotRecord(since=week, **at))


@deed
def count_heads(rng: random.Random) -> None:
    group = a_group(rng)
    week = THIS + -rng.randint(0, 30)
    if one := db.session.get(HeadCount, (group.id, week)):
        one.people = rng.randint(0, 13)
    else:
        db.session.add(HeadCount(group_id=group.id, week=week, people=rng.randint(0, 13)))


@deed
def share_counts(rng: random.Random) -> None:
    a_group(rng).shares_head_counts = rng.random() < 0.7


@deed
def found(rng: random.Random) -> None:
    db.session.add(
        Group(
            slug=f"{rng.random()}",
            name="New",
            fellowship_id=1,
            status_since=NOON.date(),
            created_at=clock.now(),
            calendar_changed_at=clock.now(),
        )
    )


@deed
def take_back(rng: random.Random) -> None:
    take_seats(rng)
    count_heads(rng)
    db.session.flush()
    db.session.rollback()


def counted_by_hand() -> Counter[tuple[str, str, int, str]]:
    """Count the plain figures without anything of the app but its tables."""
    found: Counter[tuple[str, str, int, str]] = Counter()
    for group in db.session.scalars(select(Group)):
        where = (group.fellowship_id, group.province)
        people = people_of(group)
        found["status", group.status, *where] += 1
        found["seats", group.status, *where] += bool([one for one in people if one.seat])
        found["line", group.status, *where] += bool([one for one in people if one.wait_number])
        if group.status != "closed":
            found["listed", "yes" if group.listed else "no", *where] += 1
        slot = max(
            (one for one in group.slots if one.since <= THIS),
            key=lambda one: one.since,
            default=min(group.slots, key=lambda one: one.since, default=None),
        )
        if slot and group.status == "active":
            part = "morning" if slot.start.hour < 12 else "evening"
            part = "afternoon" if slot.start.hour in range(12, 17) else part
            found["time", f"{slot.weekday} {part}", *where] += 1
        if group.shares_head_counts:
            for count in db.session.scalars(
                select(HeadCount).where(HeadCount.group_id == group.id)
            ):
                found["heads", f"{count.week.day(4):%Y-%m}", *where] += 1
    return +found


@pytest.mark.parametrize("seed", range(4))
def test_figures_are_never_out_of_step(both: Flask, seed: int):
    rng = random.Random(seed)
    for _ in range(60):
        rng.choice(list(DEEDS.values()))(rng)
        db.session.commit()

    kept = begun(sums_of(Tally), THIS)

    by_hand = counted_by_hand()
    topics = {topic for topic, *_ in by_hand}
    assert {
        (topic, value, *where): amount.number
        for (topic, value, since, *where), amount in kept.items()
        if topic in topics and since <= THIS
    } == by_hand
    assert begun(sums_of(Contribution), THIS) == kept
    assert recount_figures() == 0


def test_a_figure_that_is_wrong_is_found_and_mended(both: Flask):
    figure = db.session.scalars(select(Tally).where(Tally.topic == "status")).first()
    figure.number += 7
    db.session.commit()

    assert recount_figures() == 1
    assert recount_figures() == 0


def total(topic: str, value: str, this: Week = THIS) -> Amount:
    sums = begun(sums_of(Tally), this)
    return sum(
        (one for cell, one in sums.items() if cell[:2] == (topic, value) and cell[2] <= this),
        Amount(),
    )


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_small_number_is_kept_nowhere(both: Flask, number: int):
    fill(find_group("oost"), 7)
    fill(find_group("west"), number)

    assert total("seats", "active") == Amount(2, People(exact=7, few=1))
    assert {row.exact for row in db.session.scalars(select(Contribution))} == {0, 7}


def test_a_new_time_counts_from_its_own_week_on_without_a_write(both: Flask):
    oost = find_group("oost")
    oost.slots.append(SlotRecord(since=THIS + 2, weekday=5, start=time(10)))
    db.session.commit()

    assert total("time", "1 evening", THIS + 1).number == 1
    assert total("time", "5 morning", THIS + 1).number == 0
    assert total("time", "1 evening", THIS + 2).number == 0
    assert total("time", "5 morning", THIS + 2).number == 1


def test_what_was_counted_counts_while_it_is_shared(both: Flask, world_anna: Account):
    oost = find_group("oost")
    db.session.add(HeadCount(group_id=oost.id, week=THIS, people=9))
    db.session.add(HeadCount(group_id=oost.id, week=THIS + -1, people=3))
    db.session.commit()
    assert total("heads", "2026-11") == Amount()

    set_counting(oost, asks=True, shares=True, by=world_anna)
    assert total("heads", "2026-11") == Amount(2, People(exact=9, few=1))

    set_counting(oost, asks=True, shares=False, by=world_anna)
    assert total("heads", "2026-11") == Amount()


@pytest.fixture
def world_anna(both: Flask) -> Account:
    return db.session.scalars(select(Account).where(Account.email == "anna@example.org")).one()


def occupancy() -> tuple[date | None, date | None]:
    row = db.session.get(Occupancy, find_group("oost").id, populate_existing=True)
    return row.full_since, row.empty_since


def test_since_when_a_group_is_full_or_empty_is_kept(both: Flask):
    oost = find_group("oost")
    assert occupancy() == (None, date(2026, 1, 5))

    fill(oost, 12)
    assert occupancy() == (NOON.date(), None)

    with time_machine.travel(NOON + timedelta(days=30), tick=False):
        oost.confirmed_on = NOON.date()
        db.session.commit()
        assert occupancy() == (NOON.date(), None)

        db.session.delete(people_of(oost)[0])
        db.session.commit()
        assert occupancy() == (None, None)

        seat(oost, 1)
        db.session.commit()
        assert occupancy() == ((NOON + timedelta(days=30)).date(), None)


def test_a_group_that_people_walk_into_is_never_called_empty(both: Flask):
    find_group("oost").seating = "walk_in"
    db.session.commit()

    assert occupancy() == (None, None)


def history() -> list[tuple[date, str]]:
    rows = select(StageRecord).where(StageRecord.group_id == find_group("oost").id)
    return [(one.since, one.status) for one in db.session.scalars(rows.order_by(StageRecord.since))]


def test_the_history_of_a_group_is_kept_but_not_what_lasted_no_day(both: Flask):
    oost = find_group("oost")
    began = (date(2026, 1, 5), "active")

    set_status(oost, Status.PAUSED, by=None)
    assert history() == [began, (NOON.date(), "paused")]
    set_status(oost, Status.ACTIVE, by=None)
    assert history() == [began]

    with time_machine.travel(datetime(2027, 2, 1, 12, tzinfo=NOON.tzinfo), tick=False):
        set_status(oost, Status.CLOSED, by=None)
        assert history() == [began, (date(2027, 2, 1), "closed")]
        assert total("ended", "2027-02").number == 1
        assert total("moved", "2027-02 active").number == -1
        assert total("moved", "2027-02 closed").number == 1


def test_a_deed_costs_as_much_with_many_groups(both: Flask):
    def cost() -> int:
        oost = find_group("oost")
        with statements(both) as sent:
            seat(oost, len(people_of(oost)) + 1)
            db.session.commit()
        return len(sent)

    fill(find_group("oost"), 5)
    few = cost()
    for _ in range(60):
        found(random.Random())
    db.session.commit()

    assert cost() == few


def test_the_command_says_how_many_figures_were_wrong(both: Flask):
    db.session.scalars(select(Tally).where(Tally.topic == "status")).first().number += 1
    db.session.commit()

    said = [both.test_cli_runner().invoke(args=["figures"]).output for _ in range(2)]

    assert said == [f"{number} figures were wrong, and are right now\n" for number in (1, 0)]
