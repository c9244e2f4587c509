"""What anyone sees: groups by day, a group's page, a fellowship's page."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from flask.testing import FlaskClient

from app.db import db
from app.domain.week import Week
from app.records.groups import Group
from app.records.weeks import ClosureRecord, DeviationRecord
from tests.browsing import words_of
from tests.people import World

SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _on_that_sunday():
    with time_machine.travel(SUNDAY, tick=False):
        yield


@pytest.fixture
def oost(world: World):
    """Change what is stored of Anna's group, in a context of its own."""

    def change(**columns):
        with world.app.app_context():
            group = db.session.query(Group).filter_by(slug="oost").one()
            for name, value in columns.items():
                setattr(group, name, value)
            db.session.commit()
            return group.id

    return change


def test_the_next_meeting_stands_in_words(client: FlaskClient, world: World) -> None:
    page = words_of(client.get("/groups/oost").text)

    assert "Morgenavond, 19.30–21.30" in page
    assert "maandag 23 november" in page
    assert "Stap 11" in page


def test_further_off_the_day_is_named(client: FlaskClient, world: World) -> None:
    assert "woensdag 25 november, 19.30–21.30" in words_of(client.get("/groups/west").text)


def test_a_cancelled_week_says_why_and_the_next_one_is_announced(
    client: FlaskClient, world: World, oost
) -> None:
    group_id = oost()
    with world.app.app_context():
        db.session.add(
            DeviationRecord(
                group_id=group_id, week=Week.parse("2026-W48"), cancelled=True, reason="griep"
            )
        )
        db.session.commit()

    page = words_of(client.get("/groups/oost").text)

    assert "gaat niet door: griep" in page
    assert "maandag 30 november, 19.30–21.30" in page


def test_a_moved_meeting_shows_its_other_day(client: FlaskClient, world: World, oost) -> None:
    group_id = oost()
    with world.app.app_context():
        db.session.add(DeviationRecord(group_id=group_id, week=Week.parse("2026-W48"), weekday=4))
        db.session.commit()

    page = words_of(client.get("/groups/oost").text)

    assert "donderdag 26 november, 19.30–21.30" in page
    assert "andere dag" in page


def test_a_moved_meeting_stands_under_its_own_day_in_the_list(
    client: FlaskClient, world: World, oost
) -> None:
    group_id = oost()
    with world.app.app_context():
        db.session.add(DeviationRecord(group_id=group_id, week=Week.parse("2026-W48"), weekday=5))
        db.session.commit()

    page = client.get("/").text

    assert "maandag 23 november" not in page
    assert page.index("vrijdag 27 november") < page.index(">Oost</a>")


@pytest.mark.parametrize(("weekday", "shown"), [(5, "vrijdag 27 november"), (2, "maandag 30")])
def test_midweek_the_list_shows_what_is_still_to_come(
    client: FlaskClient, world: World, oost, weekday: int, shown: str
) -> None:
    group_id = oost()
    with world.app.app_context():
        week = Week.parse("2026-W48")
        db.session.add(DeviationRecord(group_id=group_id, week=week, weekday=weekday))
        db.session.commit()

    with time_machine.travel(datetime(2026, 11, 25, 12, tzinfo=UTC), tick=False):
        page = client.get("/?q=Oost").text

    assert page.index(shown) < page.index(">Oost</a>")


def test_a_closure_cancels_what_falls_in_it(client: FlaskClient, world: World, oost) -> None:
    group_id = oost()
    with world.app.app_context():
        db.session.add(
            ClosureRecord(
                group_id=group_id,
                first_day=date(2026, 11, 23),
                last_day=date(2026, 12, 6),
                reason="verbouwing",
            )
        )
        db.session.commit()

    page = client.get("/groups/oost").text

    assert page.count("gaat niet door: verbouwing") == 2
    assert "maandag 7 december" in page


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("preparing", "Deze groep is in oprichting."),
        ("paused", "Deze groep is even gestopt."),
        ("closed", "Deze groep is gestopt."),
    ],
)
def test_a_group_says_how_it_is(
    client: FlaskClient, world: World, oost, status: str, sentence: str
) -> None:
    oost(status=status, status_since=date(2026, 11, 1))

    assert sentence in client.get("/groups/oost").text


def test_an_unlisted_group_has_no_public_page(client: FlaskClient, world: World, oost) -> None:
    oost(listed=False)

    assert client.get("/groups/oost").status_code == 404
    assert "Oost" not in client.get("/").text


def test_a_group_that_will_not_be_found_says_so_to_robots(
    client: FlaskClient, world: World, oost
) -> None:
    oost(may_be_indexed=False)

    assert "noindex" in client.get("/groups/oost").headers["X-Robots-Tag"]
    assert "/groups/oost<" not in client.get("/sitemap.xml").text
    assert "/groups/west<" in client.get("/sitemap.xml").text


def test_the_door_of_the_house_lists_groups_by_the_coming_day(
    client: FlaskClient, world: World
) -> None:
    page = client.get("/").text

    assert page.index("maandag 23 november") < page.index("Oost")
    assert page.index("Oost") < page.index("woensdag 25 november") < page.index("West")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("day=1", {"Oost"}),
        ("day=3", {"West"}),
        ("q=haar", {"West"}),
        ("q=OOST", {"Oost"}),
        ("fellowship=stay-clean", {"Oost", "West"}),
        ("fellowship=nobody", set()),
        ("day=9&page=-4", {"Oost", "West"}),
        ("q=%25", set()),
        ("page=99999999999999999999", {"Oost", "West"}),
    ],
)
def test_a_search_finds_just_these(
    client: FlaskClient, world: World, query: str, found: set[str]
) -> None:
    page = client.get(f"/?{query}", follow_redirects=True).text.partition('id="nearest"')[0]

    assert {name for name in ("Oost", "West") if f">{name}</a>" in page} == found


def test_a_fellowship_page_has_its_identity_and_its_groups(
    client: FlaskClient, world: World
) -> None:
    page = client.get("/fellowships/stay-clean").text

    assert "iedereen die dat respecteert is welkom" in page
    assert "https://stayclean.example" in page
    assert ">Oost</a>" in page


def test_the_tab_never_tells_what_a_page_is_about(client: FlaskClient, world: World) -> None:
    for path in ("/", "/groups/oost", "/fellowships/stay-clean"):
        title = client.get(path).text.split("<title>")[1].split("</title>")[0]
        assert "Stay Clean" not in title
        assert "Oost" not in title


def test_pages_speak_english_when_asked(client: FlaskClient, world: World) -> None:
    page = client.get("/groups/oost?lang=en").text

    assert '<html lang="en">' in page
    assert "19:30–21:30" in page
    assert '<html lang="en">' in client.get("/").text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/start/", "/start"),
        ("/login/", "/login"),
        ("/groups/oost/?x=1&y=é", "/groups/oost?x=1&y=%C3%A9"),
        ("/coordinate/oost//", "/coordinate/oost"),
        ("/nergens/", None),
        ("/%5C%5Celders.example/", None),
        ("/groups/oost/nergens/", None),
    ],
)
def test_who_ends_an_address_with_a_slash_comes_where_they_meant(
    client: FlaskClient, typed: str, meant: str | None
):
    answer = client.get(typed)

    assert (answer.status_code, answer.location) == ((308, meant) if meant else (404, None))
    assert client.post(typed).status_code in (400, 404)
