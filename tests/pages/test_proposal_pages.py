"""Something is wrong here: a visitor says so, and whoever answers does it with one tap."""

from datetime import datetime, timedelta

import pytest
import time_machine
from sqlalchemy import delete, select, update

from app import clock
from app.actions.proposals import accept_proposal, tell_officers_of_proposals
from app.actions.retention import forget
from app.db import db
from app.domain.proposal import MOST_OPEN, WAITS
from app.domain.refusal import TooLateToUndo
from app.domain.retention import PROPOSAL_ANSWERED
from app.domain.week import Week
from app.records.accounts import Account, RoleRecord
from app.records.changes import Change
from app.records.groups import Group, find_group
from app.records.letters import Letter
from app.records.proposals import Proposal
from tests.browsing import submit, words_of
from tests.people import Person, World

WRONG = "/groups/oost/wrong"
DESK = "/coordinate/oost/proposals"
OFFICE = "/national/stay-clean/proposals"


def kept(world: World) -> list[Proposal]:
    return list(db.session.scalars(select(Proposal).order_by(Proposal.id)))


def letters() -> list[tuple[str, str]]:
    return [
        (one.kind, one.recipient) for one in db.session.scalars(select(Letter).order_by(Letter.id))
    ]


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


def test_what_stands_there_already_is_no_proposal(client, anna: Person) -> None:
    answer = submit(client, WRONG, wrong="time", weekday="1", start="19:30")

    assert answer.status_code == 422
    assert "Vertel kort wat er niet klopt." in words_of(answer.text)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Kies wat er niet klopt."),
        ({"wrong": "everything"}, "Ongeldige keuze."),
        ({"wrong": "other", "words": "x" * 501}, "500"),
        ({"wrong": "other", "words": "x", "sender": "kim"}, "Dit is geen mailadres."),
        ({"wrong": "other"}, "Vertel kort wat er niet klopt."),
    ],
)
def test_what_cannot_be_is_a_sentence_and_nothing_is_kept(client, world, fields, sentence) -> None:
    answer = submit(client, WRONG, **fields)

    assert answer.status_code == 422
    assert sentence in words_of(answer.text)
    with world.app.app_context():
        assert kept(world) == []


def test_the_same_word_twice_is_one_proposal(client, world: World) -> None:
    for _ in range(2):
        answer = submit(client, WRONG, wrong="gone")
        assert answer.status_code == 303

    with world.app.app_context():
        assert len(kept(world)) == 1
        assert letters() == [("proposal", "anna@example.org")]


def test_beyond_ten_a_group_is_left_in_peace(client, world: World) -> None:
    for number in range(MOST_OPEN):
        submit(client, WRONG, wrong="other", words=f"Nummer {number}")

    refused = submit(client, WRONG, wrong="other", words="De bel doet het niet.")

    assert refused.status_code == 422
    assert "Deze is niet bewaard." in refused.text
    assert "De bel doet het niet." in refused.text
    with world.app.app_context():
        assert len(kept(world)) == MOST_OPEN
        later = clock.now() + WAITS + timedelta(days=1)
    with time_machine.travel(later, tick=False):
        submit(client, WRONG, wrong="other", words="De bel doet het niet.")
    with world.app.app_context():
        assert len(kept(world)) == MOST_OPEN + 1


def test_a_robot_gets_the_same_answer_and_leaves_nothing(client, world: World) -> None:
    answer = submit(client, WRONG, wrong="gone", trap="http://spam.example")

    assert answer.status_code == 303
    with world.app.app_context():
        assert kept(world) == []


def test_a_group_that_is_gone_is_never_closed_by_a_visitor(client, anna: Person) -> None:
    submit(client, WRONG, wrong="gone")
    desk = anna.client()

    submit(desk, DESK, to=f"{DESK}/1/accept")

    assert client.get("/groups/oost").status_code == 200
    with anna.app.app_context():
        assert find_group("oost").status == "active"


def test_a_guess_at_a_hidden_address_is_answered_as_a_wrong_one(client, anna: Person) -> None:
    with anna.app.app_context():
        slot = find_group("oost").slots[0]
        slot.visibility = "nothing"
        street = slot.place.street
        db.session.commit()
    assert street

    right = submit(client, WRONG, wrong="place", street=street)
    wrong = submit(client, WRONG, wrong="place", street="Nergens 1")

    assert (right.status_code, wrong.status_code) == (303, 303)


def test_an_officer_reads_no_closed_address_beside_a_guess(client, world: World) -> None:
    with world.app.app_context():
        slot = find_group("oost").slots[0]
        slot.visibility = "nothing"
        street = slot.place.street
        db.session.execute(delete(RoleRecord).where(RoleRecord.group_id == slot.group_id))
        db.session.commit()
    submit(client, WRONG, wrong="place", street="Nergens 1")

    page = world.olaf.client().get("/national/stay-clean/proposals").text

    assert "Nergens 1" in page
    assert street not in page


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


def test_an_officer_sees_it_after_seven_days_and_is_told_once(client, olaf: Person) -> None:
    submit(client, WRONG, wrong="listing", description="Met thee.")
    office = olaf.client()
    assert "Met thee." not in office.get(OFFICE).text
    with olaf.app.app_context():
        assert tell_officers_of_proposals() == 0
        week_later = clock.now() + timedelta(days=7, minutes=1)

    with time_machine.travel(week_later, tick=False):
        with olaf.app.app_context():
            assert (tell_officers_of_proposals(), tell_officers_of_proposals()) == (1, 0)
            assert letters()[-1] == ("proposals_wait", "olaf@example.org")
        office = olaf.client()
        submit(office, OFFICE, to=f"{OFFICE}/1/accept")

    assert "Met thee." in client.get("/groups/oost").text
    with olaf.app.app_context():
        assert ("office_did", "anna@example.org") in letters()


@pytest.mark.parametrize("is_over", [True, False])
def test_of_a_group_that_nobody_coordinates_an_officer_sees_it_at_once(
    client, olaf: Person, is_over: bool
) -> None:
    with olaf.app.app_context():
        theirs = RoleRecord.group_id == find_group("oost").id
        yesterday = clock.now().date() - timedelta(days=1)
        db.session.execute(
            update(RoleRecord).where(theirs).values(until=yesterday)
            if is_over
            else delete(RoleRecord).where(theirs)
        )
        db.session.commit()
    submit(client, WRONG, wrong="listing", description="Met thee.")

    assert "Met thee." in olaf.client().get(OFFICE).text


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
