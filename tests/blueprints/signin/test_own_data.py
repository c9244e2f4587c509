"""Of an account everything can be seen, taken along and erased by its owner, and by nobody else."""

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from app import clock
from app.actions.parts.outbox import write_letter
from app.actions.parts.transaction import note, transaction
from app.db import db
from app.domain.meeting import Status
from app.domain.roles import Role
from app.records.accounts import Account, RoleRecord
from app.records.changes import Change
from app.records.contacts import ContactRecord
from app.records.fellowships import Fellowship
from app.records.groups import find_group
from app.records.invitations import Invitation
from app.records.letters import Letter
from tests.addresses import csrf_token
from tests.browsing import submit, words_of
from tests.people import FOUNDED, PASSWORD, Person, World

pytestmark = pytest.mark.usefixtures("clock")
KEPT, ERASE = "/account/kept", "/account/erase"


def give(app: Flask, who: Person, kind: Role, slug: str | None = None, office: int | None = None):
    with app.app_context():
        group = find_group(slug) if slug else None
        db.session.add(
            RoleRecord(
                account_id=who.id,
                kind=kind,
                group_id=group.id if group else None,
                fellowship_id=office,
                since=FOUNDED,
            )
        )
        db.session.commit()


@pytest.fixture
def shared(app: Flask, world: World) -> World:
    """Ben coordinates Oost with Anna; she is its contact person, and got a letter."""
    give(app, world.ben, Role.COORDINATOR, "oost")
    with app.app_context():
        group = find_group("oost")
        contact = ContactRecord(
            position=1, name="Anna", email="anna@example.org", phone="+31612345678",
            shows_phone=True, agreed_at=clock.now(),
        )  # fmt: skip
        group.contacts.append(contact)
        db.session.commit()
        anna = db.session.get_one(Account, world.anna.id)

        @transaction
        def deeds() -> None:
            note("edit_listing", by=anna, groups=[find_group("oost")])
            write_letter("new_device", to=anna.email, language="nl", values={"name": "Anna"})
            write_letter("new_device", to="ben@example.org", language="nl")

        deeds()
    return world


def count(app: Flask, table: type) -> int:
    with app.app_context():
        return len(db.session.scalars(select(table)).all())


