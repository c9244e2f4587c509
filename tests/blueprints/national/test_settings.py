"""A fellowship's own words and rules: its officers write them, everyone reads them."""

import re
from dataclasses import fields
from random import Random
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.actions.national.fellowships import FellowshipEdit
from app.db import db
from app.formats.wording import LANGUAGES
from app.records.changes import Change
from app.records.fellowships import Fellowship
from app.records.groups import Group
from tests.browsing import form_on, submit, words_of
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


ENGLISH = {
    "texts-1-identity": "Everyone is welcome.",
    "texts-1-closed_words": "only for people who want to stop",
    "texts-1-newcomers": "What does it cost?\nNothing at all.",
}


def test_who_reads_another_language_gets_their_words_in_it(olaf: Person) -> None:
    client = olaf.client()
    with olaf.app.app_context():
        db.session.scalars(select(Group).where(Group.slug == "oost")).one().is_open = False
        db.session.commit()

    submit(
        client, SETTINGS, identity="Iedereen is welkom.", closed_words="wie wil stoppen", **ENGLISH
    )

    dutch, english, german = (
        client.get(f"/groups/oost?lang={code}").text for code in ("nl", "en", "de")
    )
    assert "<p>Everyone is welcome.</p>" in english
    assert "Closed: <span>only for people who want to stop</span>." in english
    assert "Nothing at all." in english
    assert "Iedereen is welkom." not in english
    assert "<p>Iedereen is welkom.</p>" in dutch
    assert "Everyone" not in dutch
    assert "Nothing at all." not in dutch
    assert '<p lang="nl">Iedereen is welkom.</p>' in german
    assert '<span lang="nl">wie wil stoppen</span>' in german
    for page in ("/fellowships", "/fellowships/stay-clean"):
        assert "Everyone is welcome." in client.get(f"{page}?lang=en").text
        assert 'lang="nl">Iedereen is welkom.' in client.get(f"{page}?lang=de").text


def test_words_in_one_language_leave_the_others_and_an_emptied_one_is_gone(olaf: Person) -> None:
    client = olaf.client()
    submit(client, SETTINGS, **ENGLISH, **{"texts-2-identity": "Alle sind willkommen."})

    submit(client, SETTINGS, **dict.fromkeys(ENGLISH, ""))

    with olaf.app.app_context():
        [kept] = db.session.scalars(select(Fellowship.texts))
    assert kept == {"de": {"identity": "Alle sind willkommen."}}
    history = words_of(client.get("/national/stay-clean/history").text)
    assert "in andere talen" in history
    assert "Duits, wie jullie zijn: Alle sind willkommen." in history


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

    submit(client, SETTINGS, has_colour="")
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
        ("texts-1-newcomers", "Everyone is welcome.", "Zet elke vraag op een eigen regel"),
        ("texts-4-identity", "x" * 601, "600"),
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
    submit(olaf.client(), SETTINGS, sponsor_word="buddy", new_groups_need_yes="")

    with olaf.app.app_context():
        [change] = db.session.scalars(select(Change).where(Change.deed == "edit_fellowship"))
        assert change.before == {"sponsor_word": "", "new_groups_need_yes": True}
        assert change.after == {"sponsor_word": "buddy", "new_groups_need_yes": False}
        assert change.fellowship_id is not None


def test_what_a_post_does_not_say_stays_as_it_was(olaf: Person) -> None:
    client = olaf.client()
    _fill_everything(client)
    before = _settings(olaf)
    assert all(before.values()), "a field that is empty could not be lost"
    page = form_on(client, SETTINGS)
    fields = sorted({*page} - {"csrf_token", "do"})
    assert len(fields) > 50

    for lacking in fields:
        answer = submit(client, SETTINGS, without=(lacking,))

        assert answer.status_code == 303, lacking
        assert _settings(olaf) == before, lacking


@pytest.mark.parametrize("seed", range(12))
def test_a_post_of_any_part_changes_that_part_alone(olaf: Person, seed: int) -> None:
    client, dice = olaf.client(), Random(seed)
    _fill_everything(client)
    before = _settings(olaf)
    page = form_on(client, SETTINGS)
    texts = sorted(name for name in page if name not in KEEP)
    some = dice.sample(texts, dice.randint(1, 6))
    off = dice.sample(SWITCHES, dice.randint(0, 2))
    said = dict.fromkeys(some, f"Ander woord {seed}") | dict.fromkeys(off, "")

    answer = client.post(SETTINGS, data={"csrf_token": page["csrf_token"], "do": "save"} | said)

    assert answer.status_code == 303
    after = _settings(olaf)
    assert {name for name in after if after[name] != before[name]} == said.keys()
    assert all(after[name] == value for name, value in said.items() if name in some)
    assert not any(after[name] for name in off)


def test_a_box_that_is_turned_off_stays_off_when_the_page_comes_back(olaf: Person) -> None:
    page = submit(olaf.client(), SETTINGS, do="preview", new_groups_need_yes="")

    [box] = re.findall(r'<input[^>]*id="new_groups_need_yes"[^>]*>', page.text)
    assert "checked" not in box
    assert 'value="y"' in box


SWITCHES = ["under_sixteen", "new_groups_need_yes"]
KEEP = {
    *SWITCHES, "csrf_token", "do", "version", "newcomers", "website", "phone", "email", "colour", "has_colour", "language",
    "zone", "confirm_after",
}  # fmt: skip
KEEP |= {f"texts-{number}-newcomers" for number in range(1, len(LANGUAGES))}
"""What does not take any words."""


def _fill_everything(client: FlaskClient) -> None:
    page = form_on(client, SETTINGS)
    words = {name: f"Woord van {name}" for name in page if name not in KEEP}
    own = {
        **{name: "Mag ik komen?\nJa." for name in page if name.endswith("newcomers")},
        "website": "https://stayclean.example",
        "phone": "0612345678",
        "email": "kantoor@stayclean.example",
        "colour": "#123456",
        "has_colour": "y",
        "under_sixteen": "y",
        "new_groups_need_yes": "y",
    }
    answer = client.post(SETTINGS, data=page | words | own | {"do": "save"})
    assert answer.status_code == 303


def _settings(officer: Person) -> dict[str, Any]:
    """Return each field of the form as it is stored."""
    with officer.app.app_context():
        now = FellowshipEdit.of(db.session.scalars(select(Fellowship)).one())
        found = {field.name: getattr(now, field.name) for field in fields(now)}
        for theme in found.pop("titles"):
            found |= {
                f"steps-{theme.step - 1}-{name}": getattr(theme, name)
                for name in ("title", "reading", "question")
            }
        for code, said in found.pop("texts").items():
            number = LANGUAGES.index(code)
            found |= {f"texts-{number}-{name}": text for name, text in said.items()}
    return found
