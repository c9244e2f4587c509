"""Reports of the content security policy are counted by directive; where they arose is not kept."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.blueprints.web.watched import figures

REPORT = "application/csp-report"
REPORTING_API = "application/reports+json"


def counted(directive: str) -> float:
    return figures.REPORTS.labels(directive)._value.get()


def report(client: FlaskClient, body: Any, kind: str = REPORT) -> int:
    text = body if isinstance(body, str) else json.dumps(body)
    return client.post("/csp-reports", data=text, content_type=kind).status_code


@pytest.mark.parametrize(
    ("body", "kind", "directive"),
    [
        ({"csp-report": {"effective-directive": "img-src"}}, REPORT, "img-src"),
        ({"csp-report": {"violated-directive": "script-src-elem 'self'"}}, REPORT, "script-src"),
        ([{"body": {"effectiveDirective": "style-src-attr"}}], REPORTING_API, "style-src"),
        ({"csp-report": {"effective-directive": "what-is-this"}}, REPORT, "other"),
        ({"csp-report": 12}, REPORT, "other"),
        ([None, 3], REPORTING_API, "other"),
    ],
)
def test_a_report_is_counted_by_its_directive(
    client: FlaskClient, body: Any, kind: str, directive: str
) -> None:
    before = counted(directive)

    assert report(client, body, kind) == 204

    assert counted(directive) == before + (len(body) if isinstance(body, list) else 1)


def test_of_many_at_once_twenty_count(client: FlaskClient) -> None:
    before = counted("img-src")

    assert report(client, [{"body": {"effectiveDirective": "img-src"}}] * 60, REPORTING_API) == 204

    assert counted("img-src") == before + 20


@pytest.mark.parametrize(
    ("body", "kind", "status"), [("{", REPORT, 400), ("{}", "text/plain", 415)]
)
def test_what_is_no_report_is_refused(
    client: FlaskClient, body: str, kind: str, status: int
) -> None:
    assert report(client, body, kind) == status
