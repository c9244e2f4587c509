"""What is given again is what the app would say: to the letter, and at the very next request."""

from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread

import pytest
import sqlalchemy
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.dialects import sqlite
from werkzeug.test import Client

from app import create_app
from app.actions.weeks import WeekEdit, change_week
from app.committed import committed_to
from app.db import db
from app.domain.week import Week
from app.formats.wording import LANGUAGES
from app.kept.layer import MOST_BYTES, Kept
from app.kept.views import keep
from app.records.changes import Change
from app.records.groups import find_group
from tests.blueprints.feeds import TUESDAY, addresses, deviate
from tests.conftest import settings
from tests.people import Person, World
from tests.queries import statements

WEEK = Week.parse("2026-W49")


@pytest.fixture(autouse=True)
def hands() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(TUESDAY, tick=False) as clock:
        yield clock


class Watched:
    """What is kept for an app, with what it gave and made since this began to look."""

    def __init__(self, kept: Kept) -> None:
        kept.forget()
        self.forget = kept.forget
        self._kept, self._given, self._made = kept, kept.given, kept.made

    @property
    def given(self) -> int:
        return self._kept.given - self._given

    @property
    def made(self) -> int:
        return self._kept.made - self._made


@pytest.fixture
def kept(app: Flask, world: World) -> Watched:
    return Watched(app.extensions["kept"])


@pytest.fixture
def paths(app: Flask, kept: Watched) -> dict[str, str]:
    with app.app_context():
        group = find_group("oost")
        return {
            "feed": f"/feeds/{group.feed_key}.ics",
            "agenda": f"/feeds/{group.feed_key}/agenda.ics",
            "discreet": f"/feeds/{group.discreet_key}/agenda.ics",
            "list": "/meetings.json",
            "front page": "/",
            "results": "/?near=1091",
            "map": "/?view=map",
            "week": "/?view=week",
            "group": f"/groups/{group.slug}",
            "fellowships": "/fellowships",
        }


NAMES = ["feed", "agenda", "discreet", "list", "front page", "results", "map", "week", "group",
         "fellowships"]  # fmt: skip
of_each = pytest.mark.parametrize("name", NAMES)
HEADERS = [
    {},
    {"Accept-Encoding": "gzip"},
    {"Accept-Encoding": "gzip, br"},
    {"User-Agent": "Mozilla/5.0 (Linux; Android 16)"},
    {"Accept-Language": "en"},
    {"If-None-Match": "*"},
    {"If-None-Match": '"something else", W/"and more"'},
    {"If-Modified-Since": "Tue, 01 Dec 2026 00:00:00 GMT"},
    {"If-Modified-Since": "Tue, 01 Dec 2015 00:00:00 GMT"},
    {"If-Modified-Since": "nonsense"},
    {"Range": "bytes=0-9"},
    {"X-Forwarded-Proto": "https"},
    {"Host": "elsewhere.example"},
]


def as_it_is(client: FlaskClient, path: str, method: str, headers: dict[str, str]):
    answer = client.open(path, method=method, headers=headers)
    return answer.status, sorted(answer.headers), answer.data


@of_each
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST"])
def test_the_second_answer_is_the_first_header_by_header(
    client: FlaskClient, kept: Watched, paths: dict[str, str], name: str, method: str
):
    for headers in HEADERS:
        kept.forget()
        first = as_it_is(client, paths[name], method, headers)
        client.get(paths[name])

        assert as_it_is(client, paths[name], method, headers) == first, headers
        assert as_it_is(client, paths[name], method, headers) == first, headers


@of_each
def test_what_nobody_changed_is_given_again_without_a_query(
    client: FlaskClient, app: Flask, kept: Watched, paths: dict[str, str], name: str
):
    with statements(app) as sent:
        client.get(paths[name])
        asked = len(sent)
        client.get(paths[name])

    assert asked > 0
    assert len(sent) == asked
    assert kept.given == 1


