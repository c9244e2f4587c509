"""What every answer carries, and what is refused before anything looks at it."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.addresses import PEOPLE, Grounds, csrf_token, lay_out, rules
from tests.blueprints.signing import is_in, letters
from tests.browsing import form_on
from tests.people import PASSWORD, Person, World

ALWAYS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "report-uri": "/csp-reports",
}
NOT_IN_SEARCH = (
    "/login", "/login/code", "/reset", "/reset/x", "/tf-setup", "/groups/oost/contact",
    "/contacts/x", "/invitations/x", "/seat/x", "/coordinate/", "/national/", "/account",
    "/feeds/x.ics",
)  # fmt: skip
READ_BY_OTHER_SITES = (
    "feeds.show", "selections.feed", "meetings.", "api.", "list_files.", "open_referral.",
    "api_changes.changes", "api_changes.description", "api_changes.schema",
)  # fmt: skip
FOR_OTHER_SITES = {"Cross-Origin-Resource-Policy": "cross-origin"}
"""Public calendars and lists alone: a browser on another site may read them."""
MAY_BE_FOUND = ("/", "/groups/oost", "/fellowships", "/privacy")


@pytest.fixture
def grounds(app: Flask, world: World) -> Grounds:
    return lay_out(app, world)


@pytest.mark.parametrize("person", PEOPLE)
def test_every_answer_carries_the_headers(grounds: Grounds, person: str):
    client = grounds.client(person)

    wrong = {}
    for rule in rules(grounds.app, "GET"):
        if rule.endpoint in ("embed.show", "embed.script"):
            continue  # made for other sites: tests/pages/test_embed.py
        answer = client.get(grounds.address(rule))
        policy = dict(
            part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; ")
        )
        found = {name: answer.headers.get(name) for name in ALWAYS}
        always = ALWAYS | (FOR_OTHER_SITES if rule.endpoint.startswith(READ_BY_OTHER_SITES) else {})
        if (
            found != always
            or policy != POLICY
            or "geolocation" not in answer.headers.get("Permissions-Policy", "")
        ):
            wrong[rule.rule] = found, policy

    assert wrong == {}


@pytest.mark.parametrize(
    "person", [person for person in PEOPLE if person not in ("visitor", "kim")]
)
def test_nothing_that_somebody_saw_who_is_logged_in_is_kept(grounds: Grounds, person: str):
    """The back button after the log-out shows nothing (T6)."""
    client = grounds.client(person)
    apart = (
        *READ_BY_OTHER_SITES,
        "pages.",
        "health.",
        "metrics.",
        "printed.",
        "selections.feed",
        "embed.",
        "offline.worker",
        "own_following.worker",
        "one_evening.",
        "watching.",
    )

    kept = {
        rule.rule: answer.headers.get("Cache-Control")
        for rule in rules(grounds.app, "GET")
        if not rule.endpoint.startswith(apart)
        for answer in [client.get(grounds.address(rule))]
        if answer.status_code == 200 and "no-store" not in answer.headers.get("Cache-Control", "")
    }

    assert kept == {}


@pytest.mark.parametrize("address", NOT_IN_SEARCH)
def test_a_private_page_is_not_for_search_engines(world: World, client: FlaskClient, address: str):
    assert client.get(address).headers["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize("address", MAY_BE_FOUND)
def test_a_public_page_may_be_found(world: World, client: FlaskClient, address: str):
    assert "X-Robots-Tag" not in client.get(address).headers


def test_an_error_carries_the_headers_too(client: FlaskClient):
    for answer in (client.get("/nergens"), client.post("/privacy"), client.post("/login")):
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_what_another_site_sends_is_refused(client: FlaskClient, method: str):
    answer = getattr(client, method)("/login", headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403


def test_a_link_from_another_site_works(client: FlaskClient):
    assert client.get("/login", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


@pytest.mark.parametrize("site", ["same-origin", "same-site", "none"])
def test_what_our_own_pages_send_is_taken(client: FlaskClient, anna: Person, site: str):
    held = form_on(client, "/login", "/login")

    answer = client.post(
        "/login",
        data=held | {"email": anna.email, "password": PASSWORD},
        headers={"Sec-Fetch-Site": site},
    )

    assert answer.status_code == 303


@pytest.mark.parametrize(
    "environ",
    [
        {"QUERY_STRING": "q=%00"},
        {"QUERY_STRING": "q=a&%00=b"},
        {"QUERY_STRING": "q=%ff"},
        {"QUERY_STRING": "q=\xff"},
        {"QUERY_STRING": "q=%c3%28"},
        {"QUERY_STRING": "q=%ed%a0%80"},
        {"PATH_INFO": "/groups/a\x00b"},
        {"PATH_INFO": "/groups/\xff"},
    ],
)
def test_bytes_that_nobody_types_are_refused_early(
    world: World, client: FlaskClient, environ: dict[str, str]
):
    assert client.get("/", environ_overrides=environ).status_code == 400


@pytest.mark.parametrize("query", ["q=%C3%A9", "q=a+b%2Bc", "q=", "", "q=%F0%9F%8C%B7"])
def test_what_people_type_is_taken(world: World, client: FlaskClient, query: str):
    answer = client.get(
        "/", environ_overrides={"QUERY_STRING": query}, follow_redirects=query == "q="
    )

    assert answer.status_code == 200


@pytest.mark.parametrize("value", [b"a%00b", b"%ff%fe", b"%c3%28"])
def test_bytes_that_nobody_types_are_refused_in_a_form(client: FlaskClient, value: bytes):
    token = form_on(client, "/login", "/login")["csrf_token"][0].encode()

    answer = client.post(
        "/login",
        data=b"csrf_token=" + token + b"&password=x&email=" + value,
        content_type="application/x-www-form-urlencoded",
    )

    assert answer.status_code == 400


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost:80@evil"])
def test_a_host_that_is_not_ours_gets_nothing_and_no_letter(
    app: Flask, client: FlaskClient, anna: Person, host: str
):
    held = form_on(client, "/reset")

    shown = client.get("/reset", headers={"Host": host})
    asked = client.post("/reset", data=held | {"email": anna.email}, headers={"Host": host})

    assert (shown.status_code, asked.status_code) == (400, 400)
    assert letters(app, "reset_password") == []


def test_no_letter_has_an_address_from_the_request(app: Flask, client: FlaskClient, anna: Person):
    held = form_on(client, "/reset")

    client.post(
        "/reset",
        data=held | {"email": anna.email},
        headers={"Host": "localhost", "X-Forwarded-Host": "evil.example"},
    )

    (letter,) = letters(app, "reset_password")
    assert set(letter) == {"to", "name", "token"}
    assert "://" not in str(letter)


class TestCsrf:
    """A form from elsewhere does nothing (T15)."""

    @pytest.mark.parametrize("token", [None, "", "wrong", "Ind.rong.x"])
    def test_without_our_token_nobody_is_logged_out(self, anna: Person, token: str | None):
        client = anna.client()

        answer = client.post("/logout", data={} if token is None else {"csrf_token": token})

        assert answer.status_code == 400
        assert is_in(client)

    def test_the_token_of_another_session_is_worth_nothing(self, anna: Person, ben: Person):
        bens = form_on(ben.client(), "/account", "/account")["csrf_token"][0]
        client = anna.client()
        client.get("/account")

        answer = client.post("/logout", data={"csrf_token": bens})

        assert answer.status_code == 400
        assert is_in(client)

    def test_every_address_that_takes_a_post_asks_for_it(self, grounds: Grounds):
        client = grounds.client("anna")
        csrf_token(grounds.app, client)

        taken = {
            rule.rule: status
            for rule in rules(grounds.app, "POST")
            if (status := client.post(grounds.address(rule), data={"csrf_token": "x"}).status_code)
            not in (400, 404)
        }

        assert taken == {}


def test_a_closed_page_sends_a_visitor_to_log_in_and_refuses_what_they_send(
    app: Flask, world: World, client: FlaskClient
):
    token = {"csrf_token": csrf_token(app, client)}

    shown, sent = client.get("/account"), client.post("/account", data=token)
    without = client.post("/account")

    assert (shown.status_code, shown.location) == (302, "/login?next=/account")
    assert (sent.status_code, without.status_code) == (403, 400)


def test_no_page_of_signing_in_names_a_form_by_two_ids(app: Flask, client: FlaskClient):
    for address in ("/login", "/login/code", "/reset"):
        ids = re.findall(r'\sid="([^"]+)"', client.get(address).text)
        assert len(ids) == len(set(ids)), (address, ids)
