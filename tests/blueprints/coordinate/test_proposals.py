"""What visitors say is wrong: coordinators answer with one tap."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.actions.proposals import accept_proposal
from app.actions.retention import forget
from app.db import db
from app.domain.retention import PROPOSAL_ANSWERED
from app.domain.undoing import TooLateToUndo
from app.domain.week import Week
from app.records.accounts import Account
from app.records.changes import Change
from app.records.groups import Group, find_group
from app.records.letters import Letter
from tests.blueprints.proposals import WRONG, kept, letters
from tests.browsing import submit, words_of
from tests.people import Person

DESK = "/coordinate/oost/proposals"


def test_a_word_about_the_description_is_taken_over_with_one_tap(client, anna: Person) -> None:
    submit(client, WRONG, wrong="listing", description="Met thee.", sender="Kim@Example.org")
    desk = anna.client()
    page = desk.get(DESK).text
    assert "<ins>Met thee.</ins>" in page
    assert "kim@example.org" not in page.lower()

    submit(desk, DESK, to=f"{DESK}/1/accept")

    assert "Met thee." in client.get("/groups/oost").text
    assert "Er staat niets open." in words_of(desk.get(DESK).text)
    with anna.app.app_context():
        assert letters() == [
            ("proposal", "anna@example.org"),
            ("proposal_answered", "Kim@example.org"),
        ]
        [proposal] = kept(anna)
        assert (proposal.state, proposal.sender, proposal.words) == ("accepted", None, None)
        last = db.session.scalars(select(Change).order_by(Change.id.desc()).limit(1)).one()
        assert (last.deed, last.account_id) == ("edit_listing", anna.id)


def test_another_hour_begins_with_the_first_week_that_has_not_met(client, anna: Person) -> None:
    submit(client, WRONG, wrong="time", weekday="3", start="20:00")
    desk = anna.client()
    assert "<ins>woensdag</ins>" in desk.get(DESK).text

    submit(desk, DESK, to=f"{DESK}/1/accept")

    with anna.app.app_context():
        group = find_group("oost")
        slot = max(group.slots, key=lambda one: one.since)
        assert (slot.weekday, f"{slot.start:%H:%M}", slot.minutes) == (3, "20:00", 120)
        assert slot.since - Week.at(clock.now(), group.timezone) in (0, 1)
        assert slot.place is not None


def test_another_building_becomes_a_place_of_the_group(client, anna: Person) -> None:
    submit(client, WRONG, wrong="place", place_name="De Kom", street="Kade 1", postcode="3512 AB")
    desk = anna.client()

    submit(desk, DESK, to=f"{DESK}/1/accept")

    with anna.app.app_context():
        group = find_group("oost")
        place = max(group.slots, key=lambda one: one.since).place
        assert (place.name, place.street, place.owner_id) == ("De Kom", "Kade 1", group.id)
        assert place.latitude is not None


def test_what_nobody_called_wrong_of_a_building_stays(client, anna: Person) -> None:
    submit(client, WRONG, wrong="place", postcode="1015 KE")
    submit(client, WRONG, wrong="place", street="Lindengracht 95")
    desk = anna.client()

    submit(desk, DESK, to=f"{DESK}/1/accept")

    with anna.app.app_context():
        place = max(find_group("oost").slots, key=lambda one: one.since).place
        assert (place.name, place.street) == ("Buurthuis De Linde", "Lindengracht 93")
        assert (place.postcode, place.directions) == ("1015 KE", "De groene deur naast het café.")
        assert place.latitude is not None

    submit(desk, DESK, to=f"{DESK}/2/accept")

    with anna.app.app_context():
        place = max(find_group("oost").slots, key=lambda one: one.since).place
        assert (place.street, place.postcode) == ("Lindengracht 95", "1015 KE")
        assert place.directions == ""


def test_a_building_for_an_online_group_keeps_it_online(client, anna: Person) -> None:
    with anna.app.app_context():
        place = find_group("oost").slots[0].place
        place.kind, place.join_url = "online", "https://example.org/kamer"
        db.session.commit()
    submit(client, WRONG, wrong="place", place_name="De Kom", street="Kade 1")

    submit(anna.client(), DESK, to=f"{DESK}/1/accept")

    with anna.app.app_context():
        place = max(find_group("oost").slots, key=lambda one: one.since).place
        assert (place.kind, place.join_url) == ("both", "https://example.org/kamer")


@pytest.mark.parametrize(
    "said",
    [
        {"wrong": "place", "place_name": "De Kom"},
        {"wrong": "time", "weekday": "3"},
        {"wrong": "time", "start": "20:00"},
    ],
)
def test_nobody_invents_a_standing_time(client, anna: Person, said: dict[str, str]) -> None:
    with anna.app.app_context():
        find_group("oost").slots = []
        db.session.commit()
    submit(client, WRONG, **said)
    desk = anna.client()

    submit(desk, DESK, to=f"{DESK}/1/accept")

    assert "Deze groep heeft nog geen vaste tijd." in words_of(desk.get(DESK).text)
    with anna.app.app_context():
        assert find_group("oost").slots == []
        assert [one.state for one in kept(anna)] == ["open"]


def test_a_whole_time_becomes_the_first_one(client, anna: Person) -> None:
    with anna.app.app_context():
        find_group("oost").slots = []
        db.session.commit()
    submit(client, WRONG, wrong="time", weekday="3", start="20:00")

    submit(anna.client(), DESK, to=f"{DESK}/1/accept")

    with anna.app.app_context():
        [slot] = find_group("oost").slots
        assert (slot.weekday, f"{slot.start:%H:%M}", slot.minutes) == (3, "20:00", 120)


def test_a_group_does_not_begin_before_its_first_week(client, anna: Person) -> None:
    with anna.app.app_context():
        group = find_group("oost")
        first = Week.at(clock.now(), group.timezone) + 4
        group.slots[0].since = first
        db.session.commit()
    submit(client, WRONG, wrong="time", weekday="3")

    submit(anna.client(), DESK, to=f"{DESK}/1/accept")

    with anna.app.app_context():
        [slot] = find_group("oost").slots
        assert (slot.since, slot.weekday) == (first, 3)


def test_a_group_that_is_gone_is_never_closed_by_a_visitor(client, anna: Person) -> None:
    submit(client, WRONG, wrong="gone")
    desk = anna.client()

    submit(desk, DESK, to=f"{DESK}/1/accept")

    assert client.get("/groups/oost").status_code == 200
    with anna.app.app_context():
        assert find_group("oost").status == "active"


def test_what_changed_since_it_was_shown_is_shown_anew(client, anna: Person) -> None:
    submit(client, WRONG, wrong="listing", description="Met thee.")
    desk = anna.client()
    with anna.app.app_context():
        shown = find_group("oost").version
        find_group("oost").version = shown + 1
        db.session.commit()

    submit(desk, DESK, to=f"{DESK}/1/accept", version=str(shown))

    assert "Neem dit over" in desk.get(DESK).text
    assert "Met thee." not in client.get("/groups/oost").text


def test_who_sent_it_reads_why_not(client, anna: Person) -> None:
    submit(client, WRONG, wrong="other", words="De bel doet het niet.", sender="kim@example.org")
    desk = anna.client()

    submit(desk, DESK, to=f"{DESK}/1/decline", reason="Hij is gemaakt.")

    with anna.app.app_context():
        letter = db.session.scalars(select(Letter).where(Letter.kind == "proposal_answered")).one()
        assert letter.values == {"accepted": False, "reason": "Hij is gemaakt.", "slug": "oost"}


def test_a_reason_that_is_too_long_is_kept_and_nothing_is_answered(client, anna: Person) -> None:
    submit(client, WRONG, wrong="other", words="De bel doet het niet.")
    page = "/coordinate/oost/proposals"

    answer = submit(anna.client(), page, to=f"{page}/1/decline", reason="x" * 301)

    assert answer.status_code == 422
    assert "Houd het bij 300 tekens." in words_of(answer.text)
    assert "x" * 301 in answer.text
    with anna.app.app_context():
        assert [one.state for one in kept(anna)] == ["open"]


def test_a_proposal_is_answered_once(client, anna: Person) -> None:
    submit(client, WRONG, wrong="listing", description="Met thee.")
    with anna.app.app_context():
        [proposal] = kept(anna)
        account = db.session.get_one(Account, anna.id)
        week = Week.at(clock.now(), find_group("oost").timezone)
        accept_proposal(proposal, week, by=account)
        with pytest.raises(TooLateToUndo):
            accept_proposal(proposal, week, by=account)


def test_a_proposal_of_another_group_is_not_there(client, anna: Person, ben: Person) -> None:
    submit(client, WRONG, wrong="gone")
    with ben.app.app_context():
        assert db.session.scalar(select(Group.id).where(Group.slug == "west"))
    page = "/coordinate/west/proposals"
    desk = ben.client()
    desk.get(page)
    with desk.session_transaction() as session:
        session["csrf_token"] = "x"

    assert desk.get(DESK).status_code == 404


def test_what_was_answered_is_forgotten_after_a_month(client, anna: Person) -> None:
    submit(client, WRONG, wrong="listing", description="Met thee.")
    submit(anna.client(), DESK, to=f"{DESK}/1/accept")
    with anna.app.app_context():
        now: datetime = clock.now()
        forget(now + PROPOSAL_ANSWERED - timedelta(days=1))
        assert len(kept(anna)) == 1
        forget(now + PROPOSAL_ANSWERED + timedelta(minutes=1))
        assert kept(anna) == []
