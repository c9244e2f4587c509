"""The office's groups: found by what is known of them, sorted, kept, and many dealt with at once."""

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.db import db
from app.records.changes import Change
from app.records.fellowships import Fellowship, find_fellowship
from app.records.group_lists.kept import KeptList
from app.records.groups import find_group
from app.records.invitations import Invitation
from app.records.letters import Letter
from tests.browsing import form_on, submit, words_of
from tests.people import Person, World
from tests.queries import statements

GROUPS = "/national/stay-clean/groups"
MANY = f"{GROUPS}/many"


@pytest.fixture
def office(olaf: Person, world: World) -> FlaskClient:
    with world.app.app_context():
        fellowship = find_fellowship("stay-clean")
        assert fellowship is not None
        more = [
            ("noord", "Café Één Noord", "Assen", 5),
            ("zuid", "Zuid", "Maastricht", 2),
            ("dicht-adres", "Stille kring", "Urk", 4),
        ]
        for slug, name, town, weekday in more:
            world.group(fellowship, slug, name, town, weekday=weekday)
        hidden = find_group("dicht-adres")
        assert hidden is not None
        hidden.slots[0].visibility = "town"
        hidden.slots[0].place.postcode = "8321 AB"  # type: ignore[union-attr]  # it has one
        db.session.commit()
    return olaf.client()


def names(client: FlaskClient, query: str = "") -> list[str]:
    """Return the names on the list, in its order."""
    text = client.get(f"{GROUPS}.csv{query}").text
    return [
        line.split(";")[0].split(",")[0].strip(chr(34))
        for line in text.lstrip("\ufeff").splitlines()[1:]
    ]


def ids(app: Flask, *slugs: str) -> list[str]:
    with app.app_context():
        return [str(find_group(slug).id) for slug in slugs]  # type: ignore[union-attr]  # all are there


def act(client: FlaskClient, do: str, groups: list[str], query: str = "", **fields):
    token = form_on(client, GROUPS, f"{MANY}")["csrf_token"]
    return client.post(
        f"{MANY}{query}", data={"csrf_token": token, "do": do, "g": groups, **fields}
    )


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("oost", ["Oost"]),
        ("maastricht", ["Zuid"]),
        ("1015 kd", ["Café Één Noord", "Oost", "West", "Zuid"]),
        ("1015", ["Café Één Noord", "Oost", "West", "Zuid"]),
        ("anna", ["Oost"]),
        ("cafe een", ["Café Één Noord"]),
        ("noord assen", ["Café Één Noord"]),
        ("noord urk", []),
        ("100%", []),
        ("_", []),
    ],
)
def test_a_group_is_found_in_one_field(office: FlaskClient, q: str, found: list[str]):
    assert sorted(names(office, f"?q={q}")) == sorted(found)


def test_an_address_that_the_public_does_not_see_is_not_found(office: FlaskClient):
    assert names(office, "?q=8321ab") == []
    assert names(office, "?q=urk") == ["Stille kring"]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("?sort=time", "Oost"),
        ("?sort=-time", "Café Één Noord"),
        ("?sort=town", "Oost"),
        ("?sort=-town", "Stille kring"),
        ("?sort=-coordinators", "Oost"),
        ("?sort=no-such-column", "Café Één Noord"),
    ],
)
def test_every_column_sorts_both_ways(office: FlaskClient, query: str, first: str):
    assert names(office, query)[0] == first


def test_filters_stand_in_the_address_and_are_kept_under_a_name(office: FlaskClient, app: Flask):
    page = f"{GROUPS}?coordinated=no&sort=town"
    assert names(office, "?coordinated=no") == ["Café Één Noord", "Stille kring", "Zuid"]

    submit(office, page, to=f"{GROUPS}/lists?coordinated=no&sort=town", name="Zonder coördinator")

    shown = office.get(GROUPS).text
    assert 'href="/national/stay-clean/groups?coordinated=no&amp;sort=town"' in shown
    assert "Zonder coördinator" in words_of(shown)
    with app.app_context():
        [kept] = db.session.scalars(select(KeptList))
    submit(office, page, to=f"{GROUPS}/lists/{kept.id}/forget")
    assert 'aria-label="Bewaarde lijsten"' not in office.get(GROUPS).text


def test_a_list_may_be_named_as_one_that_is_there_and_then_it_is_that_one(
    office: FlaskClient, app: Flask
):
    for query in ("?coordinated=no", "?where=online"):
        submit(office, GROUPS + query, to=f"{GROUPS}/lists{query}", name="Mijn lijst")

    with app.app_context():
        assert [one.query for one in db.session.scalars(select(KeptList))] == ["where=online"]


