"""`flask figures` and `flask coming` count some groups at once, and mend what is wrong."""

import pytest
from flask import Flask
from sqlalchemy import text

from app import clock
from app.actions.figures import recount_figures
from app.db import db
from app.domain.meeting import Status
from app.domain.retention import CHANGE
from app.records.changes import Change
from app.records.groups import every_group, find_group
from app.records.tallies import lacking
from tests.people import World


def said(app: Flask, command: str) -> str:
    done = app.test_cli_runner().invoke(args=[command], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture
def each(app_on_each: Flask) -> Flask:
    World(app_on_each)
    return app_on_each


def wrong_by(app: Flask, statement: str) -> None:
    with app.app_context():
        db.session.execute(text(statement))
        db.session.commit()


def test_figures_that_are_right_are_left_alone(each: Flask) -> None:
    assert said(each, "figures").startswith("0 figures")


@pytest.mark.parametrize(
    ("damage", "is_seen"),
    [
        ("UPDATE tally SET number = number + 1 WHERE topic = 'status'", True),
        ("DELETE FROM tally", True),
        # Nobody sees what a group adds, only the sums.
        ("UPDATE contribution SET number = number + 1 WHERE topic = 'status'", False),
        ("DELETE FROM contribution", False),
    ],
)
def test_figures_that_are_wrong_are_counted_and_mended(
    each: Flask, damage: str, is_seen: bool
) -> None:
    wrong_by(each, damage)

    assert said(each, "figures").startswith("0 figures") is not is_seen
    assert said(each, "figures").startswith("0 figures")
    with each.app_context():
        assert lacking() == {}
        assert recount_figures() == 0


def test_coming_meetings_that_are_wrong_are_counted_and_mended(each: Flask) -> None:
    said(each, "coming")
    wrong_by(each, "DELETE FROM coming_meeting WHERE group_id = 1")

    assert not said(each, "coming").startswith("0 coming")
    assert said(each, "coming").startswith("0 coming")


def test_every_group_has_its_turn_once_however_few_are_taken_at_once(app: Flask, world) -> None:
    with app.app_context():
        assert list(every_group(1)) == [[1], [2]]
        assert find_group("oost").status == Status.ACTIVE


def test_more_is_forgotten_than_goes_in_one_transaction(each: Flask) -> None:
    with each.app_context():
        old = clock.now() - CHANGE
        db.session.add_all(
            Change(at=old, deed="call_off", before={}, after={}) for _ in range(1203)
        )
        db.session.commit()

    assert "1203 changes" in said(each, "forget")
    with each.app_context():
        assert db.session.query(Change).filter(Change.at <= old).count() == 0
