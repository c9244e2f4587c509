"""Closures of all groups of a fellowship: shown first, changed, taken back, and out of others' reach."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask

from app.db import db
from app.records.fellowships import Fellowship
from app.records.weeks import ClosureRecord
from tests.actions.shut import MONDAY, SUNDAY
from tests.blueprints.coordinate.test_closures import (
    DAYS,
    closures,
    last_change,
    meets,
    post,
    shut,
)
from tests.browsing import submit, words_of
from tests.people import Person, World

OF_ALL = "/national/stay-clean/closures"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 11, 24, 12, tzinfo=UTC), tick=False) as traveller:
        yield traveller


def test_officers_shut_all_groups_change_it_and_take_it_back(
    app: Flask, world: World, olaf: Person
):
    client = olaf.client()

    shown = submit(client, f"{OF_ALL}/new", **DAYS, reason="landelijke dag", do="preview")
    assert "Het gaat om 2 groepen, 2 bijeenkomsten." in words_of(shown.text)
    assert closures(app) == []

    saved = submit(client, f"{OF_ALL}/new", **DAYS, reason="landelijke dag", do="save")
    assert (saved.status_code, saved.location) == (303, OF_ALL)
    assert not meets(app, "west")
    [record] = closures(app)
    address = f"{OF_ALL}/{record.id}"

    changed = post(client, address, **DAYS | {"last": "2026-12-08", "version": "1"})
    assert changed.status_code == 303
    assert meets(app, "west")
    assert post(client, address, **DAYS, version="1").status_code == 422
    assert post(client, f"{address}/withdraw").status_code == 303
    assert closures(app) == []


def test_officers_do_not_reach_the_closures_of_groups_or_of_another_fellowship(
    app: Flask, world: World, olaf: Person
):
    own = shut(app, world, "group")
    with app.app_context():
        other = Fellowship(slug="na", name="NA", created_at=datetime.now(UTC))
        db.session.add(other)
        db.session.flush()
        record = ClosureRecord(fellowship_id=other.id, first_day=MONDAY, last_day=SUNDAY)
        db.session.add(record)
        db.session.commit()
        of_na = record.id

    for number in (own, of_na):
        assert olaf.client().get(f"{OF_ALL}/{number}").status_code == 404
        assert post(olaf.client(), f"{OF_ALL}/{number}/withdraw").status_code == 404


def test_officers_undo_their_last_closing(app: Flask, olaf: Person):
    client = olaf.client()
    submit(client, f"{OF_ALL}/new", **DAYS, do="save")

    submit(client, OF_ALL, to=f"{OF_ALL}/undo/{last_change(app)}")

    assert closures(app) == []
