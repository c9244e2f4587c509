"""Figures are counted anew while a group begins: it is counted too, on both databases."""

import threading

import pytest
from flask import Flask
from sqlalchemy import event

from app.actions.figures import recount_figures
from app.actions.groups import found_group
from app.db import db
from app.records.fellowships import Fellowship
from tests.people import World


@pytest.fixture
def world(app_on_each: Flask) -> World:
    return World(app_on_each)


def test_a_group_that_begins_between_counting_and_writing_is_not_lost(world: World):
    def begin() -> None:
        with world.app.app_context():
            fellowship = db.session.get_one(Fellowship, world.fellowship_id)
            found_group(fellowship, name="Assen", town="Assen", by=None)
            db.session.remove()

    beginning = threading.Thread(target=begin)

    def begin_now(_connection, _cursor, statement: str, *_rest) -> None:
        if statement.startswith("DELETE FROM tally") and not beginning.ident:
            beginning.start()
            beginning.join(timeout=1)  # it waits for us, as it should, or is done

    with world.app.app_context():
        event.listen(db.engine, "before_cursor_execute", begin_now)
        recount_figures()
        beginning.join()
        event.remove(db.engine, "before_cursor_execute", begin_now)

        assert recount_figures() == 0
