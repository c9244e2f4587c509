"""Who wants to start a group asks for it; officers say yes, ask back, or say why not yet."""

import re
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
import time_machine
from flask import Flask
from sqlalchemy import text

from app import clock
from app.actions.founding_requests import (
    Asker,
    answer_question,
    ask_for_group,
    confirm_request,
    renew_invitation,
    withdraw_request,
)
from app.actions.groups import set_status
from app.actions.invitations import accept_as_new, invite, invite_again, revoke
from app.actions.national.answering_requests import Plan, answer_not_yet, ask_back, found_as_asked
from app.actions.national.fellowship_end import delete_fellowship, end_fellowship
from app.actions.retention import forget
from app.db import db
from app.domain.founding import NotTheirTurn, RequestIsOver, RequestStatus, wish
from app.domain.meeting import Status
from app.domain.refusal import ChangedMeanwhile, FellowshipIsClosed, LinkIsOver, NotTheirs
from app.domain.roles import Role
from app.domain.seating import Seating
from app.domain.slot import Slot, StartsInThePast
from app.domain.week import Week
from app.records.accounts import Account, find_account
from app.records.changes import Change, ChangeOfGroup
from app.records.fellowships import Fellowship, find_fellowship
from app.records.founding_requests import (
    FoundingRequest,
    fellowships_to_ask,
    open_by_town,
    requests_to,
)
from app.records.groups import Group, find_group
from app.records.invitations import invitations_pending
from app.records.letters import Letter
from tests.people import World

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
NAME, CONTACT, WORDS = "Zilvermeeuw", "zilvermeeuw@example.org", "Samen met mijn oranjevink."
PLAN = Plan(name="Assen", town="Assen")


@pytest.fixture
def both(app_on_each: Flask) -> Iterator[Flask]:
    """The world on each database in turn."""
    World(app_on_each)
    with time_machine.travel(NOON, tick=False):
        yield app_on_each


@pytest.fixture
def stay_clean(both: Flask) -> Iterator[Fellowship]:
    with both.app_context():
        fellowship = find_fellowship("stay-clean")
        assert fellowship is not None
        yield fellowship


@pytest.fixture
def olaf(stay_clean: Fellowship) -> Account:
    account = find_account("olaf@example.org")
    assert account is not None
    return account


def ask(
    fellowship: Fellowship, town: str = "9401", *, number: int = 1, contact: str = CONTACT
) -> str:
    """Ask for a group, and return the key in the letter."""
    asker = Asker(name=NAME, contact=contact, words=WORDS, consent_text="1")
    ask_for_group(fellowship, wish(town, 2, time(20)), asker, ask_key=f"form-{number}")
    return letters("request_confirm")[-1].values["key"]


def ask_and_confirm(fellowship: Fellowship, town: str = "9401", *, number: int = 1) -> str:
    key = ask(fellowship, town, number=number)
    confirm_request(key)
    return key


def the_request() -> FoundingRequest:
    return db.session.query(FoundingRequest).one()


def letters(kind: str) -> list[Letter]:
    return list(db.session.query(Letter).filter_by(kind=kind).order_by(Letter.id))


def after(delta: timedelta):
    return time_machine.travel(NOON + delta, tick=False)


def test_a_request_waits_for_a_yes_by_mail_before_any_officer_knows(stay_clean: Fellowship):
    key = ask(stay_clean)

    assert requests_to(stay_clean.id) == []
    assert open_by_town() == {}
    assert letters("request_waits") == []
    assert [one.fellowship_id for one in db.session.query(Change)] == [None]

    confirm_request(key)

    [told] = letters("request_waits")
    assert told.recipient == "olaf@example.org"
    assert not re.search(f"{NAME}|{CONTACT}|Assen|vink", repr(told.values))
    [request] = requests_to(stay_clean.id)
    assert (request.town, request.province, request.status) == ("Assen", "Drenthe", "asked")
    assert open_by_town() == {("Assen", "Drenthe"): 1}


