"""The script that answers without network: from the root, never stale, and for public pages alone."""

from flask.testing import FlaskClient

from tests.people import World


def test_the_worker_reaches_the_whole_site_and_is_asked_for_anew(client: FlaskClient):
    answer = client.get("/sw.js")

    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in answer.headers


def test_no_private_address_stands_in_the_worker(client: FlaskClient):
    script = client.get("/sw.js").text

    for private in ("/seat", "/coordinate", "/national", "/account", "/login"):
        assert private not in script


def test_the_buttons_are_hidden_until_a_script_shows_them(world: World, client: FlaskClient):
    for address in ("/groups/oost", "/my-groups?g=oost", "/?sort=soonest"):
        page = client.get(address).text
        assert page.count("data-keep ") == 1
        for line in page.splitlines():
            if "data-keep " in line or "data-forget" in line:
                assert " hidden>" in line
