"""What an office does with many of its groups at once: of a page, a list, or a file."""

from io import BytesIO

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.db import db
from app.records.changes import Change
from app.records.fellowships import Fellowship
from app.records.groups import find_group
from app.records.invitations import Invitation
from app.records.letters import Letter
from tests.blueprints.national.group_lists.test_page import GROUPS, names
from tests.browsing import form_on, submit, words_of
from tests.people import Person, World

MANY = f"{GROUPS}/many"


def ids(app: Flask, *slugs: str) -> list[str]:
    with app.app_context():
        return [str(find_group(slug).id) for slug in slugs]  # type: ignore[union-attr]  # all are there


def act(client: FlaskClient, do: str, groups: list[str], query: str = "", **fields):
    token = form_on(client, GROUPS, f"{MANY}")["csrf_token"]
    return client.post(
        f"{MANY}{query}", data={"csrf_token": token, "do": do, "g": groups, **fields}
    )


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
