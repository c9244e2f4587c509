"""A join link that goes round is replaced from a meeting on: the old until then, the new one after."""

from collections.abc import Iterator
from datetime import UTC, datetime

import icalendar
import pytest
import time_machine
from flask.testing import FlaskClient

from app.db import db
from app.domain.deviation import Deviation
from app.domain.exchange.archive import Reach, Rows, for_office, split
from app.domain.week import Week
from app.records.exchange.archived import rows_of
from app.records.groups import find_group
from app.records.listings import schedule_of
from app.records.places import PlaceRecord
from tests.blueprints.coordinate.test_places import PLACES, place_id
from tests.browsing import submit
from tests.people import Person

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
OLD, NEW = "https://meet.example/oud", "https://meet.example/nieuw"
NEXT_WEEK = Week.parse("2026-W49")


@pytest.fixture(autouse=True)
def traveller() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def place(anna: Person) -> str:
    """Return the address of a place that is online, with a link that everybody may see."""
    number = place_id(anna)
    with anna.app.app_context():
        place = db.session.get_one(PlaceRecord, number)
        place.kind, place.join_url, place.join_is_public = "online", OLD, True
        place.name = place.street = place.postcode = place.town = place.directions = ""
        db.session.commit()
    return f"{PLACES}/{number}"


def in_feed(client: FlaskClient, anna: Person) -> dict[str, tuple[str, int]]:
    with anna.app.app_context():
        key = find_group("oost").feed_key
    feed = icalendar.Calendar.from_ical(client.get(f"/feeds/{key}.ics").data)
    return {
        f"{event.start:%m-%d}": (
            NEW if NEW in event["DESCRIPTION"] else OLD if OLD in event["DESCRIPTION"] else "",
            event["SEQUENCE"],
        )
        for event in feed.walk("VEVENT")
    }


def in_files(client: FlaskClient) -> set[str]:
    """Return which link programs and other sites read."""
    row = next(one for one in client.get("/meetings.json").get_json() if one["slug"] == "oost")
    group = client.get("/api/v1/groups/oost").get_json()
    return {row["conference_url"], group["schedules"][0]["online"]["url"]}


def test_the_old_link_holds_until_the_meeting_that_was_chosen(
    anna: Person, place: str, traveller: time_machine.Traveller
) -> None:
    client, visitor = anna.client(), anna.app.test_client()
    before = in_feed(visitor, anna)

    answer = submit(client, place, join_url=NEW, join_since="2026-W49")

    assert answer.status_code == 303
    told = in_feed(visitor, anna)
    assert (told["11-23"][0], told["11-30"][0], told["12-07"][0]) == (OLD, NEW, NEW)
    assert told["11-23"] == before["11-23"]
    assert told["11-30"][1] > before["11-30"][1]
    assert OLD in visitor.get("/groups/oost").text
    assert NEW not in visitor.get("/groups/oost").text
    assert in_files(visitor) == {OLD}

    traveller.move_to(NOON.replace(day=30))

    assert NEW in visitor.get("/groups/oost").text
    assert OLD not in visitor.get("/groups/oost").text
    assert in_files(visitor) == {NEW}


def test_what_waits_is_seen_where_it_was_written_and_can_be_put_off(
    anna: Person, place: str
) -> None:
    client = anna.client()
    submit(client, place, join_url=NEW, join_since="2026-W49")
    assert f"Tot maandag 30 november geldt nog: {OLD}" in client.get(place).text

    submit(client, place, join_since="2026-W50")
    submit(client, place, name="De huiskamer")

    told = in_feed(client, anna)
    assert (told["11-30"][0], told["12-07"][0]) == (OLD, NEW)
    submit(client, place, join_since="")
    assert in_feed(client, anna)["11-23"][0] == NEW


def test_replaced_twice_the_link_of_now_holds_until_the_last(anna: Person, place: str) -> None:
    client = anna.client()
    submit(client, place, join_url="https://meet.example/ander", join_since="2026-W49")

    submit(client, place, join_url=NEW, join_since="2026-W50")

    told = in_feed(client, anna)
    assert [told[day][0] for day in ("11-23", "11-30", "12-07")] == [OLD, OLD, NEW]


def test_a_link_that_nobody_was_to_see_stays_so_though_the_next_one_is_for_everybody(
    anna: Person, place: str
) -> None:
    client, visitor = anna.client(), anna.app.test_client()
    with anna.app.app_context():
        db.session.get_one(PlaceRecord, int(place.rpartition("/")[2])).join_is_public = False
        db.session.commit()

    submit(client, place, join_url=NEW, join_since="2026-W49", join_is_public="y")

    pages = ("/groups/oost", "/meetings.json", "/api/v1/groups/oost", "/embed/stay-clean")
    told = in_feed(visitor, anna)
    assert OLD not in "".join(visitor.get(page).text for page in pages) + str(told)
    assert told["11-30"][0] == NEW
    with anna.app.app_context():
        this_week = NEXT_WEEK + -1
        own = schedule_of(find_group("oost"), (this_week, this_week), public=False)
        assert own.meeting_in(this_week).place.join_url == OLD
    archived = rows_of_oost(anna)
    assert OLD not in str(split(archived)[0])
    assert OLD not in str(for_office(archived))


def rows_of_oost(anna: Person) -> Rows:
    with anna.app.app_context():
        return rows_of(find_group("oost").fellowship, Reach.PEOPLE)


def test_neither_link_is_seen_by_who_may_not_see_one(anna: Person, place: str) -> None:
    client, visitor = anna.client(), anna.app.test_client()
    submit(client, place, join_url=NEW, join_since="2026-W49", join_is_public=[])

    pages = ("/groups/oost", "/meetings.json", "/api/v1/groups/oost", "/embed/stay-clean")
    seen = "".join(visitor.get(page).text for page in pages) + str(in_feed(visitor, anna))

    assert OLD not in seen
    assert NEW not in seen
    with anna.app.app_context():
        own = schedule_of(find_group("oost"), (NEXT_WEEK, NEXT_WEEK), public=False)
        assert own.with_week(Deviation(NEXT_WEEK)).meeting_in(NEXT_WEEK).place.join_url == NEW
