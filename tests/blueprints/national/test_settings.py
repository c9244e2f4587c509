"""A fellowship's own words and rules: its officers write them, everyone reads them."""

import pytest
from sqlalchemy import select

from app.db import db
from app.records.changes import Change
from app.records.fellowships import Fellowship
from app.records.groups import Group
from tests.browsing import submit, words_of
from tests.people import Person

SETTINGS = "/national/stay-clean/settings"


def test_what_is_saved_stands_on_every_page_at_the_next_request(olaf: Person) -> None:
    client = olaf.client()

    answer = submit(
        client,
        SETTINGS,
        name="Stay Clean Nederland",
        identity="Iedereen is welkom.",
        professionals="Een eerste gesprek is nooit nodig.",
        email="kantoor@stayclean.example",
        phone="0612345678",
        controller="Stichting Stay Clean, Utrecht",
    )

    assert answer.status_code == 303
    assert "Iedereen is welkom." in client.get("/groups/oost").text
    fellowship = client.get("/fellowships/stay-clean").text
    assert "Een eerste gesprek is nooit nodig." in fellowship
    assert '<a href="tel:+31612345678">06 12345678</a>' in fellowship
    assert 'href="mailto:kantoor@stayclean.example"' in fellowship
    assert "Een eerste gesprek is nooit nodig." in client.get("/referrers").text
    assert "Stichting Stay Clean, Utrecht" in client.get("/privacy").text


def test_a_preview_says_what_would_change_and_writes_nothing(olaf: Person) -> None:
    client = olaf.client()

    page = submit(client, SETTINGS, do="preview", sponsor_word="buddy")

    assert page.status_code == 200
    assert "<dt>woord voor sponsor</dt>" in page.text
    assert "<ins>buddy</ins>" in page.text
    assert "buddy" not in client.get(SETTINGS).text


def test_titles_of_the_steps_are_in_every_feed_at_the_next_request(olaf: Person) -> None:
    client = olaf.client()
    with olaf.app.app_context():
        keys = db.session.scalars(select(Group.feed_key)).all()
    before = [client.get(f"/feeds/{key}.ics").headers["ETag"] for key in keys]

    submit(client, SETTINGS, **{"steps-3-title": "Moedig kijken", "steps-11-title": "Doorgeven"})

    feeds = [client.get(f"/feeds/{key}.ics") for key in keys]
    assert all("Doorgeven" in feed.text for feed in feeds)
    assert not {feed.headers["ETag"] for feed in feeds}.intersection(before)


def test_what_no_feed_prints_leaves_the_feeds_as_they_are(olaf: Person) -> None:
    client = olaf.client()
    with olaf.app.app_context():
        key = db.session.scalar(select(Group.feed_key).where(Group.slug == "oost"))
    before = client.get(f"/feeds/{key}.ics").headers["ETag"]

    submit(client, SETTINGS, sponsor_word="buddy")

    assert client.get(f"/feeds/{key}.ics").headers["ETag"] == before


def test_a_title_that_is_emptied_is_gone(olaf: Person) -> None:
    submit(olaf.client(), SETTINGS, **{"steps-3-title": ""})

    with olaf.app.app_context():
        assert db.session.scalars(select(Fellowship)).one().titles == []


def test_a_colour_is_kept_only_when_it_is_wanted(olaf: Person) -> None:
    client = olaf.client()

    submit(client, SETTINGS, colour="#123456", has_colour="y")
    assert "#123456" in client.get(SETTINGS).text

    submit(client, SETTINGS, has_colour=None)
    with olaf.app.app_context():
        assert db.session.scalars(select(Fellowship)).one().colour == ""


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("name", "", "Vul dit nog in."),
        ("email", "kantoor", "Dit is geen mailadres."),
        ("website", "javascript:alert(1)", "Een adres begint met https://."),
        ("zone", "Europe/Lutjebroek", "Deze tijdzone bestaat niet."),
        ("newcomers", "Iedereen is welkom.", "Zet elke vraag op een eigen regel"),
        ("colour", "rood", "Een kleur is als #0f5e59."),
        ("confirm_after", "99", "Ongeldige keuze."),
        ("steps-0-title", "x" * 121, "120"),
    ],
)
def test_what_cannot_be_is_a_sentence_at_its_field_and_nothing_is_stored(
    olaf: Person, field: str, text: str, sentence: str
) -> None:
    client = olaf.client()

    answer = submit(client, SETTINGS, **{"sponsor_word": "buddy", field: text})

    assert answer.status_code == 422
    assert sentence in words_of(answer.text)
    assert 'value="buddy"' in answer.text
    with olaf.app.app_context():
        assert db.session.scalars(select(Fellowship)).one().sponsor_word == ""


def test_who_saves_second_is_told_and_loses_nothing(olaf: Person) -> None:
    client = olaf.client()
    submit(client, SETTINGS, sponsor_word="buddy")

    answer = submit(client, SETTINGS, sponsor_word="maatje", version="1")

    assert answer.status_code == 422
    assert "Dit is intussen veranderd door Olaf." in words_of(answer.text)
    assert 'value="maatje"' in answer.text
    assert "buddy" in answer.text


def test_the_log_says_what_changed(olaf: Person) -> None:
    submit(olaf.client(), SETTINGS, sponsor_word="buddy", new_groups_need_yes=None)

    with olaf.app.app_context():
        [change] = db.session.scalars(select(Change).where(Change.deed == "edit_fellowship"))
        assert change.before == {"sponsor_word": "", "new_groups_need_yes": True}
        assert change.after == {"sponsor_word": "buddy", "new_groups_need_yes": False}
        assert change.fellowship_id is not None
