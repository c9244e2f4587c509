"""Who is officer of a fellowship: invited, taken back, stepped down, and never the last."""

import re

from sqlalchemy import select

from app.db import db
from app.domain.roles import Role
from app.records.accounts import RoleRecord
from app.records.fellowships import Fellowship
from tests.browsing import submit, words_of
from tests.people import Person, World


def test_an_officer_invites_officers_and_takes_that_back(olaf: Person) -> None:
    client = olaf.client()

    answer = submit(client, "/national/stay-clean/officers/invite", email="iris@example.org")

    assert answer.status_code == 303
    page = "/national/stay-clean/officers"
    assert "iris@example.org" in client.get(page).text
    to = re.search(r'action="([^"]*/revoke)"', client.get(page).text)[1]
    assert submit(client, page, to=to).status_code == 303
    assert "iris@example.org" not in client.get(page).text


def test_the_last_officer_reads_why_not(olaf: Person) -> None:
    client = olaf.client()
    page = "/national/stay-clean/officers"

    submit(client, page, to=f"{page}/{olaf.id}/end")

    assert "Nodig eerst een opvolger uit." in words_of(client.get(page).text)


def test_an_officer_who_steps_down_has_no_desk_left(olaf: Person, world: World) -> None:
    with olaf.app.app_context():
        fellowship = db.session.scalars(select(Fellowship)).one()
        world.person("noor@example.org", "Noor", Role.OFFICER, fellowship=fellowship)
        db.session.commit()
    client = olaf.client()
    page = "/national/stay-clean/officers"

    answer = submit(client, page, to=f"{page}/{olaf.id}/end")

    assert answer.location == "/"
    assert client.get(page).status_code == 404
    with olaf.app.app_context():
        held = select(RoleRecord).where(RoleRecord.account_id == olaf.id)
        assert db.session.scalars(held).all() == []


def test_an_overseer_invites_again_and_takes_back(vera: Person) -> None:
    client = vera.client()
    page = "/national/stay-clean/officers"
    submit(client, f"{page}/invite", email="noor@example.org")

    submit(client, page, to=f"{page}/invitations/1/again")
    submit(client, page, to=f"{page}/invitations/2/revoke")

    assert "noor@example.org" not in client.get(page).text
