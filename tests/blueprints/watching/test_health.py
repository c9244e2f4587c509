"""`/healthz` and `/readyz`: whether this process lives, whether it can serve, and else why not."""

import pytest
from flask.testing import FlaskClient

from app.blueprints.watching import health
from app.domain.upkeep.fault import KEEPS_SERVING, Fault


def test_a_process_that_lives_says_so_without_a_database(client: FlaskClient, monkeypatch) -> None:
    monkeypatch.setattr(health, "what_is_wrong", lambda: pytest.fail("the database was asked"))

    answer = client.get("/healthz")

    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_a_process_that_can_serve_says_ready(client: FlaskClient) -> None:
    answer = client.get("/readyz")

    assert (answer.status_code, answer.text) == (200, "ready\n")


@pytest.mark.parametrize("fault", list(Fault))
def test_each_fault_is_named_with_how_to_mend_it(
    client: FlaskClient, monkeypatch, fault: Fault
) -> None:
    monkeypatch.setattr(health, "what_is_wrong", lambda: [fault])

    answer = client.get("/readyz")

    keeps = fault in KEEPS_SERVING
    assert answer.status_code == (200 if keeps else 503)
    assert answer.text.startswith("ready\n" if keeps else "not ready\n")
    assert f"{fault}: " in answer.text