def test_what_the_asker_has_is_said_again_without_a_query(
    client: FlaskClient, app: Flask, kept: Watched, paths: dict[str, str]
):
    etag = client.get(paths["feed"]).headers["ETag"]
    with statements(app) as sent:
        client.get(paths["feed"])
        client.get(paths["feed"], headers={"If-None-Match": etag})
        asked = len(sent)
        answer = client.get(paths["feed"], headers={"If-None-Match": etag})

    assert answer.status_code == 304
    assert len(sent) == asked


@pytest.mark.parametrize("name", ["feed", "list"])
def test_it_is_said_again_also_where_nobody_asks_for_the_whole(
    client: FlaskClient, app: Flask, kept: Watched, paths: dict[str, str], name: str
):
    has_it = {"If-None-Match": client.get(paths[name]).headers["ETag"]}
    kept.forget()

    said = [client.get(paths[name], headers=has_it).status_code for _ in range(3)]

    assert said == [304, 304, 304]
    assert kept.given == 2
    assert client.get(paths[name]).status_code == 200


def test_it_is_said_again_after_a_write_that_leaves_it_as_it_was(
    client: FlaskClient, app: Flask, kept: Watched, paths: dict[str, str], world: World
):
    answer = client.get(paths["list"])
    has_it = {"If-None-Match": answer.headers["ETag"]}
    with app.app_context():
        db.session.add(Change(at=TUESDAY, deed="test", before={}, after={}))
        db.session.commit()

    said = [client.get(paths["list"], headers=has_it).status_code for _ in range(3)]

    assert said == [304, 304, 304]
    assert kept.given == 2
    assert client.get(paths["list"]).data == answer.data
    assert kept.given == 3


def test_that_nothing_changed_is_kept_by_its_tag_alone(app: Flask):
    def dated(environ, start_response):
        keep(environ, TUESDAY.replace(year=2027))
        start_response("304 NOT MODIFIED", [("Last-Modified", "Tue, 24 Nov 2026 00:00:00 GMT")])
        return []

    with app.app_context():
        kept = Kept(dated, committed_to(db.engine.url, db.engine.dialect))
    client = Client(kept)
    for day in ("25", "20"):
        client.get("/", headers={"If-Modified-Since": f"Wed, {day} Nov 2026 00:00:00 GMT"})

    assert kept.given == 0


def test_each_change_is_in_the_very_next_answer(
    client: FlaskClient, app: Flask, paths: dict[str, str]
):
    shows_notes = ("feed", "agenda", "group")
    for number in range(25):
        with app.app_context():
            change_week(find_group("oost"), WEEK, WeekEdit(note=f"Lied {number:03}"), by=None)
        for name in shows_notes:
            assert f"Lied {number:03}" in client.get(paths[name]).text


def test_a_feed_outlives_what_is_written_elsewhere(
    client: FlaskClient, app: Flask, kept: Watched, paths: dict[str, str]
):
    client.get(paths["feed"])
    deviate(app, WEEK, slug="west", note="Elders")
    client.get(paths["feed"])

    assert kept.given == 1


@pytest.mark.parametrize("name", ["front page", "group", "results"])
def test_a_page_lasts_for_its_minute(client: FlaskClient, kept: Watched, paths, name: str):
    with time_machine.travel(TUESDAY, tick=False) as clock:
        client.get(paths[name])
        clock.shift(59)
        client.get(paths[name])
        assert kept.given == 1
        clock.shift(1)
        client.get(paths[name])

    assert kept.given == 1


def test_a_feed_lasts_until_monday(client: FlaskClient, kept: Watched, paths: dict[str, str]):
    with time_machine.travel("2026-11-29T22:59:59Z", tick=False) as clock:
        sunday = client.get(paths["feed"])
        assert client.get(paths["feed"]).headers["ETag"] == sunday.headers["ETag"]
        assert kept.given == 1
        clock.shift(1)
        monday = client.get(paths["feed"])

    assert kept.given == 1
    assert monday.headers["ETag"] != sunday.headers["ETag"]


