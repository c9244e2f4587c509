"""What is called tonight is on tonight: moved, cancelled, shut, begun, over, elsewhere, in another zone."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from app.db import db
from app.domain.geography.whereabouts import spot_of_town
from app.domain.week import Week
from app.records.groups import Group, find_group
from app.records.places import PlaceRecord
from app.records.slots import SlotRecord
from app.records.weeks import ClosureRecord, DeviationRecord
from tests.browsing import words_of
from tests.people import World

FOUNDED = datetime(2026, 11, 29, 9, tzinfo=UTC)
W50 = Week.parse("2026-W50")
SUNDAY_18_20 = datetime(2026, 12, 6, 17, 20, tzinfo=UTC)
MONDAY_NOON = datetime(2026, 12, 7, 12, tzinfo=UTC)
MONDAY_19_50 = datetime(2026, 12, 7, 18, 50, tzinfo=UTC)
MONDAY_22_00 = datetime(2026, 12, 7, 21, tzinfo=UTC)
TUESDAY_NOON = datetime(2026, 12, 8, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def founded(app: Flask) -> Iterator[World]:
    """Oost meets Mondays, West Wednesdays, both at half past seven; nothing rolled the weeks on since."""
    with time_machine.travel(FOUNDED, tick=False):
        world = World(app)
        with app.app_context():
            for slug, town in (("oost", "Amsterdam"), ("west", "Haarlem")):
                spot, place = spot_of_town(town), find_group(slug).slots[0].place
                place.latitude, place.longitude = spot.position.latitude, spot.position.longitude
            db.session.commit()
        yield world


def in_week_50(app: Flask, **columns: Any) -> None:
    with app.app_context():
        group = find_group("oost")
        db.session.add(DeviationRecord(group_id=group.id, week=W50, **columns))
        db.session.commit()


def edit(app: Flask, slug: str, **columns: Any) -> None:
    with app.app_context():
        group = find_group(slug)
        for name, value in columns.items():
            setattr(group, name, value)
        db.session.commit()


def seen(client: FlaskClient, path: str, at: datetime) -> str:
    with time_machine.travel(at, tick=False):
        return client.get(path).text


def found(client: FlaskClient, query: str, at: datetime) -> list[str]:
    """Return the names in a list, without what stands there instead."""
    page = re.sub(r'<section aria-labelledby="(nearest|on-line)".*?</section>', "",
                  seen(client, f"/?{query}", at), flags=re.DOTALL)  # fmt: skip
    return re.findall(r'class="name"><a [^>]*>([^<]*)<', page)


@pytest.mark.parametrize(
    ("query", "at", "names"),
    [
        ("q=oost&day=today", MONDAY_NOON, []),
        ("q=oost&day=1", MONDAY_NOON, []),
        ("q=oost&day=2026-12-07", MONDAY_NOON, []),
        ("q=oost&day=tomorrow", MONDAY_NOON, ["Oost"]),
        ("q=oost&day=2", MONDAY_NOON, ["Oost"]),
        ("q=oost&day=today", TUESDAY_NOON, ["Oost"]),
        ("q=oost&day=2026-12-08", TUESDAY_NOON, ["Oost"]),
        ("q=oost&day=1", TUESDAY_NOON, ["Oost"]),
        ("q=oost&day=2026-12-14", TUESDAY_NOON, ["Oost"]),
        ("q=oost&time=morning", MONDAY_NOON, ["Oost"]),
        ("q=oost&time=evening", MONDAY_NOON, []),
    ],
)
def test_a_moved_meeting_is_found_on_its_new_day_and_not_on_its_old_one(
    app: Flask, client: FlaskClient, query: str, at: datetime, names: list[str]
):
    in_week_50(app, weekday=2, start=time(11) if "time" in query else time(20))

    assert found(client, query, at) == names


def test_what_is_cancelled_stands_apart_and_is_not_counted(app: Flask, client: FlaskClient):
    in_week_50(app, cancelled=True, reason="griep")

    page = seen(client, "/?q=oost&day=today", MONDAY_NOON)

    assert ">0 groepen.</strong>" in page
    apart = page.partition(">Gaat niet door</h2>")[2]
    assert 'class="meeting off"' in apart
    assert "gaat niet door: griep" in apart


def test_what_is_cancelled_tonight_comes_with_its_next_meeting(app: Flask, client: FlaskClient):
    in_week_50(app, cancelled=True, reason="griep")

    assert found(client, "sort=soonest", MONDAY_NOON) == ["West", "Oost"]
    page = words_of(seen(client, "/?sort=soonest", MONDAY_NOON))
    assert "vandaag gaat niet door: griep" in page or "vanavond gaat niet door: griep" in page
    assert page.index("maandag 14 december") < page.index("Oost")


def test_what_has_begun_stays_until_its_end(client: FlaskClient):
    page = words_of(seen(client, "/?day=today", MONDAY_19_50))

    assert "nu bezig, kom er gerust bij" in page
    assert found(client, "day=today", MONDAY_22_00) == []
    assert found(client, "sort=soonest", MONDAY_22_00) == ["West", "Oost"]


def test_after_midnight_last_nights_meeting_is_still_of_today(app: Flask, client: FlaskClient):
    in_week_50(app, start=time(23))
    half_past_midnight = datetime(2026, 12, 7, 23, 30, tzinfo=UTC)

    page = words_of(seen(client, "/?day=today", half_past_midnight))

    assert "nu bezig" in page
    assert found(client, "day=today", datetime(2026, 12, 8, 0, 0, tzinfo=UTC)) == []


@pytest.mark.parametrize(
    ("path", "at", "sentence"),
    [
        ("/?near=Amsterdam&day=today", SUNDAY_18_20,
         "Niets meer vanavond in de buurt. Wel morgen 19.30, minder dan 1 km."),
        ("/?near=Amsterdam&day=today", TUESDAY_NOON,
         "Niets meer vandaag in de buurt. Wel morgen 19.30, 17 km."),
        ("/?day=today", MONDAY_22_00, "Niets meer vanavond. Wel woensdag 19.30."),
    ],
)  # fmt: skip
def test_when_nothing_is_left_tonight_the_page_says_what_comes_first(
    client: FlaskClient, path: str, at: datetime, sentence: str
):
    assert sentence in words_of(seen(client, path, at)).replace("\N{NO-BREAK SPACE}", " ")


def test_a_group_in_preparation_never_stands_under_tonight(app: Flask, client: FlaskClient):
    edit(app, "oost", status="preparing")

    for query in ("day=today", "day=today&view=week", "day=today&view=map&near=Amsterdam"):
        assert ">Oost<" not in seen(client, f"/?{query}", MONDAY_NOON)
    assert ">Oost<" in seen(client, "/?sort=soonest", MONDAY_NOON)


def test_the_week_shows_every_meeting_of_its_days_on_or_not(app: Flask, client: FlaskClient):
    in_week_50(app, cancelled=True)

    page = seen(client, "/?view=week", MONDAY_NOON)
    days = re.findall(r"<li><h2>([^<]*)</h2>(.*?)(?=<li><h2>|</ol>)", page, re.DOTALL)

    assert [day for day, some in days if ">Oost</a>" in some] == ["ma 7 dec"]
    assert 'class="meeting off"' in days[0][1]


def online(app: Flask, zone: str) -> None:
    with app.app_context():
        group = find_group("oost")
        group.zone = zone
        group.slots[0].place.kind = "online"
        group.slots[0].start = time(19)
        db.session.commit()


def test_an_hour_elsewhere_in_the_world_is_told_by_the_readers_clock(
    app: Flask, client: FlaskClient
):
    online(app, "America/Toronto")
    both = "01.00 (19.00 in Toronto)"

    assert found(client, "day=2026-12-07", MONDAY_NOON) == []
    assert found(client, "day=tomorrow", MONDAY_NOON) == ["Oost"]
    assert found(client, "day=2&time=morning", MONDAY_NOON) == ["Oost"]
    for path in ("/?sort=soonest", "/?view=week", "/embed/stay-clean", "/groups/oost"):
        assert both in seen(client, path, MONDAY_NOON)
    assert "01.00–03.00 (19.00 in Toronto)" in seen(client, "/groups/oost", MONDAY_NOON)


def test_an_hour_that_is_the_same_is_told_once(app: Flask, client: FlaskClient):
    online(app, "Europe/Paris")

    assert "Parijs" not in seen(client, "/groups/oost", MONDAY_NOON)


def test_a_meeting_elsewhere_is_found_where_it_is(app: Flask, client: FlaskClient):
    spot = spot_of_town("Groningen")
    with app.app_context():
        place = PlaceRecord(kind="building", town="Groningen", province="Groningen",
                            latitude=spot.position.latitude, longitude=spot.position.longitude)  # fmt: skip
        db.session.add(place)
        db.session.flush()
        group = find_group("oost")
        db.session.add(DeviationRecord(group_id=group.id, week=W50, place_id=place.id))
        db.session.commit()

    assert found(client, "near=Groningen&within=5&day=today", MONDAY_NOON) == ["Oost"]
    assert found(client, "near=Amsterdam&within=5&day=today", MONDAY_NOON) == []
    assert found(client, "near=Amsterdam&within=5", MONDAY_22_00) == ["Oost"]


def test_a_choice_counts_what_its_day_would_give(app: Flask, client: FlaskClient):
    in_week_50(app, weekday=2, start=time(20))

    page = seen(client, "/?sort=soonest", MONDAY_NOON)

    for option in ("today", "tomorrow", "1", "2", "3"):
        counted = re.search(rf'<option value="{option}">[^<(]* \((\d+)\)', page)
        assert counted
        assert int(counted[1]) == len(found(client, f"day={option}", MONDAY_NOON))


def test_a_summer_stop_is_found_under_the_day_it_starts_again(app: Flask, client: FlaskClient):
    with app.app_context():
        group_id = find_group("oost").id
        db.session.add(ClosureRecord(group_id=group_id, first_day=date(2026, 12, 7),
                                     last_day=date(2027, 1, 3), reason="kerst"))  # fmt: skip
        db.session.commit()

    page = words_of(seen(client, "/?sort=soonest", MONDAY_NOON))

    assert page.index("West") < page.index("maandag 4 januari") < page.index("Oost")
    assert "gaat niet door: kerst" in page


def test_a_slot_that_is_to_begin_is_found_in_its_first_week(app: Flask, client: FlaskClient):
    with app.app_context():
        group: Group = find_group("oost")
        group.slots.clear()
        db.session.flush()
        group.slots.append(SlotRecord(since=W50 + 2, weekday=5, start=time(10)))
        db.session.commit()

    assert found(client, "day=5", MONDAY_NOON) == []
    assert found(client, "day=2026-12-25", MONDAY_NOON) == ["Oost"]
    assert found(client, "sort=soonest", MONDAY_NOON) == ["West", "Oost"]