def bytes_on_disk(app: Flask) -> bytes:
    file = Path(app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///"))
    parts = [file, *(file.with_name(file.name + end) for end in ("-wal", "-shm", "-journal"))]
    return b"".join(part.read_bytes() for part in parts if part.exists())


def dump(app: Flask) -> str:
    with app.app_context():
        names = sqlalchemy.inspect(db.engine).get_table_names()
        return repr([db.session.execute(text(f'SELECT * FROM "{one}"')).all() for one in names])


def test_the_page_and_the_file_hold_all_there_is(app: Flask, shared: World):
    client = shared.anna.client()

    page = words_of(client.get(KEPT).text)
    for said in (
        "anna@example.org",
        "Coördinator van Oost",
        "+31612345678",
        "Vermelding veranderd",
    ):
        assert said in page
    answer = client.get("/account/kept.json")
    held = answer.json
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert [one["group"] for one in held["roles"]] == ["Oost"]
    assert [one["phone"] for one in held["contact_person"]] == ["+31612345678"]
    assert [one["device"] for one in held["devices"]] == ["Firefox, Linux"]
    assert [one["kind"] for one in held["letters"]] == ["new_device"]
    assert "edit_listing" in [one["deed"] for one in held["log"]]
    assert "ben@example.org" not in answer.text


def test_every_table_that_points_to_an_account_is_in_the_file(app: Flask, shared: World):
    pointing = {
        table.name
        for table in db.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == "account"
    }
    told = {
        "role": "roles", "login": "devices", "passkey": "passkeys", "change": "log",
        "invitation": "invitations_by_you", "link": "links_in_letters",
        "work_mark": "points_put_aside",
        "work_owner": "points_looked_after",
        "list_run": "long_lists",
    }  # fmt: skip

    # Of a request for a group only that an officer answered it: that stands in the log too.
    assert pointing - {"founding_request"} == set(told)
    assert set(told.values()) <= set(shared.anna.client().get("/account/kept.json").json)


@pytest.mark.parametrize(("answer", "left"), [("gone", 0), ("stays", 1)])
def test_it_is_erased_by_its_owner_and_the_other_hears(
    app: Flask, shared: World, answer: str, left: int
):
    client = shared.anna.client()

    assert submit(client, ERASE, password=PASSWORD).status_code == 422
    done = submit(client, ERASE, password=PASSWORD, contact=answer)

    assert (done.status_code, done.location) == (303, "/account/erased")
    after = client.get(done.location)
    assert after.status_code == 200
    assert "Je account is gewist" in after.text
    assert client.get("/account").location.startswith("/login")
    assert count(app, ContactRecord) == left
    with app.app_context():
        kinds = {one.kind: one for one in db.session.scalars(select(Letter))}
        assert kinds["service_handed_on"].recipient == "ben@example.org"
        assert kinds["service_handed_on"].values["contact"] == answer
        assert {one.recipient for one in kinds.values()} == {"ben@example.org"}


def test_nothing_of_it_is_left_on_the_disk(app: Flask, shared: World):
    with app.app_context():
        db.session.get_one(Account, shared.anna.id).name = "Annemarijke"
        db.session.commit()
    assert b"anna@example.org" in bytes_on_disk(app)  # the control
    assert b"Annemarijke" in bytes_on_disk(app)

    done = submit(shared.anna.client(), ERASE, password=PASSWORD, contact="gone")

    assert done.status_code == 303
    held = bytes_on_disk(app).decode("latin-1") + dump(app)
    for secret in ("anna@example.org", "Annemarijke", "uniquifier-of-anna"):
        assert secret not in held


def test_the_log_keeps_what_was_done_by_nobody(app: Flask, shared: World):
    submit(shared.anna.client(), ERASE, password=PASSWORD, contact="gone")

    with app.app_context():
        deeds = {one.deed: one for one in db.session.scalars(select(Change))}
        assert deeds["edit_listing"].account_id is None
    page = words_of(shared.ben.client().get("/coordinate/oost/changes").text)
    assert "Iemand die hier gestopt is" in page
    assert "Gestopt, en het account gewist" in page


def test_a_wrong_password_erases_nothing(app: Flask, shared: World):
    refused = submit(shared.anna.client(), ERASE, password="fout", contact="gone")

    assert refused.status_code == 422
    assert "Dit wachtwoord klopt niet" in refused.text
    assert count(app, Account) == 4


def alone_in_oost(app: Flask, world: World) -> tuple[Person, str]:
    return world.anna, "Nodig een opvolger uit voor Oost"


def last_officer(app: Flask, world: World) -> tuple[Person, str]:
    return world.olaf, "Zorg voor een tweede beheerder van Stay Clean"


def last_overseer(app: Flask, world: World) -> tuple[Person, str]:
    return world.vera, "Zorg voor een tweede koepelbeheerder"


@pytest.mark.parametrize("who", [alone_in_oost, last_officer, last_overseer])
def test_who_is_the_last_reads_first_what_to_do(
    app: Flask, world: World, who: Callable[[Flask, World], tuple[Person, str]]
):
    person, says = who(app, world)
    client = person.client()

    page = client.get(ERASE)
    assert says in words_of(page.text)
    refused = client.post(ERASE, data={"password": PASSWORD, "csrf_token": token(client)})

    assert refused.status_code == 422
    assert "Dit kan nog niet" in refused.text
    assert count(app, Account) == 4


def token(client: FlaskClient) -> str:
    return csrf_token(client.application, client)


def test_a_group_that_has_stopped_holds_nobody(app: Flask, world: World):
    with app.app_context():
        find_group("oost").status = Status.CLOSED
        db.session.commit()

    assert submit(world.anna.client(), ERASE, password=PASSWORD).status_code == 303


def test_an_officer_with_a_successor_and_an_overseer_go_too(app: Flask, world: World):
    give(app, world.anna, Role.OFFICER, office=world.fellowship_id)
    give(app, world.ben, Role.OVERSEER)

    for person in (world.olaf, world.vera):
        assert submit(person.client(), ERASE, password=PASSWORD).status_code == 303
    assert count(app, Account) == 2
    assert count(app, Fellowship) == 1


def test_who_left_a_group_still_finds_the_entry_that_stayed(app: Flask, shared: World):
    anna = shared.anna
    leave = "/coordinate/oost/people/leave"
    submit(anna.client(), "/coordinate/oost/people", to=leave, leave__contact="stays")

    page = anna.client().get(ERASE)
    assert "Je staat ook als contactpersoon" in page.text
    submit(anna.client(), ERASE, password=PASSWORD, contact="gone")
    assert count(app, ContactRecord) == 0


def test_an_account_without_a_task_lands_on_its_own_page_after_logging_in(
    app: Flask, shared: World
):
    submit(
        shared.anna.client(), "/coordinate/oost/people", to="/coordinate/oost/people/leave",
        leave__contact="gone",
    )  # fmt: skip

    fields = {"email": "anna@example.org", "password": PASSWORD}
    assert submit(app.test_client(), "/login", **fields).location == "/account"


def test_the_invitation_that_it_began_with_goes_along(app: Flask, shared: World):
    with app.app_context():
        group = find_group("oost")
        for email in ("Anna@example.org", "kees@example.org"):
            db.session.add(
                Invitation(
                    key_hash=email, email=email, kind="coordinator", group_id=group.id,
                    created_at=clock.now(), expires_at=clock.now(),
                )
            )  # fmt: skip
        db.session.commit()

    submit(shared.anna.client(), ERASE, password=PASSWORD, contact="gone")

    assert count(app, Invitation) == 1
