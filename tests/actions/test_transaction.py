"""One action is one writing transaction: all or nothing, and nobody's writing is lost."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from app import clock, create_app
from app.actions.parts.transaction import hold_group, hold_groups, note, transaction
from app.db import db, is_writing, writing
from app.domain.refusal import NotTheirs
from app.records.accounts import Account
from app.records.changes import Change, ChangeOfGroup
from app.records.groups import Group
from tests.conftest import settings
from tests.people import FOUNDED

PEOPLE = 50


def the_group() -> Group:
    return db.session.scalars(select(Group)).one()


@transaction
def rename(name: str, *, by: Account | None = None) -> Group:
    group = hold_group(the_group().id, by)
    group.name = name
    note("rename", by=by, groups=[group], after={"name": name})
    return group


@transaction
def rename_and_think_better_of_it(name: str) -> None:
    rename(name)
    db.session.flush()
    raise NotTheirs


@transaction
def count_one_more() -> None:
    hold_group(the_group().id, None).version += 1


def stored(both: Flask) -> tuple[str, int, int]:
    """Return the name, the version and the number of changes, as another reader sees them."""
    with both.app_context():
        changes = db.session.scalars(select(Change.id)).all()
        return the_group().name, the_group().version, len(changes)


def at_once(both: Flask, deed: Callable[[], Any], people: int = PEOPLE) -> list[Exception]:
    """Let so many do a deed at the same moment; return what went wrong."""
    ready, wrong = threading.Barrier(people), []

    def run() -> None:
        with both.app_context():
            ready.wait(timeout=30)
            try:
                deed()
            except Exception as error:
                wrong.append(error)

    threads = [threading.Thread(target=run) for _ in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def test_an_action_is_kept_with_its_change(both: Flask):
    with both.app_context():
        rename("Oost 2")

    assert stored(both) == ("Oost 2", 1, 1)
    with both.app_context():
        assert db.session.scalars(select(ChangeOfGroup.group_id)).all() == [the_group().id]


def test_nothing_remains_of_an_action_that_refuses(both: Flask):
    with both.app_context(), pytest.raises(NotTheirs):
        rename_and_think_better_of_it("Oost 2")

    assert stored(both) == ("Oost", 1, 0)


def test_an_action_inside_another_is_part_of_it(both: Flask):
    seen = []

    with both.app_context():
        with writing():
            rename("Oost 2")
            seen.append(stored(both))
            rename("Oost 3")
            assert is_writing()
        assert not is_writing()

    assert seen == [("Oost", 1, 0)]
    assert stored(both) == ("Oost 3", 1, 2)


def test_after_a_refusal_the_next_action_is_one_of_its_own(both: Flask):
    with both.app_context():
        with pytest.raises(NotTheirs):
            rename_and_think_better_of_it("Oost 2")
        assert not is_writing()
        rename("Oost 3")

    assert stored(both) == ("Oost 3", 1, 1)


def test_what_was_read_before_is_read_again_under_the_lock(both: Flask):
    with both.app_context():
        read_before = the_group()
        in_another_thread(both, lambda: rename("Oost 2"))
        assert read_before.name == "Oost"

        with writing():
            assert read_before.name == "Oost 2"


def in_another_thread(both: Flask, deed: Callable[[], Any]) -> None:
    assert at_once(both, deed, people=1) == []


def test_what_an_action_returns_can_be_read_after_it(both: Flask):
    with both.app_context():
        assert rename("Oost 2").name == "Oost 2"


def test_fifty_people_who_count_one_more_count_fifty(both: Flask):
    wrong = at_once(both, count_one_more)

    assert wrong == []
    assert stored(both) == ("Oost", 1 + PEOPLE, 0)


def test_reading_first_and_writing_then_loses_what_others_wrote(both: Flask):
    """The control: without the lock the same deed is lost, or refused by SQLite."""
    people = 10  # all of them hold a connection, and the pool has fifteen
    have_read = threading.Barrier(people)

    def count_naively() -> None:
        group = the_group()
        version = group.version
        have_read.wait(timeout=30)
        db.session.execute(text("UPDATE groups SET version = :new"), {"new": version + 1})
        db.session.commit()

    wrong = at_once(both, count_naively, people)

    _, version, _ = stored(both)
    assert version < 1 + people
    assert all("database is locked" in str(error) for error in wrong)


def test_two_who_hold_the_same_groups_in_another_order_both_get_them(both: Flask):
    with both.app_context(), writing():
        first = the_group()
        db.session.add(
            Group(
                slug="west",
                name="West",
                fellowship_id=first.fellowship_id,
                status_since=FOUNDED,
                calendar_changed_at=clock.now(),
                created_at=clock.now(),
            )
        )
        db.session.flush()
        ids = list(db.session.scalars(select(Group.id).order_by(Group.id)))
    turns = iter([ids, ids[::-1]] * (PEOPLE // 2))
    lock = threading.Lock()

    @transaction
    def count_both() -> None:
        with lock:
            order = next(turns)
        for group in hold_groups(order, None):
            group.version += 1

    assert at_once(both, count_both) == []
    with both.app_context():
        assert set(db.session.scalars(select(Group.version))) == {1 + PEOPLE}


def test_a_group_that_is_not_there_cannot_be_held(both: Flask):
    with both.app_context(), pytest.raises(NotTheirs), writing():
        hold_group(404, None)


def test_an_account_that_does_not_coordinate_a_group_cannot_hold_it(both: Flask):
    with both.app_context():
        with writing():
            stranger = Account(
                email="zoe@example.org", name="Zoe", fs_uniquifier="zoe", created_at=clock.now()
            )
            db.session.add(stranger)

        with pytest.raises(NotTheirs):
            rename("Van Zoe", by=stranger)

    assert stored(both) == ("Oost", 1, 0)


def test_an_action_that_cannot_get_the_lock_leaves_the_session_fit_for_the_next(sqlite_url: str):
    """A stranger holds the file; nothing may be taken for written that never was."""
    app = create_app(settings(sqlite_url))
    with app.app_context():
        db.session.execute(text("PRAGMA busy_timeout=1"))
        stranger = db.engine.raw_connection()
        stranger.execute("BEGIN IMMEDIATE")

        with pytest.raises(OperationalError), writing():
            pass

        was_writing = is_writing()
        stranger.rollback()
        stranger.close()
        db.session.remove()
        db.engine.dispose()
    assert not was_writing
