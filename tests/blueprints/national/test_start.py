"""Officers and overseers: their fellowship's groups as a list and numbers, and invitations."""

from sqlalchemy import select

from app import clock
from app.db import db
from app.records.groups import Group
from app.records.invitations import Invitation
from app.records.participants import ParticipantRecord
from tests.browsing import submit, words_of
from tests.people import FOUNDED, Person


def test_no_way_on_an_officers_page_leads_to_a_closed_door(olaf: Person) -> None:
    client = olaf.client()

    page = client.get("/national/").text

    assert 'href="/national/" aria-current="page"' in page
    assert 'href="/coordinate/"' not in page


def test_an_officer_sees_the_groups_of_the_fellowship_as_numbers_and_list(olaf: Person) -> None:
    client = olaf.client()

    assert "2 groepen, 0 deelnemers." in words_of(client.get("/national/").text)
    page = client.get("/national/stay-clean/groups").text
    assert ">Oost</a>" in page
    assert ">West</a>" in page


def test_an_officer_never_sees_a_participant(olaf: Person) -> None:
    with olaf.app.app_context():
        group = db.session.scalars(select(Group).where(Group.slug == "oost")).one()
        db.session.add(
            ParticipantRecord(
                group_id=group.id,
                seat=1,
                alias="Zonnebloem",
                contact="zonnebloem@example.org",
                key_hash="0" * 64,
                consent_at=group.created_at,
                consent_text="1",
                joined_on=FOUNDED,
            )
        )
        db.session.commit()
    client = olaf.client()

    pages = ("/national/", "/national/stay-clean", "/groups/oost", "/", "/meetings.json")

    assert not any("onnebloem" in client.get(page).text for page in pages)


def test_an_officer_founds_a_group_that_is_listed_at_once(olaf: Person) -> None:
    client = olaf.client()

    answer = submit(client, "/national/stay-clean/found", name="Assen", town="Assen")

    assert answer.location == "/national/groups/assen/invite"
    page = client.get("/groups/assen").text
    assert "Deze groep is in oprichting." in page
    with olaf.app.app_context():
        group = db.session.scalars(select(Group).where(Group.slug == "assen")).one()
        assert group.province == "Drenthe"


def test_an_officer_invites_a_coordinator_to_any_group_of_the_fellowship(olaf: Person) -> None:
    answer = submit(olaf.client(), "/national/groups/oost/invite", email="Noor@Example.org")

    assert answer.status_code == 303
    with olaf.app.app_context():
        [invitation] = db.session.scalars(select(Invitation))
        assert (invitation.email, invitation.kind) == ("noor@example.org", "coordinator")


def test_an_address_that_is_none_is_refused_at_its_field(olaf: Person) -> None:
    answer = submit(olaf.client(), "/national/groups/oost/invite", email="noor")

    assert answer.status_code == 422
    assert 'id="email-error"' in answer.text


def test_an_overseer_sees_every_fellowship_and_invites_its_officers(vera: Person) -> None:
    client = vera.client()

    assert "1 organisatie, 2 groepen, 0 deelnemers." in words_of(client.get("/national/").text)
    answer = submit(client, "/national/stay-clean/officers/invite", email="iris@example.org")
    assert answer.status_code == 303


def test_an_overseer_runs_no_fellowship(vera: Person) -> None:
    assert vera.client().get("/national/stay-clean/groups").status_code == 404
    assert vera.client().get("/national/groups/oost/invite").status_code == 404


def test_an_officer_sees_which_invitations_did_not_arrive(olaf: Person) -> None:
    client = olaf.client()
    submit(client, "/national/groups/west/invite", email="x@example.org")
    assert "kwamen niet aan" not in client.get("/national/").text
    with olaf.app.app_context():
        db.session.scalars(select(Invitation)).one().mail_refused_at = clock.now()
        db.session.commit()

    start = client.get("/national/").text

    assert "Deze uitnodigingen kwamen niet aan" in start
    assert ">West</a>" in start
    assert "x@example.org" not in start
    assert "de mail kwam niet aan" in client.get("/national/groups/west").text
