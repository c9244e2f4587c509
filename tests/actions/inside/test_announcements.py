"""A word to the circle reaches who has a seat, and nobody else; on both databases."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select, text

from app import clock
from app.actions.inside.announcements import announce, take_back_announcement
from app.actions.retention import forget
from app.actions.seats import Ask, ask_for_seat, confirm_seat
from app.db import db
from app.domain.inside.announcement import MOST, EnoughSaid
from app.domain.retention import ANNOUNCEMENT
from app.formats.letter import word_letter
from app.records.accounts import Account
from app.records.changes import Change
from app.records.groups import Group, find_group
from app.records.inside.announcements import Announcement
from app.records.letters import Letter
from tests.people import World

SOUP = "We eten vooraf zilvermeeuwensoep.\nVanaf zeven uur."


@pytest.fixture
def oost(world_of_each: World) -> Iterator[Group]:
    with world_of_each.app.app_context():
        group = find_group("oost")
        group.capacity = 1
        db.session.commit()
        yield group


@pytest.fixture
def by(oost: Group, world_of_each: World) -> Account:
    return db.session.get_one(Account, world_of_each.anna.id)


def ask(group: Group, name: str, *, comes: bool) -> str:
    contact = f"{name}@example.org"
    key = ask_for_seat(group, Ask(name, "1", contact=contact), ask_key=name).key
    if comes:
        confirm_seat(key, by_mail=True)
    return key


def told() -> list[str]:
    letters = select(Letter).where(Letter.kind == "announcement").order_by(Letter.id)
    return [one.recipient for one in db.session.scalars(letters)]


def page(world: World, key: str) -> str:
    answer = world.app.test_client().get(f"/seat/{key}")
    assert answer.status_code == 200
    return answer.text


def test_who_has_a_seat_reads_it_and_gets_a_letter_and_who_waits_only_if_chosen(
    oost: Group, by: Account, world_of_each: World
):
    kim, noor = ask(oost, "Kim", comes=True), ask(oost, "Noor", comes=True)

    announce(oost, SOUP, for_line=False, by=by)

    assert told() == ["Kim@example.org"]
    assert "zilvermeeuwensoep" in page(world_of_each, kim)
    assert "zilvermeeuwensoep" not in page(world_of_each, noor)

    announce(oost, "Er komt een stoel bij.", for_line=True, by=by)

    assert told() == ["Kim@example.org", "Kim@example.org", "Noor@example.org"]
    assert "Er komt een stoel bij." in page(world_of_each, noor)


def test_who_merely_asked_reads_nothing(oost: Group, by: Account, world_of_each: World):
    asked = ask(oost, "Kim", comes=False)

    announce(oost, SOUP, for_line=True, by=by)

    assert told() == []
    assert "zilvermeeuwensoep" not in page(world_of_each, asked)


def test_the_letter_has_the_words_and_a_subject_that_tells_nothing(oost: Group, by: Account):
    ask(oost, "Kim", comes=True)
    announce(oost, SOUP, for_line=False, by=by)
    sent = []

    def deliver(letter, *_more):
        sent.append(letter)

    from app.actions.parts.news.as_sent import as_sent
    from app.db import writing

    letter = db.session.scalars(select(Letter).where(Letter.kind == "announcement")).one()
    with writing():
        _letter, values = as_sent(letter.id, clock.now())
    subject, body = word_letter("announcement", "nl", values, "https://x")
    assert subject == "Bericht over je plek"
    assert SOUP in body
    assert "Oost" not in body


def test_what_is_taken_back_is_on_no_page_and_in_no_letter_that_still_waits(
    oost: Group, by: Account, world_of_each: World
):
    kim = ask(oost, "Kim", comes=True)
    announce(oost, SOUP, for_line=False, by=by)
    one = db.session.scalars(select(Announcement)).one()

    take_back_announcement(oost, one.id, by=by)

    assert "zilvermeeuwensoep" not in page(world_of_each, kim)
    assert db.session.scalars(select(Announcement)).all() == []


def test_a_button_pressed_twice_says_it_once_and_a_day_has_an_end(oost: Group, by: Account):
    announce(oost, SOUP, for_line=False, by=by)
    announce(oost, SOUP, for_line=False, by=by)
    assert len(db.session.scalars(select(Announcement)).all()) == 1

    for number in range(1, MOST):
        announce(oost, f"Nog iets: {number}", for_line=False, by=by)
    with pytest.raises(EnoughSaid):
        announce(oost, "En nog iets", for_line=False, by=by)


def test_it_is_sealed_in_no_log_and_gone_after_a_while(
    oost: Group, by: Account, world_of_each: World
):
    kim = ask(oost, "Kim", comes=True)
    announce(oost, SOUP, for_line=False, by=by)

    [kept] = db.session.scalars(text("SELECT words FROM announcement"))
    assert b"zilvermeeuw" not in bytes(kept)
    changes = [(one.deed, one.before, one.after) for one in db.session.scalars(select(Change))]
    assert "zilvermeeuw" not in repr(changes)
    assert "announce" in [deed for deed, _, _ in changes]

    world_of_each.at.shift(ANNOUNCEMENT)
    assert "zilvermeeuwensoep" not in page(world_of_each, kim)
    forget(clock.now())
    assert db.session.scalars(select(Announcement)).all() == []


def test_nobody_else_finds_it_anywhere(oost: Group, by: Account, world_of_each: World):
    announce(oost, SOUP, for_line=True, by=by)
    read = {
        "/groups/oost": world_of_each.app.test_client(),
        "/meetings.json": world_of_each.app.test_client(),
        "/coordinate/oost/words": world_of_each.ben.client(),
        "/national/groups/oost": world_of_each.olaf.client(),
        "/national/stay-clean/history": world_of_each.olaf.client(),
    }
    assert {
        address
        for address, client in read.items()
        if "zilvermeeuw" in client.get(address).get_data(as_text=True)
    } == set()