@pytest.mark.parametrize("name", ["front page", "results", "group"])
def test_what_somebody_with_a_cookie_sees_is_kept_for_nobody(
    client: FlaskClient, anna: Person, kept: Watched, paths: dict[str, str], name: str
):
    hers = anna.client()
    hers.get(paths[name])
    hers.get(paths[name])
    before = kept.given
    usual = client.get(paths[name])

    assert before == 0
    assert kept.given == 0
    assert hers.get(paths[name]).text != usual.text


def test_each_language_has_its_own(client: FlaskClient, kept: Watched, paths: dict[str, str]):
    for _ in range(2):
        for language in LANGUAGES:
            answer = client.get(paths["front page"], headers={"Accept-Language": language})
            assert f'lang="{language}"' in answer.text

    assert kept.given == len(LANGUAGES)


def test_browsers_that_differ_in_nothing_that_matters_share_an_answer(
    client: FlaskClient, kept: Watched, paths: dict[str, str]
):
    for version in range(10):
        asked = {
            "Accept-Language": f"nl;q=0.{version}, fr",
            "User-Agent": f"Mozilla/5.0 (Linux; Android {version})",
            "Accept-Encoding": f"gzip, deflate;q=0.{version}",
        }
        client.get(paths["group"], headers=asked)

    assert (kept.made, kept.given) == (1, 9)


@pytest.mark.parametrize("path", ["/login", "/nowhere", "/start", "/feeds/not-a-key-at-all.ics"])
def test_all_else_is_asked_each_time(client: FlaskClient, kept: Watched, path: str):
    client.get(path)
    client.get(path)

    assert kept.given == 0


def test_what_is_kept_stays_within_its_bytes(app: Flask):
    def big(environ, start_response):
        keep(environ, TUESDAY.replace(year=2027))
        start_response("200 OK", [("Content-Length", "1000000")])
        return [b"x" * 1_000_000]

    with app.app_context():
        committed = committed_to(db.engine.url, db.engine.dialect)
    kept = Kept(big, committed)
    client = Client(kept)
    for number in range(40):
        client.get(f"/{number}")

    assert 0 < kept.bytes <= MOST_BYTES


def test_an_edit_is_written_once_however_many_ask(
    app: Flask, kept: Watched, paths: dict[str, str], monkeypatch: pytest.MonkeyPatch
):
    from app.blueprints.public import feeds

    app.test_client().get(paths["feed"])
    with app.app_context():
        change_week(find_group("oost"), WEEK, WeekEdit(note="Nieuw"), by=None)
    written = []
    write = feeds.write_feed
    monkeypatch.setattr(feeds, "write_feed", lambda feed: written.append(1) or write(feed))
    together = Barrier(8)

    def ask() -> None:
        together.wait()
        assert "Nieuw" in app.test_client().get(paths["feed"]).text

    threads = [Thread(target=ask) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert written == [1]


def test_on_each_database_a_commit_is_seen_and_silence_is_too(database_url: str, hands):
    app = create_app(settings(database_url))
    World(app)
    kept: Kept = app.extensions["kept"]
    client = app.test_client()
    feed, _ = addresses(app)
    for number in range(5):
        hands.shift(2)  # an edit within a second of another is stamped ahead, and not kept
        with app.app_context():
            change_week(find_group("oost"), WEEK, WeekEdit(note=f"Lied {number}"), by=None)
        for path in (feed, "/groups/oost"):
            for _ in range(3):
                assert f"Lied {number}" in client.get(path).text
    with app.app_context():
        db.session.remove()
        db.engine.dispose()

    assert kept.given == 5 * 2 * 2


def test_a_database_that_is_gone_is_asked_the_slow_way(tmp_path: Path):
    url = sqlalchemy.make_url(f"sqlite:///{tmp_path / 'gone.sqlite'}")
    committed = committed_to(url, sqlite.dialect())

    assert committed.mark() is None
    assert not (tmp_path / "gone.sqlite").exists()
