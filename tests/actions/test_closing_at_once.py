"""Two halls with the same groups, shut by two people at once: nobody waits for ever."""

import threading

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.actions.closures import close_fellowship, close_place, withdraw_closure
from app.db import db
from app.domain.week import Week
from app.records.changes import Change
from app.records.fellowships import Fellowship
from app.records.groups import Group, find_group
from app.records.places import PlaceRecord
from app.records.weeks import ClosureRecord
from tests.actions.shut import add_slot
from tests.people import World

GROUPS = 12
ROUNDS = 6


@pytest.fixture
def halls(app_on_each: Flask) -> tuple[Flask, World]:
    """Two halls; every group has a slot in each, half of them in the one first."""
    world = World(app_on_each)
    with app_on_each.app_context():
        fellowship = db.session.get_one(Fellowship, world.fellowship_id)
        first, second = (find_group(slug).slots[0].place_id for slug in ("oost", "west"))
        for number in range(GROUPS):
            group = world.group(fellowship, f"g-{number}", f"G {number}", "Amsterdam", weekday=1)
            one, other = (first, second) if number % 2 else (second, first)
            group.slots[0].place_id = one
            add_slot(group, Week.of(clock.today()) + 6, other)
        db.session.commit()
    return app_on_each, world


def test_two_halls_and_a_fellowship_are_shut_and_opened_at_once(
    halls: tuple[Flask, World], monkeypatch: pytest.MonkeyPatch
):
    # SQLite lets nobody queue: on a busy machine one of three may find it taken for seconds.
    monkeypatch.setattr("app.db.BUSY_MILLISECONDS", 60_000)
    app, world = halls
    with app.app_context():
        db.engine.dispose()  # whoever connects from here on is patient
    ready = threading.Barrier(3)
    wrong: list[BaseException] = []

    def shut(slug: str | None) -> None:
        try:
            ready.wait()
            for _ in range(ROUNDS):
                with app.app_context():
                    closure = _shut(slug, world)
                with app.app_context():
                    withdraw_closure(closure, by=None)
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=shut, args=(slug,)) for slug in ("oost", "west", None)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []
    with app.app_context():
        assert db.session.scalars(select(ClosureRecord)).all() == []
        deeds = [change.deed for change in db.session.scalars(select(Change))]
        assert deeds.count("withdraw_closure") == 3 * ROUNDS
        revisions = db.session.scalars(select(Group.calendar_rev).where(Group.slug == "g-1"))
        assert revisions.one() == 1 + 3 * 2 * ROUNDS


def _shut(slug: str | None, world: World) -> int:
    week = Week.of(clock.today()) + 2
    if slug is None:
        fellowship = db.session.get_one(Fellowship, world.fellowship_id)
        return close_fellowship(fellowship, week.monday, week.sunday, "", by=None).id
    group = find_group(slug)
    place = db.session.scalars(select(PlaceRecord).where(PlaceRecord.owner_id == group.id)).one()
    return close_place(group, place, week.monday, week.sunday, "", by=None).id
