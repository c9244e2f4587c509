"""What is watched from outside: figures of ours, slow queries by name, reports of browsers; of nobody."""

import re
import time
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text, update

from app import clock
from app.actions.parts.outbox import write_letter
from app.db import db
from app.records.health import queries
from app.records.health.timers import note_run
from app.records.letters import Letter
from tests.browsing import submit
from tests.people import World
from tests.source import ROOT


def figures(client: FlaskClient) -> dict[str, float]:
    page = client.get("/metrics", environ_overrides={"REMOTE_ADDR": "127.0.0.1"})
    assert page.status_code == 200
    lines = [line for line in page.text.splitlines() if line and not line.startswith("#")]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


def rise(client: FlaskClient, name: str, before: dict[str, float]) -> float:
    return figures(client).get(name, 0) - before.get(name, 0)


def test_answers_are_counted_by_view_and_status(client: FlaskClient):
    before = figures(client)

    client.get("/fellowships")
    client.get("/nothing-here")

    assert (
        rise(
            client,
            'twaalf_requests_total{method="GET",status="2xx",view="fellowships.index"}',
            before,
        )
        == 1
    )
    assert rise(client, 'twaalf_requests_total{method="GET",status="4xx",view="none"}', before) == 1
    assert rise(client, 'twaalf_request_seconds_count{view="fellowships.index"}', before) == 1
    assert rise(client, "twaalf_queries_total", before) > 0


def test_a_seat_that_is_asked_for_is_counted_and_the_wait_for_the_lock(
    client: FlaskClient, world: World
):
    before = figures(client)

    submit(client, "/groups/oost/ask", alias="Kim", consent="1")

    assert rise(client, "twaalf_seats_asked_total", before) == 1
    assert rise(client, "twaalf_lock_wait_seconds_count", before) >= 1


def test_a_calendar_is_counted_by_how_it_was_answered(client: FlaskClient, feed: str):
    before = figures(client)

    tag = client.get(feed).headers["ETag"]
    client.get(feed)
    client.get(feed, headers={"If-None-Match": tag})

    client.get("/login")

    again = [f'twaalf_feeds_total{{how="{how}"}}' for how in ("kept", "not_modified")]
    assert rise(client, 'twaalf_feeds_total{how="written"}', before) == 1
    assert sum(rise(client, one, before) for one in [*again, "twaalf_kept_answers_total"]) == 2


def test_letters_that_wait_and_timers_are_told(client: FlaskClient, app: Flask, tmp_path: Path):
    app.config["RAN_FOLDER"] = str(tmp_path)
    note_run(str(tmp_path), "letters", clock.now())
    with app.app_context():
        write_letter("invitation", to="kim@example.org", language="nl", values={})
        db.session.execute(update(Letter).values(written_at=clock.now() - timedelta(hours=2)))
        db.session.commit()

    told = figures(client)

    assert told["twaalf_outbox_letters"] == 1
    assert 7200 <= told["twaalf_outbox_oldest_seconds"] < 7300
    assert told['twaalf_timer_last_run_timestamp_seconds{name="letters"}'] > 1.7e9


def test_a_slow_query_is_named_in_the_log_without_what_it_asked(
    client: FlaskClient, world: World, log: list[dict], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(queries, "SLOW_SECONDS", 0.0)
    monkeypatch.setattr("app.blueprints.web.watched.figures.SLOW_SECONDS", 0.0)

    client.get("/groups/oost?lang=nl")

    slow = [line for line in log if line["event"] == "slow_query"]
    assert slow
    assert all(
        re.fullmatch(r"(records|actions|blueprints)[\w.<>]+|unknown", line["name"]) for line in slow
    )
    assert all(
        set(line) <= {"event", "name", "milliseconds", "at", "request", "timestamp"}
        for line in slow
    )
    assert any(line["name"].startswith("records.groups.") for line in slow)


@pytest.mark.parametrize(
    ("kind", "body", "directive"),
    [
        (
            "application/csp-report",
            '{"csp-report": {"effective-directive": "script-src-elem", "document-uri": "https://x/seat/KEY"}}',
            "script-src",
        ),
        (
            "application/reports+json",
            '[{"type": "csp-violation", "body": {"effectiveDirective": "img-src"}}]',
            "img-src",
        ),
        ("application/csp-report", '{"csp-report": {"effective-directive": "made-up"}}', "other"),
        ("application/csp-report", "[1, null]", "other"),
    ],
)
def test_a_report_of_a_browser_is_counted_and_nothing_of_it_kept(
    client: FlaskClient, log: list[dict], kind: str, body: str, directive: str
):
    before = figures(client)

    answer = client.post("/csp-reports", data=body, content_type=kind)

    assert answer.status_code == 204
    assert rise(client, f'twaalf_csp_reports_total{{directive="{directive}"}}', before) >= 1
    assert "KEY" not in str(log) + str(figures(client))


@pytest.mark.parametrize(
    "kind", ["application/json", "text/plain", "application/x-www-form-urlencoded"]
)
def test_what_is_no_report_is_refused(client: FlaskClient, kind: str):
    assert client.post("/csp-reports", data="{}", content_type=kind).status_code in (400, 415)


def test_a_report_is_asked_for_by_every_page(client: FlaskClient):
    assert client.get("/").headers["Content-Security-Policy"].endswith("report-uri /csp-reports")


def test_every_figure_of_an_alert_is_one(client: FlaskClient, app: Flask, tmp_path: Path):
    app.config["RAN_FOLDER"] = str(tmp_path)
    note_run(str(tmp_path), "letters", clock.now())
    page = client.get("/metrics", environ_overrides={"REMOTE_ADDR": "127.0.0.1"}).text
    known = set(re.findall(r"^# TYPE (\w+)", page, re.MULTILINE))

    asked = set(re.findall(r"twaalf_\w+", (ROOT / "deploy" / "alerts.yml").read_text()))

    assert asked
    assert asked - known == set()


def test_to_count_a_query_costs_next_to_nothing(app: Flask):
    with app.app_context():
        begun = time.perf_counter()
        for _ in range(200):
            db.session.execute(text("SELECT 1"))
        assert time.perf_counter() - begun < 2


def test_an_answer_that_is_given_again_is_counted_too(client: FlaskClient, app: Flask):
    before = figures(client)
    app.extensions["kept"].given += 3

    client.get("/login")

    assert rise(client, "twaalf_kept_answers_total", before) == 3