def test_a_double_click_asks_once_and_a_second_yes_tells_nobody_again(stay_clean: Fellowship):
    key = ask(stay_clean)
    ask(stay_clean)

    assert len(letters("request_confirm")) == 1
    confirm_request(key)
    confirm_request(key)
    assert len(letters("request_waits")) == 1


def test_what_nobody_confirmed_is_forgotten_after_48_hours(stay_clean: Fellowship):
    key = ask(stay_clean)

    with after(timedelta(hours=47)):
        forget(clock.now())
        assert the_request().name == NAME
    with after(timedelta(hours=48)):
        with pytest.raises(LinkIsOver):
            confirm_request(key)
        assert forget(clock.now()).requests == 1
        assert forget(clock.now()).requests == 0
    assert db.session.query(FoundingRequest).count() == 0
    assert letters("request_confirm") == []


def test_a_yes_founds_a_group_in_preparation_and_invites_who_asked(
    stay_clean: Fellowship, olaf: Account
):
    ask_and_confirm(stay_clean)
    since = Week.at(clock.now(), Group(zone="Europe/Amsterdam").timezone) + 4
    slot = Slot(since=since, weekday=2, start=time(20))

    group = found_as_asked(the_request(), Plan("Assen", "Assen", slot), by=olaf)

    assert (group.status, group.town, group.province) == ("preparing", "Assen", "Drenthe")
    assert group.fellowship_id == stay_clean.id
    assert [(one.since, one.weekday, one.start, one.place) for one in group.slots] == [
        (since, 2, time(20), None)
    ]
    assert the_request().group_id == group.id
    [told] = letters("request_founded")
    assert (told.recipient, told.values["slug"], told.values["invited"]) == (CONTACT, "assen", True)
    [invitation] = letters("invitation")
    assert invitation.recipient == CONTACT
    assert open_by_town() == {}
    person = accept_as_new(invitation.values["key"], name="Mees", password_hash="x", language="nl")
    assert [(one.kind, one.group_id) for one in person.roles_held] == [(Role.COORDINATOR, group.id)]


def test_who_is_not_to_coordinate_is_not_invited(stay_clean: Fellowship, olaf: Account):
    ask_and_confirm(stay_clean)

    found_as_asked(the_request(), Plan("Assen", "Assen", invites=False), by=olaf)

    assert letters("invitation") == []
    assert letters("request_founded")[0].values["invited"] is False


def test_a_group_for_the_young_begins_with_a_contact_person(stay_clean: Fellowship, olaf: Account):
    stay_clean.audience = "young"
    db.session.commit()
    ask_and_confirm(stay_clean)

    group = found_as_asked(the_request(), PLAN, by=olaf)

    assert group.seating == Seating.BY_CONTACT


def test_a_week_that_has_been_founds_nothing(stay_clean: Fellowship, olaf: Account):
    ask_and_confirm(stay_clean)
    past = Slot(since=Week.parse("2026-W47"), weekday=2, start=time(20))

    with pytest.raises(StartsInThePast):
        found_as_asked(the_request(), Plan("Assen", "Assen", past), by=olaf)

    assert find_group("assen") is None
    assert the_request().status == RequestStatus.ASKED


def test_a_question_goes_to_and_fro(stay_clean: Fellowship, olaf: Account):
    key = ask_and_confirm(stay_clean)
    with pytest.raises(NotTheirTurn):
        answer_question(key, "Ik zeg nog iets.")

    ask_back(the_request(), "Is er een zaal?", by=olaf)

    assert the_request().status == RequestStatus.ASKED_BACK
    assert letters("request_question")[0].values["question"] == "Is er een zaal?"
    answer_question(key, "De Kom, op dinsdag.")
    assert the_request().status == RequestStatus.ASKED
    assert [(one["by"], one["text"]) for one in the_request().talk or []] == [
        ("officer", "Is er een zaal?"),
        ("asker", "De Kom, op dinsdag."),
    ]
    assert [one.values["why"] for one in letters("request_waits")] == ["asked", "answered"]
    with pytest.raises(NotTheirTurn):
        answer_question(key, "En nog iets.")


