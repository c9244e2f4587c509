"""Every deed of a coordinator on something public confirms; ageing listings are asked about."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.actions.confirmation import ask_whether_right, confirm_by_link, confirm_listing
from app.actions.contacts import ContactEdit, put_contact_first, remove_contact, write_contact
from app.actions.coordinators import end_service, leave_group
from app.actions.groups import set_status
from app.actions.places import PlaceEdit, edit_place
from app.actions.second_group import found_sister
from app.actions.slots import set_slot, withdraw_slot
from app.db import db
from app.domain.confirmation import NothingTicked
from app.domain.meeting import Status
from app.domain.refusal import LinkIsOver, NotTheirs
from app.domain.roles import Role
from app.domain.slot import Slot
from app.domain.week import Week
from app.records.accounts import Account, RoleRecord, find_account
from app.records.changes import Change, changes_of
from app.records.contacts import ContactRecord
from app.records.groups import Group, find_group
from app.records.letters import Letter
from app.records.links import Link
from tests.people import World

NOW = datetime.fromisoformat("2026-11-23T12:00+01:00")
TODAY = NOW.date()
LONG_AGO = date(2026, 1, 5)
NOOR = ContactEdit(name="Noor", email="noor@example.org")


@pytest.fixture(autouse=True)
def here(app: Flask, world: World):
    """Oost and West, confirmed long ago."""
    with time_machine.travel(NOW, tick=False), app.app_context():
        for slug in ("oost", "west"):
            find_group(slug).confirmed_on = LONG_AGO
        db.session.commit()
        yield


def oost() -> Group:
    return find_group("oost")


def anna() -> Account:
    return find_account("anna@example.org")


def add_role(email: str, slug: str) -> None:
    """Let someone coordinate one more group."""
    group = find_group(slug)
    role = RoleRecord(
        account_id=find_account(email).id,
        kind=Role.COORDINATOR,
        group_id=group.id,
        since=LONG_AGO,
    )
    db.session.add(role)
    db.session.commit()


def letters() -> list[Letter]:
    return list(db.session.scalars(select(Letter).where(Letter.kind == "whether_right")))


def run_all(days: int) -> int:
    """Let the question run on each day, and return how many letters Anna got."""
    asked = 0
    for number in range(days):
        with time_machine.travel(NOW + timedelta(days=number), tick=False):
            ask_whether_right((NOW + timedelta(days=number)).date())
            asked = len([one for one in letters() if one.recipient == "anna@example.org"])
    return asked


def with_contact(deed: Callable) -> Callable:
    def run(by):
        write_contact(oost(), NOOR, by=None)
        deed(by)

    return run


WEEK = Week.parse("2026-W50")
DEEDS = {
    "confirm_listing": lambda by: confirm_listing(oost(), by=by),
    "set_slot": lambda by: set_slot(oost(), Slot(since=WEEK, weekday=2, start=time(20)), by=by),
    "set_status": lambda by: set_status(oost(), Status.PAUSED, by=by),
    "write_contact": lambda by: write_contact(oost(), NOOR, by=by),
    "remove_contact": with_contact(lambda by: remove_contact(oost(), 1, by=by)),
    "put_contact_first": with_contact(lambda by: put_contact_first(oost(), 1, by=by)),
    "edit_place": lambda by: edit_place(
        oost(), oost().slots[0].place, PlaceEdit(kind="building"), position=None, by=by
    ),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_a_deed_of_a_coordinator_on_what_is_public_confirms(deed: str):
    DEEDS[deed](anna())

    assert oost().confirmed_on == TODAY


@pytest.mark.parametrize("deed", [deed for deed in DEEDS if deed != "confirm_listing"])
def test_the_same_deed_of_the_installation_confirms_nothing(deed: str):
    DEEDS[deed](None)

    assert oost().confirmed_on == LONG_AGO


def test_withdrawing_a_standing_time_confirms_too():
    set_slot(oost(), Slot(since=WEEK, weekday=2, start=time(20)), by=None)

    withdraw_slot(oost(), WEEK, by=anna())

    assert oost().confirmed_on == TODAY


def test_a_sister_group_begins_confirmed():
    sister = found_sister(oost(), name="Oost 2", weekday=2, start=time(20), by=anna())

    assert sister.confirmed_on == TODAY


def test_what_is_said_about_people_confirms_nothing():
    end_service(oost(), until=date(2026, 12, 31), note_for_successor="", by=anna())

    assert oost().confirmed_on == LONG_AGO


def test_mending_a_place_confirms_no_other_group_that_meets_there():
    west = find_group("west")
    west.slots[0].place_id = oost().slots[0].place_id
    db.session.commit()

    DEEDS["edit_place"](anna())

    assert (oost().confirmed_on, find_group("west").confirmed_on) == (TODAY, LONG_AGO)


def test_nobody_confirms_a_group_of_others():
    with pytest.raises(NotTheirs):
        confirm_listing(find_group("west"), by=anna())


def test_a_confirmation_is_in_the_log():
    confirm_listing(oost(), by=anna())

    (change,) = changes_of(oost().id)
    assert (change.deed, change.account.name) == ("confirm_listing", "Anna")
    assert (change.before["confirmed_on"], change.after["confirmed_on"]) == (
        "2026-01-05",
        "2026-11-23",
    )


def test_each_coordinator_of_an_aged_listing_gets_one_letter_and_one_only():
    add_role("ben@example.org", "oost")

    assert ask_whether_right(TODAY) == 2
    assert ask_whether_right(TODAY) == 0

    found = {one.recipient: one.values["groups"] for one in letters()}
    assert found == {"anna@example.org": ["Oost"], "ben@example.org": ["Oost", "West"]}
    (change,) = db.session.scalars(select(Change).where(Change.deed == "ask_whether_right"))
    assert change.account_id is None


def test_the_key_in_the_letter_is_kept_as_a_hash_alone():
    ask_whether_right(TODAY)

    link = db.session.scalar(select(Link).where(Link.account_id == anna().id))
    key = next(one for one in letters() if one.recipient == "anna@example.org").values["key"]
    assert len(key) >= 22
    assert len(link.key_hash) == 64
    assert key not in link.key_hash
    assert (link.expires_at - link.created_at) == timedelta(days=30)


@pytest.mark.parametrize(
    ("status", "days_ago", "asked"),
    [
        (Status.ACTIVE, 56, 0),
        (Status.ACTIVE, 57, 1),
        (Status.PREPARING, 57, 1),
        (Status.PAUSED, 57, 0),
        (Status.CLOSED, 57, 0),
        (Status.ACTIVE, None, 1),
    ],
)
def test_only_groups_that_meet_or_prepare_to_are_asked_about(status, days_ago, asked: int):
    group = oost()
    group.status = status
    group.confirmed_on = None if days_ago is None else TODAY - timedelta(days=days_ago)
    find_group("west").confirmed_on = TODAY
    db.session.commit()

    assert ask_whether_right(TODAY) == asked


def test_the_fellowship_says_when_a_confirmation_has_aged():
    oost().confirmed_on = TODAY - timedelta(weeks=8)
    oost().fellowship.confirm_after = 7
    db.session.commit()

    ask_whether_right(TODAY)

    assert "anna@example.org" in [one.recipient for one in letters()]


def test_silence_is_asked_three_times_four_weeks_apart_and_then_left_in_peace():
    assert run_all(28) == 1
    assert run_all(29) == 2
    assert run_all(57) == 3
    assert run_all(120) == 3


def test_after_a_confirmation_the_asking_begins_anew():
    run_all(57)
    oost().confirmed_on = (NOW + timedelta(days=60)).date()
    db.session.commit()

    assert run_all(60 + 56) == 3
    assert run_all(60 + 58) == 4


def the_key() -> str:
    return next(one for one in letters() if one.recipient == "anna@example.org").values["key"]


def test_the_link_confirms_what_is_ticked_once_as_one_change_by_its_owner():
    add_role("anna@example.org", "west")
    ask_whether_right(TODAY)

    right, others = confirm_by_link(the_key(), ["oost"])

    assert ([one.slug for one in right], [one.slug for one in others]) == (["oost"], ["west"])
    assert (oost().confirmed_on, find_group("west").confirmed_on) == (TODAY, LONG_AGO)
    (change,) = db.session.scalars(select(Change).where(Change.deed == "confirm_by_link"))
    assert change.account.name == "Anna"
    with pytest.raises(LinkIsOver):
        confirm_by_link(the_key(), ["west"])
    assert find_group("west").confirmed_on == LONG_AGO


def test_a_link_confirms_no_group_that_is_not_in_its_letter():
    ask_whether_right(TODAY)

    right, _ = confirm_by_link(the_key(), ["oost", "west"])

    assert [one.slug for one in right] == ["oost"]


def test_nothing_ticked_leaves_the_link_open():
    ask_whether_right(TODAY)

    with pytest.raises(NothingTicked):
        confirm_by_link(the_key(), [])

    assert confirm_by_link(the_key(), ["oost"])


@pytest.mark.parametrize(("days", "is_over"), [(29, False), (30, True)])
def test_a_link_lasts_thirty_days(days: int, is_over: bool):
    ask_whether_right(TODAY)

    with time_machine.travel(NOW + timedelta(days=days), tick=False):
        if is_over:
            with pytest.raises(LinkIsOver):
                confirm_by_link(the_key(), ["oost"])
        else:
            assert confirm_by_link(the_key(), ["oost"])


def test_a_link_does_nothing_for_a_group_that_its_owner_left():
    add_role("ben@example.org", "oost")
    ask_whether_right(TODAY)
    leave_group(oost(), by=anna())

    with pytest.raises(LinkIsOver):
        confirm_by_link(the_key(), ["oost"])

    assert oost().confirmed_on == LONG_AGO


def test_a_contact_persons_own_yes_confirms_nothing():
    write_contact(oost(), NOOR, by=None)

    assert db.session.scalar(select(ContactRecord.agreed_at)) is None
    assert oost().confirmed_on == LONG_AGO
