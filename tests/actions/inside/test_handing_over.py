"""A group is handed over: offered, accepted, and then told to the circle without a name."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.actions.contacts import (
    ContactEdit,
    agree_to_contact,
    ask_whose_service_ended,
    end_unanswered_yes,
    write_contact,
)
from app.actions.coordinators import end_service, leave_group, undo_joining
from app.actions.inside.handing_over import offer_group
from app.actions.inside.stand_ins import end_stand_ins, invite_stand_in
from app.actions.invitations import accept, accept_as_new, invite, invite_again, revoke
from app.actions.seats import Ask, ask_for_seat, confirm_seat
from app.db import db
from app.domain.inside.handing_over import Afterwards, HandsOverToOneself
from app.domain.refusal import LinkIsOver, NotTheirs
from app.domain.retention import SILENCE
from app.domain.roles import Role
from app.records.accounts import Account, coordinators_of
from app.records.contacts import ContactRecord
from app.records.groups import Group, find_group
from app.records.invitations import Invitation
from app.records.letters import Letter
from tests.people import NOON, World

TODAY = NOON.date()


@pytest.fixture
def oost(world_of_each: World) -> Iterator[Group]:
    with world_of_each.app.app_context():
        yield find_group("oost")


@pytest.fixture
def anna(oost: Group, world_of_each: World) -> Account:
    return db.session.get_one(Account, world_of_each.anna.id)


def offer(oost: Group, anna: Account, afterwards: Afterwards = Afterwards.GONE) -> str:
    return offer_group(
        oost,
        email="mees@example.org",
        afterwards=afterwards,
        note_for_successor="De huur gaat op de eerste.",
        by=anna,
    )


def begin(key: str) -> Account:
    return accept_as_new(key, name="Mees", password_hash="x", language="nl")


def anna_is_contact(oost: Group, anna: Account) -> None:
    write_contact(oost, ContactEdit(anna.name, anna.email), by=anna)
    agree_to_contact(letters("contact_yes")[-1].values["key"])


def letters(kind: str) -> list[Letter]:
    return list(db.session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id)))


def names(group: Group) -> list[str]:
    return [role.account.name for role in coordinators_of(group.id)]


def contacts() -> list[ContactRecord]:
    return list(db.session.scalars(select(ContactRecord)))


def test_until_somebody_says_yes_all_stays_as_it_is(oost: Group, anna: Account):
    offer(oost, anna)

    assert names(oost) == ["Anna"]
    assert oost.taken_over_on is None
    assert letters("invitation")[0].values["takes_over"] is True


@pytest.mark.parametrize(
    ("afterwards", "who", "entries"),
    [
        (Afterwards.GONE, ["Mees"], 0),
        (Afterwards.CONTACT, ["Mees"], 1),
        (Afterwards.COORDINATES, ["Anna", "Mees"], 1),
    ],
)
def test_who_hands_over_does_what_they_chose(
    oost: Group, anna: Account, afterwards: Afterwards, who: list[str], entries: int
):
    anna_is_contact(oost, anna)

    begin(offer(oost, anna, afterwards))

    assert names(oost) == who
    assert len(contacts()) == entries
    assert oost.taken_over_on == TODAY
    told = [one.values["contact"] for one in letters("handed_over")]
    assert told == ([bool(entries)] if afterwards.stops else [])


def test_the_note_comes_to_who_took_over(oost: Group, anna: Account):
    begin(offer(oost, anna))

    [letter] = letters("service_handed_on")
    assert letter.recipient == "mees@example.org"
    assert letter.values["note"] == "De huur gaat op de eerste."


def test_everyone_with_a_seat_is_told_and_no_letter_names_anybody(oost: Group, anna: Account):
    for alias, contact in (("Kim", "kim@example.org"), ("Lou", "")):
        asked = Ask(alias=alias, consent_text="1", contact=contact)
        confirm_seat(ask_for_seat(oost, asked, ask_key=alias).key, by_mail=True)

    begin(offer(oost, anna))

    told = letters("taken_over")
    assert [one.recipient for one in told] == ["kim@example.org"]
    assert set(told[0].values) == {"group", "slug", "key"}


def test_a_stand_in_who_takes_over_stays_for_good(oost: Group, anna: Account):
    last = TODAY + timedelta(days=7)
    key = invite_stand_in(oost, email="mees@example.org", first=TODAY, last=last, by=anna)
    mees = begin(key)

    accept(offer(oost, anna), by=mees)

    [role] = coordinators_of(oost.id)
    assert (role.account.name, role.stands_in, role.until) == ("Mees", False, None)


def test_who_coordinates_with_her_takes_over_too(oost: Group, anna: Account):
    mees = begin(invite(email="mees@example.org", role=Role.COORDINATOR, group=oost, by=anna))

    accept(offer(oost, anna), by=mees)

    assert names(oost) == ["Mees"]


def test_whom_the_office_brought_in_reads_the_circle_once_it_is_handed_over(
    oost: Group, anna: Account, world_of_each: World
):
    olaf = db.session.get_one(Account, world_of_each.olaf.id)
    mees = begin(invite(email="mees@example.org", role=Role.COORDINATOR, group=oost, by=olaf))
    assert not coordinators_of(oost.id)[1].reads(clock.now())

    accept(offer(oost, anna), by=mees)

    assert [role.reads(clock.now()) for role in coordinators_of(oost.id)] == [True]


def test_nobody_hands_over_to_themselves_or_what_they_only_stand_in_for(oost: Group, anna: Account):
    with pytest.raises(HandsOverToOneself):
        offer_group(
            oost,
            email="Anna@Example.org",
            afterwards=Afterwards.GONE,
            note_for_successor="",
            by=anna,
        )
    mees = begin(invite_stand_in(oost, email="mees@example.org", first=TODAY, last=TODAY, by=anna))
    with pytest.raises(NotTheirs):
        offer_group(
            oost,
            email="cor@example.org",
            afterwards=Afterwards.GONE,
            note_for_successor="",
            by=mees,
        )


def test_an_offer_that_is_sent_again_hands_over_and_one_taken_back_does_not(
    oost: Group, anna: Account
):
    offer(oost, anna)
    key = invite_again(db.session.scalars(select(Invitation)).one(), by=anna)
    sent_again = db.session.scalars(select(Invitation).order_by(Invitation.id.desc())).first()
    assert sent_again.afterwards == Afterwards.GONE

    revoke(sent_again, by=anna)
    with pytest.raises(LinkIsOver):
        begin(key)
    assert names(oost) == ["Anna"]


def offered_by_mees(oost: Group, anna: Account) -> tuple[Account, str]:
    mees = begin(invite(email="mees@example.org", role=Role.COORDINATOR, group=oost, by=anna))
    key = offer_group(
        oost, email="cor@example.org", afterwards=Afterwards.GONE, note_for_successor="", by=mees
    )
    return mees, key


def test_who_stopped_before_the_yes_is_not_taken_out_twice(oost: Group, anna: Account):
    mees, key = offered_by_mees(oost, anna)
    leave_group(oost, by=mees)

    accept_as_new(key, name="Cor", password_hash="x", language="nl")

    assert names(oost) == ["Anna", "Cor"]


def test_who_is_taken_out_hands_over_to_nobody(oost: Group, anna: Account):
    mees, key = offered_by_mees(oost, anna)
    undo_joining(oost, mees.id, by=anna)

    with pytest.raises(LinkIsOver):
        accept_as_new(key, name="Cor", password_hash="x", language="nl")
    assert names(oost) == ["Anna"]


def test_a_contact_person_whose_last_day_has_been_is_asked_once_and_comes_off_without_an_answer(
    oost: Group, anna: Account, world_of_each: World
):
    anna_is_contact(oost, anna)
    end_service(oost, until=TODAY, note_for_successor="", by=anna)
    assert ask_whose_service_ended(clock.now()) == 0

    world_of_each.at.shift(timedelta(days=1))
    assert ask_whose_service_ended(clock.now()) == 1
    assert ask_whose_service_ended(clock.now()) == 0
    assert contacts()[0].value() is not None

    world_of_each.at.shift(SILENCE)
    assert end_unanswered_yes(clock.now()) == 1
    assert contacts()[0].value() is None


def test_a_yes_after_the_last_day_stands(oost: Group, anna: Account, world_of_each: World):
    anna_is_contact(oost, anna)
    end_service(oost, until=TODAY, note_for_successor="", by=anna)
    world_of_each.at.shift(timedelta(days=1))
    ask_whose_service_ended(clock.now())

    agree_to_contact(letters("contact_still")[-1].values["key"])

    assert ask_whose_service_ended(clock.now()) == 0


@pytest.mark.parametrize("ending", ["undone", "stood_in"])
def test_who_is_taken_out_or_stood_in_is_asked_whether_they_stay_contact_person(
    oost: Group, anna: Account, world_of_each: World, ending: str
):
    if ending == "undone":
        key = invite(email="mees@example.org", role=Role.COORDINATOR, group=oost, by=anna)
    else:
        key = invite_stand_in(oost, email="mees@example.org", first=TODAY, last=TODAY, by=anna)
    mees = begin(key)
    write_contact(oost, ContactEdit("Mees", "mees@example.org"), by=mees)
    agree_to_contact(letters("contact_yes")[-1].values["key"])
    world_of_each.at.shift(timedelta(days=1))

    if ending == "undone":
        undo_joining(oost, mees.id, by=anna)
    else:
        end_stand_ins(clock.now())

    assert [one.recipient for one in letters("contact_still")] == ["mees@example.org"]
