"""The papers on privacy are true: their numbers are the domain's, and they say what `/privacy` says."""

import re
from datetime import timedelta
from runpy import run_path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from app.db import db
from app.domain import retention
from app.formats.duration import duration_in_words
from app.records.evenings import TaskTaken
from app.records.participants import ParticipantRecord
from app.records.seats.sponsorships import Sponsorship
from tests.addresses import KIM, SEAT_KEY, WILLING_ID, lay_out
from tests.browsing import words_of
from tests.people import NOON, World
from tests.source import ROOT

PAPER = (ROOT / "docs" / "privacy.md").read_text("utf-8")
CONSTANTS = {
    name: value
    for name, value in vars(retention).items()
    if name.isupper() and isinstance(value, timedelta)
}
TOLD = re.findall(r"([\w ]+) \(`([A-Z_]+)`\)", PAPER)
PAGE = run_path(str(ROOT / "assets" / "privacy.py"))


def test_every_length_that_is_kept_is_told_in_the_papers():
    assert set(CONSTANTS) - {name for _, name in TOLD} == set()


@pytest.mark.parametrize(("said", "name"), TOLD)
def test_a_length_in_the_papers_is_the_domains(said: str, name: str):
    assert said.endswith(duration_in_words(CONSTANTS[name], "en"))


def test_the_papers_say_what_the_page_says(client: FlaskClient, world: World):
    page = client.get("/privacy?lang=en").data

    assert PAPER.split(PAGE["MARK"])[1].strip() == PAGE["as_markdown"](page).strip()


PROMISED = {
    "letter": retention.LETTER,
    "backup": retention.BACKUP,
    "evening": retention.EVENING,
    "silence": retention.SILENCE,
    "request": retention.REQUEST_UNCONFIRMED,
    "request answered": retention.REQUEST_ANSWERED,
    "request unanswered": retention.REQUEST_LONGEST,
    "proposal answered": retention.PROPOSAL_ANSWERED,
    "proposal unanswered": retention.PROPOSAL_OPEN,
}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("length", PROMISED.values(), ids=PROMISED)
def test_the_page_promises_what_the_domain_keeps(
    client: FlaskClient, world: World, language: str, length: timedelta
):
    page = words_of(client.get(f"/privacy?lang={language}").text).lower()

    assert duration_in_words(length, language) in page


@pytest.mark.parametrize(
    "name", ["LETTER", "EVENING", "SILENCE", "REQUEST_ANSWERED", "PROPOSAL_OPEN"]
)
def test_another_length_is_another_promise(
    monkeypatch: pytest.MonkeyPatch, client: FlaskClient, world: World, name: str
):
    monkeypatch.setattr(retention, name, timedelta(days=17))

    assert "zeventien dagen" in words_of(client.get("/privacy").text).lower()


def test_who_sees_a_name_is_who_the_page_says(app: Flask, client: FlaskClient, world: World):
    with time_machine.travel(NOON, tick=False):
        grounds = lay_out(app, world)
        with app.app_context():
            other = db.session.get_one(ParticipantRecord, WILLING_ID)
            other.alias, other.is_willing = "Zilvermeeuw", False
            db.session.delete(db.session.get_one(Sponsorship, 1))
            db.session.commit()

        def sees(**kim: bool) -> bool:
            with app.app_context():
                for name, value in kim.items():
                    setattr(db.session.get_one(ParticipantRecord, KIM), name, value)
                db.session.commit()
            return "Zilvermeeuw" in client.get(f"/seat/{SEAT_KEY}").text

        assert not sees()
        assert not sees(is_looking=True)
        with app.app_context():
            db.session.get_one(ParticipantRecord, WILLING_ID).is_willing = True
            task = {"group_id": 1, "week": grounds.week, "kind": "tea"}
            db.session.add(TaskTaken(participant_id=WILLING_ID, **task))
            db.session.commit()
        assert sees(is_looking=True)
        assert not sees(is_looking=False)
        assert "Zilvermeeuw" in world.anna.client().get("/coordinate/oost/circle").text
        assert "Zilvermeeuw" not in world.olaf.client().get("/national/groups/oost").text
        assert "Zilvermeeuw" not in client.get("/groups/oost").text
