"""An office names kinds of meeting, and every page, list and form of its groups knows them."""

import json

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.db import db
from app.records.groups import Group, find_group
from tests.browsing import submit, words_of
from tests.people import Person, World

KINDS = "/national/stay-clean/kinds"
LISTING = "/coordinate/oost/listing"


@pytest.fixture
def olaf(world: World) -> FlaskClient:
    with world.app.app_context():
        find_group("west").codes = [["AA", "XQ"], ["AA", "SP"], ["AA", "DE"]]
        db.session.commit()
    return world.olaf.client()


def name(client: FlaskClient, code: str, **names: str):
    return submit(client, f"{KINDS}/new", key=code, **{f"name_{one}": names[one] for one in names})


def test_a_kind_is_named_and_a_coordinator_ticks_it(olaf: FlaskClient, anna: Person):
    assert name(olaf, "maanlicht", nl="bij maanlicht", de="bei Mondschein").status_code == 303
    coordinator = anna.client()
    assert "bij maanlicht" in coordinator.get(LISTING).text

    submit(coordinator, LISTING, kinds=["own:MAANLICHT", "speaker"])

    page = coordinator.get("/groups/oost").text
    assert "<dd>met een spreker, bij maanlicht</dd>" in page
    assert "bei Mondschein" in coordinator.get("/groups/oost?lang=de").text
    assert '<span lang="nl">bij maanlicht</span>' in coordinator.get("/groups/oost?lang=fr").text
    assert "1 groep · MAANLICHT" in words_of(olaf.get(KINDS).text)


def test_every_list_carries_it(olaf: FlaskClient, anna: Person):
    name(olaf, "MAANLICHT", nl="bij maanlicht", en="by moonlight")
    client = anna.client()
    submit(client, LISTING, kinds=["own:MAANLICHT"])

    (oost,) = [one for one in client.get("/meetings.json").json if one["name"] == "Oost"]
    assert "MAANLICHT" in oost["types"]
    for file in ("tsml.csv", "groups.csv"):
        assert "MAANLICHT" in client.get(f"/fellowships/stay-clean/{file}").text
    assert {"program": "", "code": "MAANLICHT", "name": "bij maanlicht"} in client.get(
        "/api/v1/groups/oost"
    ).json["codes"]
    asked = "/client_interface/json/?switcher=GetFormats&lang_enum="
    named = {
        language: {
            one["key_string"]: one["name_string"] for one in client.get(asked + language).json
        }
        for language in ("nl", "en")
    }
    assert named["nl"]["MAANLICHT"] == "bij maanlicht"
    assert named["en"]["MAANLICHT"] == "by moonlight"


def test_a_code_that_a_list_brought_along_is_named_the_same_way(olaf: FlaskClient):
    page = olaf.get(KINDS).text
    assert "XQ AA · 1 groep" in words_of(page)
    assert "SP AA" not in words_of(page)
    assert "DE AA" not in words_of(page)
    before = olaf.get("/meetings.json").headers["ETag"]

    assert name(olaf, "XQ", nl="bij kaarslicht en thee").status_code == 303

    assert "bij kaarslicht en thee" in olaf.get("/groups/west").text
    assert olaf.get("/meetings.json").headers["ETag"] != before
    assert "XQ AA" not in words_of(olaf.get(KINDS).text)


def test_a_list_that_says_it_by_name_gives_the_kind_to_its_groups(olaf: FlaskClient):
    name(olaf, "MAANLICHT", nl="bij maanlicht")
    rows = [{"slug": "zee", "name": "Aan zee", "day": 1, "time": "19:30", "types": "Bij Maanlicht"}]

    sent = submit(olaf, "/national/stay-clean/import", text=json.dumps(rows), program="AA")
    submit(olaf, sent.location, do="accept")

    with olaf.application.app_context():
        assert find_group("aan-zee").codes == [["AA", "MAANLICHT"]]
    assert "bij maanlicht" in olaf.get("/groups/aan-zee").text


def test_what_bmlts_answers_say_of_it_is_read_back(olaf: FlaskClient, anna: Person):
    name(olaf, "MAANLICHT", nl="bij maanlicht")
    submit(anna.client(), LISTING, kinds=["own:MAANLICHT"])
    answer = olaf.get("/client_interface/json/?switcher=GetSearchResults&get_used_formats=1")

    sent = submit(olaf, "/national/stay-clean/import", text=answer.text, program="NA")
    submit(olaf, sent.location, do="accept")

    with olaf.application.app_context():
        (back,) = db.session.scalars(
            select(Group).where(Group.name == "Oost", Group.slug != "oost")
        )
        assert ["NA", "MAANLICHT"] in back.codes
        assert "bij maanlicht" not in back.description


def test_it_takes_another_name_or_none(olaf: FlaskClient):
    name(olaf, "XQ", nl="bij thee")

    submit(olaf, f"{KINDS}/XQ/edit", name_nl="met thee en koek")
    assert "met thee en koek" in olaf.get("/groups/west").text

    submit(olaf, f"{KINDS}/XQ/edit", to=f"{KINDS}/XQ/forget")
    assert "met thee en koek" not in olaf.get("/groups/west").text
    with_code = json.loads(olaf.get("/meetings.json").text)
    assert any("XQ" in one["types"] for one in with_code)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("ABC", "Een code is vier tot zestien letters"),
        ("Duits", "Deze code betekent al iets in lijsten van anderen."),
        ("meditatie", "Deze code betekent al iets in lijsten van anderen."),
        ("LGBTQ", "De code LGBTQ heeft al een naam."),
        ("OCHTEND", "Schrijf in minstens één taal hoe het heet."),
    ],
)
def test_a_code_or_name_that_will_not_do_is_said_so(olaf: FlaskClient, code: str, sentence: str):
    answer = name(olaf, code, nl="" if code == "OCHTEND" else "bij maanlicht")
    assert answer.status_code == 422
    assert sentence in answer.text


def test_the_log_says_what_was_ticked(olaf: FlaskClient, anna: Person):
    client = anna.client()
    submit(client, LISTING, kinds=["speaker"])
    page = client.get("/coordinate/oost/changes").text
    assert "soort bijeenkomst" in page
    assert "met een spreker" in page


def test_who_searches_finds_by_it(olaf: FlaskClient, anna: Person):
    name(olaf, "MAANLICHT", nl="bij maanlicht", de="bei Mondschein")
    client = anna.client()
    submit(client, LISTING, kinds=["own:MAANLICHT"])

    page = client.get("/?kind=stay-clean.maanlicht").text
    assert ">Oost</a>" in page
    assert ">West</a>" not in page
    assert (
        '<option value="stay-clean.maanlicht" selected>bij maanlicht (Stay Clean)</option>' in page
    )
    assert "bei Mondschein" in client.get("/?kind=stay-clean.maanlicht&lang=de").text
    speaker = client.get("/?kind=speaker").text
    assert ">West</a>" in speaker
    assert ">Oost</a>" not in speaker
    assert client.get("/api/v1/groups?kind=speaker").json["groups"][0]["kinds"] == ["speaker"]
    (oost,) = client.get("/api/v1/groups?kind=stay-clean.maanlicht").json["groups"]
    assert oost["kinds"] == ["stay-clean.maanlicht"]


def test_what_a_fellowship_called_so_is_not_what_another_calls_so(olaf: FlaskClient):
    none = "Precies zo’n groep vonden we niet."
    assert none not in olaf.get("/?kind=stay-clean.xq").text
    assert none in olaf.get("/?kind=other.xq").text
    assert "begrepen we niet" in words_of(olaf.get("/?kind=nonsense").text)
