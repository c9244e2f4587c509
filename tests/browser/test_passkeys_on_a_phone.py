"""Passkeys on a phone: made, used in place of password and code, removed; and without script."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.browser.conftest import Site, log_in, visitor
from tests.browser.test_every_page import violations

PHONE_OF_PLAYWRIGHT = (
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"
)
OPTIONS = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@contextmanager
def phone(browser: Browser, site: Site, **more: Any) -> Iterator[tuple[Page, CDPSession, str]]:
    """A phone that makes passkeys, at the name of this machine: an address of digits has none."""
    options = {"base_url": site.url.replace("127.0.0.1", "localhost")}
    with visitor(browser, site, user_agent=PHONE_OF_PLAYWRIGHT, **options, **more) as page:
        session = page.context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        told = session.send("WebAuthn.addVirtualAuthenticator", {"options": OPTIONS})
        yield page, session, told["authenticatorId"]


def make_passkey(page: Page) -> None:
    page.goto("/account/passkeys")
    page.get_by_role("button", name="Maak een passkey op dit apparaat").click()
    expect(page.get_by_text("Je passkey staat klaar.")).to_be_visible()


def enter(page: Page) -> None:
    page.goto("/login")
    page.get_by_role("button", name="Gebruik een passkey").click()


@pytest.mark.parametrize(("name", "home"), [("anna", "/coordinate/"), ("olaf", "/national/")])
def test_a_passkey_takes_the_place_of_password_and_code(
    browser: Browser, site: Site, name: str, home: str
) -> None:
    with phone(browser, site) as (page, _session, _key):
        faults: list[str] = []
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        log_in(page, site, name)
        page.get_by_role("link", name="Maak een passkey").click()
        expect(page.get_by_text("Zie je hier geen knop?")).to_be_hidden()
        assert violations(page) == []
        make_passkey(page)
        expect(page.get_by_role("heading", name="Mijn passkeys")).to_be_visible()
        assert violations(page) == []
        page.context.clear_cookies()

        enter(page)

        page.wait_for_url(f"**{home}")
        page.goto("/account")
        expect(page.get_by_text("met een passkey").last).to_be_visible()
        assert faults == []


def test_a_removed_passkey_no_longer_works(browser: Browser, site: Site) -> None:
    with phone(browser, site) as (page, _session, _key):
        log_in(page, site, "anna")
        make_passkey(page)
        page.get_by_role("button", name="Haal deze passkey weg").click()
        expect(page.get_by_text("Deze passkey werkt niet meer.")).to_be_visible()
        page.context.clear_cookies()

        enter(page)

        expect(page.get_by_text("Deze passkey werkt hier niet (meer).").first).to_be_visible()


def test_a_phone_that_is_not_unlocked_does_not_get_in(browser: Browser, site: Site) -> None:
    with phone(browser, site) as (page, session, key):
        log_in(page, site, "anna")
        make_passkey(page)
        page.context.clear_cookies()
        session.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})

        enter(page)

        expect(page.get_by_text("Dat is niet gelukt.")).to_be_visible()
        expect(page.get_by_label("Wachtwoord")).to_be_visible()


def test_an_answer_that_was_overheard_does_not_count_again(browser: Browser, site: Site) -> None:
    with phone(browser, site) as (page, _session, _key):
        log_in(page, site, "anna")
        make_passkey(page)
        page.context.clear_cookies()
        sent: list[dict[str, Any]] = []
        page.on("request", _keep_to("/login/passkey", sent))
        enter(page)
        page.wait_for_url("**/coordinate/")

        with visitor(browser, site) as thief:
            thief.context.add_cookies([sent[0]["cookie"]])
            answer = thief.request.post(
                f"{site.url}/login/passkey".replace("127.0.0.1", "localhost"),
                data=sent[0]["body"],
                headers={"Content-Type": "application/x-www-form-urlencoded"},
            )

        assert answer.status == 422


def test_who_already_has_one_on_this_phone_is_told(browser: Browser, site: Site) -> None:
    with phone(browser, site) as (page, _session, _key):
        log_in(page, site, "anna")
        make_passkey(page)
        page.goto("/account/passkeys")
        page.get_by_role("button", name="Maak een passkey op dit apparaat").click()

        expect(page.get_by_text("Dit apparaat heeft al een passkey van je.")).to_be_visible()


def test_without_script_the_password_is_the_way(browser: Browser, site: Site) -> None:
    with phone(browser, site, java_script_enabled=False) as (page, _session, _key):
        page.goto("/login")
        expect(page.get_by_role("button", name="Gebruik een passkey")).to_be_hidden()
        log_in(page, site, "anna")
        page.goto("/account/passkeys")

        expect(page.get_by_role("button", name="Maak een passkey op dit apparaat")).to_be_hidden()
        expect(page.get_by_text("Zie je hier geen knop?")).to_be_visible()


def _keep_to(path: str, sent: list[dict[str, Any]]) -> Callable[[Any], None]:
    def keep(request: Any) -> None:
        if request.url.endswith(path):
            cookie = request.all_headers()["cookie"].partition("session=")[2].partition(";")[0]
            sent.append(
                {
                    "body": request.post_data,
                    "cookie": {
                        "name": "session",
                        "value": cookie,
                        "domain": "localhost",
                        "path": "/",
                    },
                }
            )

    return keep