def test_the_whole_list_is_dealt_with_and_what_changed_meanwhile_is_said(
    office: FlaskClient, app: Flask
):
    query = "?coordinated=no"
    seen = act(office, "unlist", [], query, all="yes")
    assert "Het gaat om 3 groepen" in words_of(seen.text)
    sure = {"all": "yes", "sure": "yes", "reason": "Niemand neemt op."}

    other = act(office, "unlist", [], query, number="2", **sure)
    assert other.status_code == 422
    assert "De lijst is intussen veranderd." in words_of(other.text)
    assert act(office, "unlist", [], query, number="3", **sure).status_code == 303

    assert names(office, "?listed=no") == ["Café Één Noord", "Stille kring", "Zuid"]
    with app.app_context():
        changes = db.session.scalars(select(Change).where(Change.deed == "list_group")).all()
        assert len(changes) == 1


def test_what_the_office_says_of_groups_is_told_and_put_back_by_their_coordinators(
    office: FlaskClient, app: Flask, anna: Person
):
    answer = act(office, "say", ids(app, "oost", "zuid"), sure="yes", language="en", audience="")

    assert answer.status_code == 303
    with app.app_context():
        assert {find_group(slug).language for slug in ("oost", "zuid")} == {"en"}  # type: ignore[union-attr]  # both are there
        [letter] = db.session.scalars(select(Letter).where(Letter.kind == "office_did"))
        assert letter.recipient == "anna@example.org"
        change = db.session.scalars(
            select(Change).where(Change.deed == "edit_listing").order_by(Change.id)
        ).first()
        assert change is not None
        page = f"/coordinate/oost/changes/{change.id}/restore"
    submit(anna.client(), page)
    with app.app_context():
        assert find_group("oost").language == "nl"  # type: ignore[union-attr]  # it is there


def test_listings_are_confirmed_after_a_round_of_calls(office: FlaskClient, app: Flask):
    act(office, "confirm", ids(app, "zuid", "oost"), sure="yes")

    with app.app_context():
        assert all(find_group(slug).confirmed_on for slug in ("zuid", "oost"))  # type: ignore[union-attr]  # both are there


def test_each_coordinator_gets_one_letter_and_the_log_keeps_its_words(
    office: FlaskClient, app: Flask
):
    words = "Kom naar de landelijke dag."
    act(office, "write", ids(app, "oost", "west", "zuid"), sure="yes", words=words)

    with app.app_context():
        letters = db.session.scalars(select(Letter).where(Letter.kind == "work")).all()
        assert sorted(one.recipient for one in letters) == ["anna@example.org", "ben@example.org"]
    history = words_of(office.get("/national/stay-clean/history").text)
    assert words in history
    assert "example.org" not in history


def test_many_are_invited_in_one_go_and_what_is_wrong_is_left_to_mend(
    office: FlaskClient, app: Flask
):
    lines = (
        "Zuid; zus@example.org\nNoord\tgeen adres\nOnbekend; bob@example.org\nStille kring; stil"
    )
    picked = ids(app, "zuid", "noord", "dicht-adres")
    first = act(office, "invite", picked)
    assert "Stille kring; " in first.text

    looked = words_of(act(office, "invite", picked, then="look", lines=lines).text)
    assert "Nodig 1 mens uit" in looked
    assert "Deze groep staat niet bij wat je koos." in looked
    with app.app_context():
        assert db.session.scalar(select(Invitation.id)) is None

    left = act(office, "invite", picked, then="save", lines=lines)
    assert "1 uitnodiging is onderweg." in words_of(left.text)
    with app.app_context():
        assert [one.email for one in db.session.scalars(select(Invitation))] == ["zus@example.org"]


def test_invitations_come_from_a_file_of_a_spreadsheet(office: FlaskClient, app: Flask):
    content = "Groep;Mailadres\r\nZuid;zus@example.org\r\nCafé Één Noord;noor@example.org\r\n"
    for encoding in ("utf-8-sig", "cp1252"):
        file = (BytesIO(content.encode(encoding)), "groepen.csv")
        seen = act(office, "invite", ids(app, "zuid", "noord"), then="look", lines="", file=file)
        assert "Nodig 2 mensen uit" in words_of(seen.text), seen.status


def test_groups_of_another_fellowship_are_not_dealt_with(
    office: FlaskClient, app: Flask, world: World
):
    with app.app_context():
        other = Fellowship(slug="na", name="NA", created_at=clock.now())
        db.session.add(other)
        db.session.flush()
        world.group(other, "elders", "Elders", "Breda", weekday=1)
        db.session.commit()

    act(office, "unlist", ids(app, "elders"), sure="yes", reason="Niet van ons.")

    with app.app_context():
        assert find_group("elders").listed  # type: ignore[union-attr]  # it is there


def test_a_page_of_groups_asks_the_same_number_of_questions_for_any_number(
    office: FlaskClient, app: Flask, world: World
):
    with statements(app) as few:
        office.get(GROUPS)
    with app.app_context():
        fellowship = find_fellowship("stay-clean")
        assert fellowship is not None
        for number in range(40):
            world.group(fellowship, f"g{number}", f"Groep {number}", "Assen", weekday=1)
        db.session.commit()
    with statements(app) as many:
        office.get(GROUPS)

    assert len(many) == len(few)
