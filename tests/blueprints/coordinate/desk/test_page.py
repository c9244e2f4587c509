"""The desk itself: what a coordinator sees and does besides listing, slot, place and contacts."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from app import clock
from app.actions.coordinators import ask_who_follows
from app.db import db
from app.domain.meeting import Status
from app.domain.refusal import NotTheirs
from app.records.accounts import Account, RoleRecord
from app.records.groups import Group
from app.records.letters import Letter
from tests.browsing import submit
from tests.people import Person, World

PEOPLE = "/coordinate/oost/people"
SATURDAY = datetime(2026, 12, 12, 10, tzinfo=UTC)


def letters(person: Person, kind: str) -> list[Letter]:
    with person.app.app_context():
        return list(db.session.scalars(select(Letter).where(Letter.kind == kind)))


def test_the_desk_shows_my_groups_and_nobody_elses(anna: Person) -> None:
    page = anna.client().get("/coordinate/").text

    assert ">Oost</a>" in page
    assert "West" not in page


def test_what_meets_first_stands_first_and_what_never_meets_last(
    request: pytest.FixtureRequest,
) -> None:
    with time_machine.travel(SATURDAY - timedelta(weeks=1), tick=False) as clock_hand:
        anna: Person = request.getfixturevalue("anna")
        client = anna.client()
        for name, weekday in (("Aan de dijk", "2"), ("Zuid", "7"), ("Bij de brug", "4")):
            submit(client, "/coordinate/oost/sister", name=name, weekday=weekday, start="20:00")
        submit(client, "/coordinate/bij-de-brug/status", status="closed")
        clock_hand.move_to(SATURDAY)

        page = anna.client().get("/coordinate/").text

    names = ("Zuid", "Oost", "Aan de dijk", "Bij de brug")
    assert sorted(names, key=lambda name: page.index(f">{name}</a>")) == list(names)


def test_a_group_that_is_not_mine_is_not_found(anna: Person) -> None:
    client = anna.client()

    for page in ("", "/slot", "/listing", "/people", "/contacts", "/changes", "/places"):
        assert client.get(f"/coordinate/west{page}").status_code == 404


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (Status.PAUSED, "Deze groep is even gestopt."),
        (Status.CLOSED, "Deze groep is gestopt."),
        (Status.PREPARING, "Deze groep is in oprichting."),
    ],
)
def test_a_changed_status_shows_at_the_next_request(
    anna: Person, status: Status, sentence: str
) -> None:
    client = anna.client()

    answer = submit(client, "/coordinate/oost/status", status=str(status))

    assert answer.status_code == 303
    assert sentence in client.get("/groups/oost").text


def test_a_status_that_does_not_exist_is_refused(anna: Person) -> None:
    assert submit(anna.client(), "/coordinate/oost/status", status="gone").status_code == 422


def test_a_sister_group_copies_the_listing_and_has_a_feed_and_seats_of_its_own(
    anna: Person,
) -> None:
    client = anna.client()
    submit(client, "/coordinate/oost/listing", description="Met thee.")

    answer = submit(
        client, "/coordinate/oost/sister", name="Oost donderdag", weekday=4, start="20:00"
    )

    assert answer.location == "/coordinate/oost-donderdag"
    page = client.get("/groups/oost-donderdag").text
    assert "Met thee." in page
    assert "Deze groep is in oprichting." in page
    assert "20.00" in page
    with anna.app.app_context():
        one, other = (
            db.session.scalars(select(Group).where(Group.slug == slug)).one()
            for slug in ("oost", "oost-donderdag")
        )
        assert one.feed_key != other.feed_key
        assert one.feed_uuid != other.feed_uuid
        here, there = one.slots[0].place, other.slots[0].place
        assert here.id != there.id
        assert (here.house, here.street) == (there.house, there.street)


def test_the_last_coordinator_cannot_leave(anna: Person) -> None:
    client = anna.client()

    answer = submit(client, PEOPLE, to=f"{PEOPLE}/leave")

    assert answer.status_code == 422
    assert "Je bent de enige coördinator." in answer.text
    assert client.get("/coordinate/oost").status_code == 200


def test_who_leaves_loses_the_desk_and_who_stays_is_told(anna: Person, ben: Person) -> None:
    with anna.app.app_context():
        group = db.session.scalars(select(Group).where(Group.slug == "oost")).one()
        db.session.add(
            RoleRecord(
                account_id=ben.id, kind="coordinator", group_id=group.id, since=date(2026, 2, 1)
            )
        )
        db.session.commit()
    client = anna.client()
    submit(client, PEOPLE, to=f"{PEOPLE}/service", service__note="Sleutel bij de conciërge.")

    answer = submit(client, PEOPLE, to=f"{PEOPLE}/leave")

    assert answer.status_code == 303
    assert client.get("/coordinate/oost").status_code == 404
    [letter] = letters(anna, "service_handed_on")
    assert letter.recipient == "ben@example.org"
    assert letter.values["note"] == "Sleutel bij de conciërge."


def test_the_last_day_of_a_service_may_be_today_by_the_clock_of_the_group(
    request: pytest.FixtureRequest,
) -> None:
    """In Curaçao it is still Monday evening when Amsterdam has Tuesday."""
    with time_machine.travel(datetime(2026, 12, 8, 1, tzinfo=UTC), tick=False):
        anna: Person = request.getfixturevalue("anna")
        with anna.app.app_context():
            db.session.scalars(
                select(Group).where(Group.slug == "oost")
            ).one().zone = "America/Curacao"
            db.session.commit()

        answer = submit(anna.client(), PEOPLE, to=f"{PEOPLE}/service", service__until="2026-12-07")

    assert answer.status_code == 303


def test_six_weeks_before_the_end_desk_and_letter_ask_who_follows(
    anna: Person, world: World
) -> None:
    client = anna.client()
    today = clock.today()
    submit(client, PEOPLE, to=f"{PEOPLE}/service", service__until=str(today + timedelta(days=43)))
    assert "Wie neemt het over?" not in client.get("/coordinate/").text

    submit(client, PEOPLE, to=f"{PEOPLE}/service", service__until=str(today + timedelta(days=42)))
    with world.app.app_context():
        ask_who_follows(today)
    with world.app.app_context():
        ask_who_follows(today)

    assert "Wie neemt het over?" in client.get("/coordinate/").text
    assert "Wie neemt het over?" in client.get("/coordinate/oost").text
    assert len(letters(anna, "service_ends")) == 1
    assert (
        client.get("/coordinate/oost/changes").text.count("<strong>Gevraagd wie de taak overneemt")
        == 1
    )


@pytest.mark.parametrize("day", ["31-02-2027", "0001-01-01", "2020-01-01", "9999-12-31"])
def test_a_day_that_is_none_or_cannot_be_meant_is_refused_at_its_field(
    anna: Person, day: str
) -> None:
    answer = submit(anna.client(), PEOPLE, to=f"{PEOPLE}/service", service__until=day)

    assert answer.status_code == 422
    assert 'id="service-until-error"' in answer.text


def test_someone_who_coordinates_nothing_has_no_desk(olaf: Person) -> None:
    assert olaf.client().get("/coordinate/").status_code == 404


def test_a_right_that_was_taken_away_meanwhile_does_not_work_any_more(anna: Person) -> None:
    client = anna.client()
    client.get("/coordinate/oost/listing")
    with anna.app.app_context():
        account = db.session.get_one(Account, anna.id)
        account.roles_held.clear()
        db.session.commit()

    assert client.get("/coordinate/oost/listing").status_code == 404


def test_a_right_that_goes_between_the_door_and_the_lock_is_not_found(
    anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_late(*_given: object, **_named: object) -> None:
        raise NotTheirs

    monkeypatch.setattr("app.blueprints.coordinate.desk.status.set_status", too_late)

    assert submit(anna.client(), "/coordinate/oost/status", status="paused").status_code == 404


def test_the_log_says_when_by_the_wall_clock_of_the_group(anna: Person) -> None:
    client = anna.client()
    submit(client, "/coordinate/oost/listing", description="Anders.")
    at: datetime = clock.now()

    page = client.get("/coordinate/oost/changes").text

    with anna.app.app_context():
        zone = db.session.scalars(select(Group).where(Group.slug == "oost")).one().timezone
    assert at.astimezone(zone).strftime("%H.") in page
    assert "omschrijving" in page
