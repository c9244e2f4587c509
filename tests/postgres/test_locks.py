"""What only PostgreSQL has: rows that are locked one by one, and an end to waiting for them."""

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from app import clock, create_app
from app.actions.parts.transaction import hold_group
from app.db import db, writing
from app.records.fellowships import Fellowship
from app.records.groups import Group
from tests.conftest import settings
from tests.people import FOUNDED

pytestmark = pytest.mark.postgres


@pytest.fixture
def two_groups(postgres_url: str) -> Iterator[Flask]:
    app = create_app(settings(postgres_url))
    with app.app_context():
        db.create_all()
        fellowship = Fellowship(slug="stay-clean", name="Stay Clean", created_at=clock.now())
        db.session.add(fellowship)
        db.session.flush()
        for slug in ("oost", "west"):
            db.session.add(
                Group(
                    slug=slug,
                    name=slug,
                    fellowship_id=fellowship.id,
                    status_since=FOUNDED,
                    calendar_changed_at=clock.now(),
                    created_at=clock.now(),
                )
            )
        db.session.commit()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def ids(app: Flask) -> list[int]:
    with app.app_context():
        return list(db.session.scalars(select(Group.id).order_by(Group.id)))


def try_to_hold(app: Flask, group_id: int, wrong: list[Exception]) -> None:
    """Hold a group from another thread, and give up after a twentieth of a second."""

    def run() -> None:
        with app.app_context():
            try:
                with writing():
                    db.session.execute(text("SET LOCAL lock_timeout = '50ms'"))
                    hold_group(group_id, None)
            except OperationalError as error:
                wrong.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("transaction_isolation", "read committed"),
        ("lock_timeout", "5s"),
        ("statement_timeout", "15s"),
    ],
)
def test_a_connection_is_set_up_as_agreed(two_groups: Flask, setting: str, value: str):
    with two_groups.app_context():
        assert db.session.scalar(text(f"SHOW {setting}")) == value


def test_who_holds_one_group_does_not_keep_anyone_from_another(two_groups: Flask):
    oost, west = ids(two_groups)
    wrong: list[Exception] = []

    with two_groups.app_context(), writing():
        hold_group(oost, None)
        try_to_hold(two_groups, west, wrong)

    assert wrong == []


def test_waiting_for_a_group_that_is_held_comes_to_an_end(two_groups: Flask):
    oost, _ = ids(two_groups)
    wrong: list[Exception] = []

    with two_groups.app_context(), writing():
        hold_group(oost, None)
        try_to_hold(two_groups, oost, wrong)

    assert [type(error.orig).__name__ for error in wrong] == ["LockNotAvailable"]


def test_a_reader_does_not_wait_for_a_writer(two_groups: Flask):
    oost, _ = ids(two_groups)
    read: list[str] = []

    def look() -> None:
        with two_groups.app_context():
            read.append(db.session.get(Group, oost).name)

    with two_groups.app_context(), writing():
        hold_group(oost, None).name = "anders"
        db.session.flush()
        reader = threading.Thread(target=look)
        reader.start()
        reader.join(timeout=10)

    assert read == ["oost"]
