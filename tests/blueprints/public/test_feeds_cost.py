"""What an answer costs: queries, and bytes remembered."""

import zlib

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.blueprints.public.feeds import Bodies
from tests.blueprints.feeds import WEEK, deviate
from tests.queries import statements


def test_what_the_asker_has_costs_one_query_and_writes_nothing(
    client: FlaskClient, app: Flask, feed: str, monkeypatch: pytest.MonkeyPatch
):
    etag = client.get(feed).headers["ETag"]
    monkeypatch.setattr(
        "app.blueprints.public.feeds.write_feed", lambda feed: pytest.fail("written")
    )
    app.extensions["feeds"] = Bodies(0)

    with statements(app) as sent:
        answer = client.get(feed, headers={"If-None-Match": etag})

    assert answer.status_code == 304
    assert answer.data == b""
    assert answer.headers["ETag"] == etag
    assert len(sent) == 1


def test_what_this_process_wrote_before_costs_one_query(client: FlaskClient, app: Flask, feed: str):
    first = client.get(feed).data

    with statements(app) as sent:
        again = client.get(feed).data

    assert again == first
    assert len(sent) == 1


def test_a_feed_is_written_in_a_fixed_number_of_queries(client: FlaskClient, app: Flask, feed: str):
    for number in range(-5, 5):
        deviate(app, WEEK + number, note="Let op")

    with statements(app) as sent:
        client.get(feed)

    assert len(sent) == 9


def test_remembered_bodies_stay_within_their_bytes():
    bodies = Bodies(most_bytes=10_000)
    noise = [bytes((7 * n * n + number) % 251 for n in range(3_000)) for number in range(50)]

    for number, body in enumerate(noise):
        bodies.put(str(number), body)

    assert bodies.bytes <= 10_000
    assert 0 < len(bodies) < 50
    assert bodies.get("49") == noise[49]
    assert bodies.get("0") is None


def test_the_body_asked_for_last_is_kept_longest():
    bodies = Bodies(most_bytes=2 * len(zlib.compress(b"a", 1)))
    bodies.put("a", b"a")
    bodies.put("b", b"b")

    bodies.get("a")
    bodies.put("c", b"c")

    assert [bodies.get(tag) for tag in "abc"] == [b"a", None, b"c"]


def test_a_body_put_twice_counts_once():
    bodies = Bodies(most_bytes=1000)

    bodies.put("a", b"a")
    once = bodies.bytes
    bodies.put("a", b"a")

    assert bodies.bytes == once
