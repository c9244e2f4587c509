"""A form that lay open for an hour on a phone: after the password it is saved as it was typed."""

import pytest
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, log_in, visitor
from tests.browser.test_every_page import violations

WORDS = "Wij komen bij elkaar in de zaal achter.\nBel aan bij de groene deur."


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_what_was_typed_an_hour_ago_is_saved_after_the_password(
    browser: Browser, site: Site, script: bool
) -> None:
    group = site.group_of("anna")["slug"]
    with visitor(browser, site, java_script_enabled=script) as page:
        log_in(page, site, "anna")
        page.goto(f"/coordinate/{group}/listing")
        page.get_by_label("Omschrijving").fill(WORDS)
        let_an_hour_pass(page, site)

        page.get_by_role("button", name="Bewaar").click()
        expect(page.get_by_text("gaat daarna vanzelf door")).to_be_visible()
        assert not script or violations(page) == []
        page.get_by_label("Wachtwoord").fill(site.account("anna")["password"])
        page.get_by_role("button", name="Ga verder").click()

        page.wait_for_url(f"**/coordinate/{group}")
        page.goto(f"/coordinate/{group}/listing")
        expect(page.get_by_label("Omschrijving")).to_have_value(WORDS)


def let_an_hour_pass(page: Page, site: Site) -> None:
    """Have the session's password be typed an hour ago."""
    (held,) = (one for one in page.context.cookies() if one["name"] == "session")
    signer = SecureCookieSessionInterface().get_signing_serializer(site.app)
    assert signer
    session = signer.loads(held["value"])
    session["fs_paa"] -= 60 * 60
    session.pop("fs_gexp", None)  # the half hour that each deed adds
    page.context.add_cookies([{"name": "session", "value": signer.dumps(session), "url": site.url}])