def test_not_yet_names_the_reason_and_the_nearest_groups_and_may_become_yes(
    stay_clean: Fellowship, olaf: Account
):
    ask_and_confirm(stay_clean, "Haarlem")

    answer_not_yet(the_request(), "Er is al een groep.", by=olaf)

    [told] = letters("request_not_yet")
    assert told.values["reason"] == "Er is al een groep."
    assert {"name": "West", "slug": "west"} in told.values["nearest"]
    assert open_by_town() == {}
    found_as_asked(the_request(), Plan("Haarlem", "Haarlem"), by=olaf)
    assert the_request().status == RequestStatus.FOUNDED


def test_the_second_officer_hears_that_the_first_answered(stay_clean: Fellowship, olaf: Account):
    ask_and_confirm(stay_clean)
    request = the_request()
    version = request.version

    answer_not_yet(request, "Nog even niet.", by=olaf, version=version)

    with pytest.raises(ChangedMeanwhile) as refused:
        found_as_asked(request, PLAN, by=olaf, version=version)
    assert refused.value.by == "Olaf"
    assert find_group("assen") is None


def test_of_many_answers_at_once_one_is_given(both: Flask, stay_clean: Fellowship, olaf: Account):
    ask_and_confirm(stay_clean)
    number, version, olaf_id = the_request().id, the_request().version, olaf.id
    db.session.rollback()
    opened, outcomes = threading.Barrier(8), []

    def answer() -> None:
        with both.app_context():
            request, by = (
                db.session.get_one(FoundingRequest, number),
                db.session.get_one(Account, olaf_id),
            )
            db.session.rollback()
            opened.wait(timeout=30)
            try:
                found_as_asked(request, PLAN, by=by, version=version)
                outcomes.append("founded")
            except ChangedMeanwhile:
                outcomes.append("too late")
            finally:
                db.session.remove()

    threads = [threading.Thread(target=answer) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["founded"] + ["too late"] * 7
    assert db.session.query(Group).filter_by(town="Assen").count() == 1
    assert len(letters("invitation")) == 1


def test_after_a_yes_nothing_is_answered_any_more(stay_clean: Fellowship, olaf: Account):
    ask_and_confirm(stay_clean)
    found_as_asked(the_request(), PLAN, by=olaf)

    for deed, what in ((ask_back, "?"), (answer_not_yet, "Nee"), (found_as_asked, PLAN)):
        with pytest.raises(RequestIsOver):
            deed(the_request(), what, by=olaf)


@pytest.mark.parametrize("email", ["anna@example.org", "vera@example.org"])
def test_only_officers_of_the_fellowship_answer(stay_clean: Fellowship, email: str):
    ask_and_confirm(stay_clean)
    other = find_account(email)
    assert other is not None

    for deed, what in ((ask_back, "?"), (answer_not_yet, "Nee"), (found_as_asked, PLAN)):
        with pytest.raises(NotTheirs):
            deed(the_request(), what, by=other)


def test_the_asker_is_told_when_it_opens_once(stay_clean: Fellowship, olaf: Account):
    ask_and_confirm(stay_clean)
    group = found_as_asked(the_request(), PLAN, by=olaf)

    set_status(group, Status.ACTIVE, by=None)
    set_status(group, Status.PAUSED, by=None)
    set_status(group, Status.ACTIVE, by=None)

    [told] = letters("request_begins")
    assert (told.recipient, told.values["slug"]) == (CONTACT, "assen")


def test_who_opens_it_is_not_told_what_they_do(stay_clean: Fellowship, olaf: Account):
    ask_and_confirm(stay_clean)
    group = found_as_asked(the_request(), PLAN, by=olaf)
    key = letters("invitation")[0].values["key"]
    mees = accept_as_new(key, name="Mees", password_hash="x", language="nl")

    set_status(group, Status.ACTIVE, by=mees)

    assert letters("request_begins") == []


def everything(table_but: tuple[str, ...] = ()) -> str:
    """Return every row as the house itself reads it: what is sealed is open here."""
    found: list[Any] = []
    for mapper in db.Model.registry.mappers:
        for row in db.session.scalars(sqlalchemy.select(mapper.class_)):
            found.append({one.key: getattr(row, one.key) for one in mapper.column_attrs})
    return repr(found)


@pytest.mark.parametrize("answered", [False, True])
def test_who_withdraws_is_nowhere_any_more(stay_clean: Fellowship, olaf: Account, answered: bool):
    key = ask_and_confirm(stay_clean, "Bij Zilvermeeuw thuis")
    if answered:
        answer_not_yet(the_request(), "Nog niet.", by=olaf)
    assert NAME in everything()  # the control

    withdraw_request(key)

    held = everything()
    for secret in (NAME, CONTACT, WORDS, key):
        assert secret not in held
    assert the_request().status == ("not_yet" if answered else "withdrawn")
    with pytest.raises(LinkIsOver):
        withdraw_request(key)


def test_who_erases_everything_takes_the_invitation_along(stay_clean: Fellowship, olaf: Account):
    key = ask_and_confirm(stay_clean)
    group = found_as_asked(the_request(), PLAN, by=olaf)
    [invitation] = invitations_pending(clock.now(), group_id=group.id)
    assert invitation.shown_address == ""

    withdraw_request(key)

    assert CONTACT not in everything()
    assert invitations_pending(clock.now(), group_id=group.id) == []
    assert the_request().status == RequestStatus.FOUNDED


def test_an_invitation_that_ran_out_is_renewed_by_who_asked(stay_clean: Fellowship, olaf: Account):
    key = ask_and_confirm(stay_clean)
    found_as_asked(the_request(), PLAN, by=olaf)
    with pytest.raises(LinkIsOver):
        renew_invitation(key)

    with after(timedelta(hours=72)):
        renew_invitation(key)
        with pytest.raises(LinkIsOver):
            renew_invitation(key)
        new = letters("invitation")[-1].values["key"]
        accept_as_new(new, name="Mees", password_hash="x", language="nl")
    with after(timedelta(hours=200)), pytest.raises(LinkIsOver):
        renew_invitation(key)


@pytest.mark.parametrize("invites", [True, False])
def test_who_is_not_wanted_as_coordinator_does_not_invite_themselves(
    stay_clean: Fellowship, olaf: Account, invites: bool
):
    key = ask_and_confirm(stay_clean)
    group = found_as_asked(the_request(), Plan("Assen", "Assen", invites=invites), by=olaf)
    for invitation in invitations_pending(clock.now(), group_id=group.id):
        revoke(invitation, by=olaf)

    with after(timedelta(hours=80)), pytest.raises(LinkIsOver):
        renew_invitation(key)


def test_an_officer_who_sends_the_invitation_again_is_not_shown_its_address(
    stay_clean: Fellowship, olaf: Account
):
    key = ask_and_confirm(stay_clean)
    group = found_as_asked(the_request(), PLAN, by=olaf)
    [pending] = invitations_pending(clock.now(), group_id=group.id)

    invite_again(pending, by=olaf)

    [pending] = invitations_pending(clock.now(), group_id=group.id)
    assert (pending.invited_by, pending.email) == (None, CONTACT)
    withdraw_request(key)
    assert CONTACT not in everything()


def test_an_invitation_that_an_officer_typed_stays(stay_clean: Fellowship, olaf: Account):
    key = ask_and_confirm(stay_clean)
    group = found_as_asked(the_request(), PLAN, by=olaf)
    invite(email="noor@example.org", role=Role.COORDINATOR, group=group, by=olaf)

    withdraw_request(key)

    pending = invitations_pending(clock.now(), group_id=group.id)
    assert [one.shown_address for one in pending] == ["noor@example.org"]


def test_who_says_it_was_not_them_leaves_no_row(stay_clean: Fellowship):
    withdraw_request(ask(stay_clean))

    assert db.session.query(FoundingRequest).count() == 0
    assert CONTACT not in everything()


def test_the_log_holds_no_name_no_contact_and_no_word(stay_clean: Fellowship, olaf: Account):
    key = ask_and_confirm(stay_clean)
    ask_back(the_request(), f"Hallo {NAME}, is er een zaal?", by=olaf)
    answer_question(key, WORDS)
    found_as_asked(the_request(), PLAN, by=olaf)
    withdraw_request(key)

    log = repr([(one.deed, one.before, one.after) for one in db.session.query(Change)])
    assert not re.search(f"{NAME}|{CONTACT}|vink|zaal", log)
    assert db.session.query(Change).count() == 6
    [about] = db.session.query(ChangeOfGroup)
    assert db.session.get_one(Change, about.change_id).deed == "found_as_asked"


@pytest.mark.parametrize(
    ("deed", "kept_days"),
    [
        (None, 365),
        (lambda request, by: ask_back(request, "?", by=by), 90),
        (lambda request, by: answer_not_yet(request, "Nee", by=by), 90),
        (lambda request, by: found_as_asked(request, PLAN, by=by), 365),
    ],
    ids=["unanswered", "asked back", "not yet", "in preparation"],
)
def test_a_request_is_forgotten_in_time(
    stay_clean: Fellowship, olaf: Account, deed: Any, kept_days: int
):
    ask_and_confirm(stay_clean)
    if deed:
        deed(the_request(), olaf)

    with after(timedelta(days=kept_days, seconds=-1)):
        forget(clock.now())
        assert the_request().contact == CONTACT
    with after(timedelta(days=kept_days)):
        forget(clock.now())
        assert db.session.query(FoundingRequest).count() == 0


def test_when_the_group_has_begun_its_request_is_forgotten_after_ninety_days(
    stay_clean: Fellowship, olaf: Account
):
    ask_and_confirm(stay_clean)
    set_status(found_as_asked(the_request(), PLAN, by=olaf), Status.ACTIVE, by=None)

    with after(timedelta(days=90)):
        forget(clock.now())

    assert db.session.query(FoundingRequest).count() == 0
    assert find_group("assen") is not None


def test_where_no_yes_is_needed_a_confirmed_request_founds_the_group_at_once(
    stay_clean: Fellowship,
):
    stay_clean.new_groups_need_yes = False
    db.session.commit()
    key = ask(stay_clean)
    assert find_group("assen") is None

    confirm_request(key)

    group = find_group("assen")
    assert group is not None
    assert (group.status, group.slots, the_request().status) == ("preparing", [], "founded")
    assert [one.recipient for one in letters("invitation")] == [CONTACT]
    assert [one.values["why"] for one in letters("request_waits")] == ["founded"]
    assert [one.deed for one in db.session.query(Change)] == ["ask_for_group", "confirm_request"]


def test_what_was_typed_of_a_town_is_never_public_before_an_officer_read_it(
    stay_clean: Fellowship,
):
    stay_clean.new_groups_need_yes = False
    db.session.commit()

    ask_and_confirm(stay_clean, "KOOP HIER PILLEN")

    assert the_request().status == RequestStatus.ASKED
    assert db.session.query(Group).count() == 2
    assert [one.values["why"] for one in letters("request_waits")] == ["asked"]


def test_an_officer_looks_when_a_town_has_a_group_in_preparation_or_many_come_in_a_day(
    stay_clean: Fellowship,
):
    stay_clean.new_groups_need_yes = False
    db.session.commit()
    towns = ["Assen", "Assen", "Emmen", "Hoogeveen", "Meppel", "Coevorden", "Zwolle"]

    for number, town in enumerate(towns):
        ask_and_confirm(stay_clean, town, number=number)

    waiting = [one.town for one in requests_to(stay_clean.id) if one.status == "asked"]
    assert sorted(waiting) == ["Assen", "Zwolle"]
    with after(timedelta(days=1, seconds=1)):
        ask_and_confirm(stay_clean, "Kampen", number=9)
        assert find_group("kampen") is not None


def test_demand_counts_open_requests_by_town_and_leaves_out_what_we_do_not_know(
    stay_clean: Fellowship, olaf: Account
):
    ask_and_confirm(stay_clean, "Assen", number=1)
    ask_and_confirm(stay_clean, "9401 AB", number=2)
    ask_and_confirm(stay_clean, "bij mij thuis, vraag naar Zilvermeeuw", number=3)
    ask(stay_clean, "Emmen", number=4)

    assert open_by_town(stay_clean.id) == {("Assen", "Drenthe"): 2}
    assert open_by_town(stay_clean.id + 1) == {}


def test_a_fellowship_without_an_officer_cannot_be_asked(stay_clean: Fellowship, olaf: Account):
    db.session.add(Fellowship(slug="leeg", name="Leeg", created_at=NOON))
    db.session.commit()
    assert [one.slug for one in fellowships_to_ask()] == ["stay-clean"]

    olaf.active = False
    db.session.commit()

    assert fellowships_to_ask() == []


def overseer() -> Account:
    vera = find_account("vera@example.org")
    assert vera is not None
    return vera


def test_when_a_fellowship_ends_nobody_waits_in_vain(stay_clean: Fellowship, olaf: Account):
    ask_and_confirm(stay_clean, "Assen", number=1)
    late = ask(stay_clean, "Emmen", number=2)

    end_fellowship(stay_clean, by=overseer())

    [told] = letters("request_not_yet")
    assert (told.recipient, told.values["reason"]) == (CONTACT, "")
    confirm_request(late)
    assert len(letters("request_not_yet")) == 2
    assert len(letters("request_waits")) == 1  # of the first, before the end
    assert {one.status for one in requests_to(stay_clean.id)} == {"not_yet"}
    with pytest.raises(FellowshipIsClosed):
        found_as_asked(requests_to(stay_clean.id)[0], PLAN, by=olaf)


def test_when_a_fellowship_is_deleted_its_askers_hear_it_and_are_forgotten(
    stay_clean: Fellowship,
):
    db.session.add(Fellowship(slug="leeg", name="Leeg", created_at=NOON))
    db.session.commit()
    empty = find_fellowship("leeg")
    assert empty is not None
    key = ask_and_confirm(empty)

    delete_fellowship(empty, by=overseer())

    assert db.session.query(FoundingRequest).count() == 0
    [told] = letters("request_not_yet")
    assert (told.recipient, told.values["key"]) == (CONTACT, "")
    held = everything()
    for secret in (NAME, WORDS, key):
        assert secret not in held


def test_a_fellowship_that_is_closed_cannot_be_asked(stay_clean: Fellowship):
    stay_clean.closed_on = NOON.date()
    db.session.commit()

    assert fellowships_to_ask() == []


def test_what_is_personal_is_sealed_on_the_disk(app: Flask, world: World):
    with app.app_context():
        fellowship = find_fellowship("stay-clean")
        assert fellowship is not None
        ask_and_confirm(fellowship)
        db.session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    file = Path(app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///"))

    held = file.read_bytes() + file.with_name(file.name + "-wal").read_bytes()

    assert b"Assen" in held  # the control
    for secret in (NAME, CONTACT, WORDS):
        assert secret.encode() not in held
