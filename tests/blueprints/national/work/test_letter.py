"""What an office writes about points of its work list: seen first, sent once, and kept without its readers."""

import csv
import io
from datetime import date, timedelta

import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.retention import CHANGE
from app.domain.roles import Role
from app.domain.work import Concern
from app.records.accounts import RoleRecord
from app.records.changes import Change
from app.records.groups import Group, find_group
from app.records.letters import Letter
from tests.blueprints.national.work.test_page import LIST, key_of, keys, press, shown
from tests.browsing import submit, words_of
from tests.people import World

LETTER = f"{LIST}/letter"


def test_a_letter_is_shown_as_it_will_be_and_sent_once(app: Flask, olaf: FlaskClient):
    key = key_of(olaf, Concern.NOT_CONFIRMED)
    page = f"{LETTER}?point={key}"

    chosen = press(olaf, "letter", key)
    preview = submit(olaf, page, to=LETTER, words="Fijn dat je er bent.", do="preview")
    sent = [submit(olaf, page, to=LETTER, words="Fijn dat je er bent.", do="save") for _ in "ab"]

    assert chosen.location.endswith(page)
    assert "1 mail aan 1 coördinator, over 1 groep." in words_of(preview.text)
    assert "Fijn dat je er bent." in preview.text
    assert [answer.status_code for answer in sent] == [303, 303]
    with app.app_context():
        (letter,) = db.session.scalars(select(Letter).where(Letter.kind == "work"))
        assert letter.recipient == "anna@example.org"
        assert letter.values["words"] == "Fijn dat je er bent."
    assert "Er gaat niets dubbel uit." in shown(olaf)


def test_a_letter_keeps_its_copy_for_a_year_and_not_to_whom_it_went(
    app: Flask, olaf: FlaskClient, world: World
):
    page = f"{LETTER}?point={key_of(olaf, Concern.NOT_CONFIRMED)}"
    history = "/national/stay-clean/history"
    with time_machine.travel(clock.now(), tick=False) as time:
        submit(olaf, page, to=LETTER, words="Fijn dat je er bent.\nTot gauw.", do="save")

        seen = words_of(olaf.get(history).text)
        rows = list(csv.reader(io.StringIO(olaf.get(f"{history}.csv").data.decode("utf-8-sig"))))
        assert "1 mail. Over: een half jaar niet bevestigd (1)" in seen
        assert "Fijn dat je er bent.\nTot gauw." in seen
        assert rows[1][-1] == (
            "1 mail; Over: een half jaar niet bevestigd (1); Fijn dat je er bent.\nTot gauw."
        )
        assert "example.org" not in seen + str(rows)
        with app.app_context():
            kept = str([one.after for one in db.session.scalars(select(Change))])
        assert "example.org" not in kept
        assert "Anna" not in kept

        time.shift(CHANGE)
        app.test_cli_runner().invoke(args=["forget"])
        with app.app_context():
            assert "Tot gauw" not in str([one.after for one in db.session.scalars(select(Change))])


def test_one_person_gets_one_letter_about_all_their_groups(app: Flask, world: World, olaf):
    with app.app_context():
        find_group("west").confirmed_on = None
        west = find_group("west")
        west.created_at = clock.now() - timedelta(days=400)
        anna = RoleRecord(
            account_id=world.anna.id,
            kind=Role.COORDINATOR,
            group_id=west.id,
            since=date(2026, 1, 5),
        )
        db.session.add(anna)
        db.session.commit()
    points = keys(olaf, concern="not_confirmed")

    submit(olaf, f"{LETTER}?point={points[0]}&point={points[1]}", to=LETTER, do="save")

    with app.app_context():
        letters = db.session.scalars(select(Letter).where(Letter.kind == "work")).all()
        groups = {one.recipient: [g["name"] for g in one.values["groups"]] for one in letters}
    assert groups == {"anna@example.org": ["Oost", "West"], "ben@example.org": ["West"]}


def test_a_group_without_a_coordinator_is_named_and_left_out(app: Flask, olaf: FlaskClient):
    with app.app_context():
        db.session.delete(
            db.session.scalars(select(RoleRecord).join(Group).where(Group.slug == "oost")).one()
        )
        db.session.commit()

    page = olaf.get(LETTER, query_string={"point": key_of(olaf, Concern.NO_COORDINATOR)}).text

    assert "Zonder coördinator, dus zonder mail: Oost." in page
    assert "Er is niemand om te mailen." in page


def test_the_letter_too_long_is_refused_with_all_that_was_written(olaf: FlaskClient):
    key = key_of(olaf, Concern.NOT_CONFIRMED)

    answer = submit(olaf, f"{LETTER}?point={key}", to=LETTER, words="a" * 601, do="save")

    assert answer.status_code == 422
    assert "a" * 601 in answer.text
