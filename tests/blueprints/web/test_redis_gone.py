"""Without Redis each worker counts for itself: soon, and with one line in the log."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from time import monotonic

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import TooManyRequests

from app.blueprints.web import limits
from app.blueprints.web.limits import REDIS_SECONDS, Rates, count, number_within_hour

RATE = "3/minute"


@pytest.fixture(params=["stopped", "gone", "hangs up"])
def redis_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a Redis that takes a connection and says nothing, or is not there at all."""
    with ExitStack() as stack:
        listening = stack.enter_context(socket.socket())
        listening.bind(("127.0.0.1", 0))
        if request.param != "gone":
            listening.listen(0 if request.param == "hangs up" else 16)
        yield f"redis://127.0.0.1:{listening.getsockname()[1]}/0"


@pytest.fixture
def limited(app: Flask, redis_url: str, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setitem(app.config, "TWAALF_REDIS_URL", redis_url)
    monkeypatch.setitem(app.extensions, "rates", Rates(redis_url))
    return app


def asks(app: Flask, times: int) -> list[bool]:
    """Return of each request in turn whether it was let through."""
    let_through = []
    for _ in range(times):
        with app.test_request_context("/groups/oost/ask", method="POST"):
            try:
                count("ask", RATE)
            except TooManyRequests:
                let_through.append(False)
            else:
                let_through.append(True)
    return let_through


def test_without_redis_each_worker_counts_and_the_limit_holds(limited: Flask) -> None:
    assert asks(limited, 5) == [True, True, True, False, False]


def test_one_request_waits_a_moment_and_the_others_not_at_all(limited: Flask) -> None:
    began = monotonic()
    asks(limited, 1)
    first = monotonic() - began
    asks(limited, 50)
    rest = monotonic() - began - first

    assert first < 4 * REDIS_SECONDS
    assert rest < 4 * REDIS_SECONDS


def test_the_log_says_it_once_and_without_a_traceback(limited: Flask, caplog) -> None:
    asks(limited, 5)

    lines = [one for one in caplog.records if "Redis" in one.getMessage()]
    assert len(lines) == 1
    assert lines[0].exc_info is None


def test_what_a_form_sent_is_counted_too(limited: Flask) -> None:
    asks(limited, 1)
    with limited.test_request_context("/groups/oost/ask", method="POST"):
        limits.one_more("form", limits.FORM_RATE)
        assert number_within_hour("form") == 1


def test_redis_is_asked_again_after_a_while_and_the_log_says_that_it_is_back(
    limited: Flask, caplog, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks(limited, 4)
    rates = limited.extensions["rates"]
    monkeypatch.setattr(rates, "_shared", Rates("")._own)
    assert asks(limited, 1) == [False]

    monkeypatch.setattr(rates, "_tried_again_at", 0.0)
    assert asks(limited, 1) == [True]
    assert caplog.text.count("Redis answers again") == 1


def test_a_page_is_answered_while_redis_is_gone(
    limited: Flask, world: object, client: FlaskClient
) -> None:
    began = monotonic()

    assert client.get("/groups/oost/ask").status_code == 200
    assert monotonic() - began < 5
