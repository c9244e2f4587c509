"""What an edit, a Monday and a group's end do to its feed."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar

from app.domain.meeting import Status
from app.records.groups import Group
from tests.blueprints.feeds import WEEK, addresses, deviate, edit, turn


def summaries(client: FlaskClient, address: str) -> list[str]:
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(client.get(address).data).events]


def test_an_edit_is_in_the_next_answer(client: FlaskClient, app: Flask, feed: str):
    before = client.get(feed)

    deviate(app, WEEK, cancelled=True, reason="Griep")
    after = client.get(feed, headers={"If-None-Match": before.headers["ETag"]})

    assert after.status_code == 200
    assert b"SUMMARY:GAAT NIET DOOR" in after.data
    assert after.headers["ETag"] != before.headers["ETag"]


def test_two_edits_within_a_second_are_two_answers(client: FlaskClient, app: Flask, feed: str):
    seen = []
    for note in ("een", "twee", "drie"):
        deviate(app, WEEK, note=note)
        date_only = {"If-Modified-Since": "Tue, 24 Nov 2026 12:00:00 GMT"}
        answer = client.get(feed, headers=date_only)
        assert answer.status_code == 200
        seen.append((answer.headers["ETag"], answer.data))

    assert len(set(seen)) == 3


def test_stamps_rise_with_every_edit_also_when_it_is_undone(
    client: FlaskClient, app: Flask, feed: str
):
    def stamps() -> tuple[int, datetime]:
        event = Calendar.from_ical(client.get(feed).data).events[0]
        return int(event["SEQUENCE"]), event.LAST_MODIFIED

    seen = [stamps()]
    deviate(app, WEEK, cancelled=True)
    seen.append(stamps())
    deviate(app, WEEK, cancelled=False)
    seen.append(stamps())

    assert seen == sorted(seen)
    assert len({sequence for sequence, _ in seen}) == len({at for _, at in seen}) == 3


def test_an_edit_of_one_group_leaves_the_feed_of_another(
    client: FlaskClient, app: Flask, feed: str
):
    west = addresses(app, "west")[0]
    tag = client.get(west).headers["ETag"]

    deviate(app, WEEK, cancelled=True)

    assert client.get(west, headers={"If-None-Match": tag}).status_code == 304


def test_a_feed_changes_on_monday_midnight_and_not_before(
    client: FlaskClient, feed: str, clock: time_machine.Traveller
):
    headers = {"If-None-Match": client.get(feed).headers["ETag"]}
    midnight = datetime(2026, 11, 29, 23, tzinfo=UTC)  # in Amsterdam

    clock.move_to(midnight - timedelta(seconds=1))
    sunday = client.get(feed, headers=headers)
    clock.move_to(midnight)
    monday = client.get(feed, headers=headers)

    assert (sunday.status_code, monday.status_code) == (304, 200)
    assert monday.headers["Last-Modified"] == "Sun, 29 Nov 2026 23:00:00 GMT"
    assert len(Calendar.from_ical(monday.data).events) == 65


def test_a_replaced_key_is_gone_at_once(client: FlaskClient, app: Flask, feed: str):
    client.get(feed)

    def replace_key(group: Group) -> None:
        group.feed_key = "another-key-of-24-letter"

    edit(app, replace_key)

    assert client.get(feed).status_code == 404
    assert client.get("/feeds/another-key-of-24-letter.ics").status_code == 200


def test_a_closed_group_keeps_its_past_for_ninety_days_and_is_gone_on_a_monday(
    client: FlaskClient, app: Flask, feed: str, clock: time_machine.Traveller
):
    turn(app, Status.CLOSED, date(2026, 11, 24))
    closing = client.get(feed)
    # Day 90 is Monday 22 February 2027.
    last_second = datetime(2027, 2, 21, 22, 59, 59, tzinfo=UTC)

    clock.move_to(last_second)
    late = client.get(feed)
    clock.move_to(last_second + timedelta(seconds=1))
    over = client.get(feed, headers={"If-None-Match": late.headers["ETag"]})

    assert len(Calendar.from_ical(closing.data).events) == 13 + 4
    assert late.status_code == 200
    assert late.data == closing.data
    assert late.headers["ETag"] == closing.headers["ETag"]
    assert over.status_code == 410
    assert over.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_a_paused_group_has_its_weeks_cancelled(client: FlaskClient, app: Flask, feed: str):
    turn(app, Status.PAUSED, date(2026, 11, 24))

    titles = summaries(client, feed)

    assert len(titles) == 65
    assert [title.startswith("GAAT NIET DOOR") for title in titles] == [False] * 13 + [True] * 52


def test_an_unlisted_group_keeps_its_feed_without_an_address_of_a_page(
    client: FlaskClient, app: Flask, feed: str
):
    assert b"\r\nURL:http://127.0.0.1:5000/groups/oost\r\n" in client.get(feed).data

    def unlist(group: Group) -> None:
        group.listed = False

    edit(app, unlist)

    assert client.get(feed).status_code == 200
    assert b"URL:" not in client.get(feed).data


def test_new_words_in_the_code_are_a_new_answer(
    client: FlaskClient, feed: str, monkeypatch: pytest.MonkeyPatch
):
    tag = client.get(feed).headers["ETag"]

    monkeypatch.setattr("app.blueprints.public.feeds.TEMPLATE", 99)

    assert client.get(feed, headers={"If-None-Match": tag}).status_code == 200


def test_a_site_that_moves_gives_new_addresses(client: FlaskClient, app: Flask, feed: str):
    tag = client.get(feed).headers["ETag"]

    app.config["TWAALF_PUBLIC_URL"] = "https://groepen.example"
    answer = client.get(feed, headers={"If-None-Match": tag})

    assert b"URL:https://groepen.example/groups/oost\r\n" in answer.data
