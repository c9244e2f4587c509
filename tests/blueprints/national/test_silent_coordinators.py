"""An officer gives who does not answer a last day; that coordinator stays by one tap."""

from datetime import timedelta

from sqlalchemy import select

from app.db import db
from app.domain.roles import Role
from app.records.accounts import coordinators_of
from app.records.groups import Group
from tests.browsing import form_on, submit, words_of
from tests.people import Person, World

OOST = "/national/groups/oost"
SILENT = f"{OOST}/silent"
DESK = "/coordinate/oost"
ASKED = "Stay Clean krijgt geen antwoord van je."


def test_the_page_names_what_will_happen_and_writes_nothing(olaf: Person, anna: Person) -> None:
    page = words_of(olaf.client().get(SILENT).text)

    assert "coördinator tot en met" in page
    assert "Eén tik is genoeg om te blijven." in page
    assert ASKED not in words_of(anna.client().get(DESK).text)


def test_the_coordinator_reads_it_on_the_desk_and_stays(olaf: Person, anna: Person) -> None:
    office, desk = olaf.client(), anna.client()
    assert SILENT in office.get(OOST).text
    assert submit(office, SILENT, reason="Geen antwoord.").location == OOST
    assert ASKED in words_of(desk.get(DESK).text)

    answer = submit(desk, DESK, to=f"{DESK}/people/stay")

    assert answer.location == DESK
    assert ASKED not in words_of(desk.get(DESK).text)
    again = submit(office, SILENT, reason="Geen antwoord.")
    assert again.status_code == 422
    assert "Deze coördinator zei net nog te blijven." in words_of(again.text)


def test_without_a_reason_nothing_is_set(olaf: Person, anna: Person) -> None:
    answer = submit(olaf.client(), SILENT, reason=" ")

    assert answer.status_code == 422
    assert "Zeg in één zin waarom." in words_of(answer.text)
    assert ASKED not in words_of(anna.client().get(DESK).text)


def test_staying_asks_no_new_log_in(olaf: Person, anna: Person, clock) -> None:
    desk = anna.client()
    submit(olaf.client(), SILENT, reason="Geen antwoord.")
    held = form_on(desk, DESK)
    clock.shift(timedelta(minutes=31).total_seconds())

    answer = desk.post(f"{DESK}/people/stay", data=held)

    assert answer.location == DESK


def test_a_group_with_two_coordinators_settles_it_itself(olaf: Person, world: World) -> None:
    with olaf.app.app_context():
        group = db.session.scalars(select(Group).where(Group.slug == "oost")).one()
        world.person("noor@example.org", "Noor", Role.COORDINATOR, group=group)
        db.session.commit()
    client = olaf.client()

    assert SILENT not in client.get(OOST).text
    assert "Zijn er meer, dan regelen zij het samen." in words_of(client.get(SILENT).text)
    with olaf.app.app_context():
        group = db.session.scalars(select(Group).where(Group.slug == "oost")).one()
        assert [role.until for role in coordinators_of(group.id)] == [None, None]
