"""A group as its officers see it, and what its coordinators see of what they did."""

from flask import Flask
from sqlalchemy import select

from app.db import db
from app.records.accounts import coordinators_of
from app.records.groups import Group, find_group
from app.records.invitations import Invitation
from app.records.letters import Letter
from tests.browsing import form_on, submit, words_of
from tests.people import FOUNDED, Person, World

OOST = "/national/groups/oost"


def test_a_group_goes_off_the_list_with_a_reason_and_comes_back_by_its_coordinator(
    olaf: Person, anna: Person
) -> None:
    office, desk = olaf.client(), anna.client()

    submit(office, OOST, to=f"{OOST}/unlist", **{"unlist-reason": "Dubbel met West."})
    assert office.get("/groups/oost").status_code == 404
    page = words_of(desk.get("/coordinate/oost").text)
    assert "Stay Clean heeft jullie groep uit de lijst gehaald. De reden: Dubbel met West." in page

    submit(desk, "/coordinate/oost", to="/coordinate/oost/list-again")
    assert office.get("/groups/oost").status_code == 200


def test_without_a_reason_nothing_happens(olaf: Person) -> None:
    client = olaf.client()

    answer = submit(client, OOST, to=f"{OOST}/unlist", **{"unlist-reason": " "})

    assert answer.status_code == 422
    assert "Zeg in één zin waarom." in words_of(answer.text)
    assert client.get("/groups/oost").status_code == 200


def test_an_officer_puts_a_group_in_the_list(olaf: Person) -> None:
    client = olaf.client()
    submit(client, OOST, to=f"{OOST}/unlist", **{"unlist-reason": "Even niet."})
    assert "De reden: Even niet." in words_of(client.get(OOST).text)

    submit(client, OOST, to=f"{OOST}/list")

    assert client.get("/groups/oost").status_code == 200


def test_an_invitation_is_sent_again_and_taken_back(olaf: Person) -> None:
    client = olaf.client()
    submit(client, f"{OOST}/invite", email="noor@example.org")
    assert "noor@example.org" in client.get(OOST).text

    submit(client, OOST, to=f"{OOST}/invitations/1/again")
    submit(client, OOST, to=f"{OOST}/invitations/2/revoke")

    assert "noor@example.org" not in client.get(OOST).text
    with olaf.app.app_context():
        kept = db.session.scalars(select(Invitation)).all()
        assert [one.revoked_at is not None for one in kept] == [True, True]


def test_whom_a_coordinator_invited_an_officer_does_not_see(olaf: Person, anna: Person) -> None:
    page = "/coordinate/oost/people"
    submit(anna.client(), page, to=f"{page}/invite", **{"invite-email": "noor@example.org"})

    shown = olaf.client().get(OOST).text

    assert "Uitgenodigd" in shown
    assert "noor@example.org" not in shown


def test_a_group_that_nobody_coordinates_is_handed_on(olaf: Person) -> None:
    with olaf.app.app_context():
        for role in coordinators_of(
            db.session.scalar(select(Group.id).where(Group.slug == "oost"))
        ):
            role.until = FOUNDED
        db.session.commit()
    client = olaf.client()
    assert "Niemand coördineert deze groep nu." in words_of(client.get(OOST).text)

    answer = submit(client, OOST, to=f"{OOST}/hand-on", **{"hand-email": "noor@example.org"})

    assert answer.status_code == 303
    with olaf.app.app_context():
        kinds = [one.kind for one in db.session.scalars(select(Letter).order_by(Letter.id))]
        assert kinds == ["office_did", "invitation"]


def test_a_group_with_a_coordinator_offers_no_handing_on(olaf: Person) -> None:
    client = olaf.client()

    assert f"{OOST}/hand-on" not in client.get(OOST).text
    token = form_on(client, OOST)["unlist-csrf_token"]
    data = {"hand-csrf_token": token, "hand-email": "noor@example.org"}
    answer = client.post(f"{OOST}/hand-on", data=data)
    assert answer.status_code == 422
    assert "Deze groep heeft weer een coördinator." in words_of(answer.text)


def test_an_officer_sees_that_a_name_looks_like_another(app: Flask, world: World, olaf: Person):
    with app.app_context():
        find_group("west").name = "\u041e\u043est"
        db.session.commit()

    page = olaf.client().get("/national/groups/oost").text

    assert "maar is met andere letters geschreven" in page
    assert "met andere letters" not in olaf.client().get("/national/").text


def test_an_officer_sees_that_a_name_mixes_scripts(app: Flask, world: World, olaf: Person):
    with app.app_context():
        find_group("west").name = "W\u0435st"
        db.session.commit()

    client = olaf.client()

    assert "twee schriften" in client.get("/national/groups/west").text
    assert "twee schriften" not in client.get("/national/groups/oost").text
