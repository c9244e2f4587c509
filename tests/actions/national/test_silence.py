"""A coordinator who does not answer gets a last day, a letter, and one tap to stay."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.actions.coordinators import ask_who_follows, end_service
from app.actions.national.officers import hand_on
from app.actions.national.silence import end_silent_service, stay
from app.db import db
from app.domain.refusal import NotTheirs
from app.domain.roles import HasAnswered, OthersCoordinate, Role, SomebodyCoordinates
from app.records.accounts import Account, coordinators_of
from app.records.changes import Change, last_day_is_of_office
from app.records.groups import Group
from app.records.letters import Letter
from tests.people import NOON, World

WHY = "We krijgen geen antwoord."
WEEK_ON = NOON.date() + timedelta(days=7)


@pytest.fixture
def olaf(oost: Group, world: World) -> Account:
    return db.session.get_one(Account, world.olaf.id)


def letters() -> list[tuple[str, str]]:
    written = db.session.scalars(select(Letter).order_by(Letter.id))
    return [(one.kind, one.recipient) for one in written]


def last_day(group: Group) -> date | None:
    [role] = coordinators_of(group.id)
    return role.until


def test_who_does_not_answer_gets_a_last_day_and_reads_why(oost, olaf):
    end_silent_service(oost, reason=WHY, by=olaf)

    assert last_day(oost) == WEEK_ON
    [letter] = db.session.scalars(select(Letter))
    assert (letter.kind, letter.recipient) == ("still_there", "anna@example.org")
    assert (letter.values["reason"], letter.values["until"]) == (WHY, WEEK_ON.isoformat())
    [change] = db.session.scalars(select(Change))
    assert (change.deed, change.before) == ("end_silent_service", {"until": ""})


def test_one_tap_takes_the_last_day_back_and_the_office_hears_it(oost, olaf, anna):
    end_silent_service(oost, reason=WHY, by=olaf)

    stay(oost, by=anna)

    assert last_day(oost) is None
    assert letters()[-1] == ("group_did", "olaf@example.org")
    assert db.session.scalars(select(Change.deed).order_by(Change.id)).all()[-1] == "stay"


def test_who_takes_back_a_last_day_of_their_own_tells_nobody(oost, anna):
    end_service(oost, until=WEEK_ON, note_for_successor="", by=anna)

    stay(oost, by=anna)

    assert (last_day(oost), letters()) == (None, [])


@pytest.mark.parametrize(("days", "may"), [(27, False), (28, True)])
def test_who_said_to_stay_is_left_in_peace_for_four_weeks(oost, olaf, anna, days, may):
    end_silent_service(oost, reason=WHY, by=olaf)
    stay(oost, by=anna)

    with time_machine.travel(NOON + timedelta(days=days), tick=False):
        if may:
            end_silent_service(oost, reason=WHY, by=olaf)
        else:
            with pytest.raises(HasAnswered):
                end_silent_service(oost, reason=WHY, by=olaf)

    assert (last_day(oost) is not None) is may


def test_an_earlier_last_day_of_their_own_stays_and_no_letter_goes(oost, olaf, anna):
    end_service(oost, until=NOON.date(), note_for_successor="", by=anna)

    end_silent_service(oost, reason=WHY, by=olaf)

    assert (last_day(oost), letters()) == (NOON.date(), [])
    [role] = coordinators_of(oost.id)
    assert not last_day_is_of_office(role)


def test_where_two_coordinate_the_office_ends_nobody(oost, olaf, world):
    world.person("noor@example.org", "Noor", Role.COORDINATOR, group=oost)
    db.session.commit()

    with pytest.raises(OthersCoordinate):
        end_silent_service(oost, reason=WHY, by=olaf)
    assert [role.until for role in coordinators_of(oost.id)] == [None, None]


def test_only_an_officer_of_the_fellowship_may(oost, anna, world):
    for other in (anna, db.session.get_one(Account, world.vera.id)):
        with pytest.raises(NotTheirs):
            end_silent_service(oost, reason=WHY, by=other)


def test_one_letter_about_the_last_day_is_enough(oost, olaf):
    end_silent_service(oost, reason=WHY, by=olaf)

    ask_who_follows(NOON.date())

    assert letters() == [("still_there", "anna@example.org")]


@pytest.mark.parametrize(("days", "may"), [(7, False), (8, True)])
def test_the_group_is_handed_on_from_the_day_after(oost, olaf, days, may):
    end_silent_service(oost, reason=WHY, by=olaf)

    with time_machine.travel(NOON + timedelta(days=days), tick=False):
        if may:
            hand_on(oost, email="noor@example.org", by=olaf)
        else:
            with pytest.raises(SomebodyCoordinates):
                hand_on(oost, email="noor@example.org", by=olaf)

    assert len(coordinators_of(oost.id)) == (0 if may else 1)


def test_who_no_longer_coordinates_cannot_stay(oost, olaf, anna):
    end_silent_service(oost, reason=WHY, by=olaf)
    with time_machine.travel(NOON + timedelta(days=8), tick=False):
        hand_on(oost, email="noor@example.org", by=olaf)

        with pytest.raises(NotTheirs):
            stay(oost, by=anna)
