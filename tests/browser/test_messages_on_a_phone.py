"""A message to a phone, from the tap that asks for it to what its lock screen shows.

Only the browser maker's own service is not there: the address that it would give is one of this machine.
"""

import json

import pytest
from playwright.sync_api import Browser, Page, expect

from app.actions.weeks import call_off
from app.clock import now
from app.domain.week import Week
from app.formats.push import encoded
from app.records.groups import find_group
from tests.browser.conftest import Site, visitor
from tests.push_service import carrying

TAKES = """given => {
    PushManager.prototype.subscribe = async function (wanted) {
        window.wanted = wanted;
        return { toJSON: () => ({ endpoint: given.endpoint, keys: given }) };
    };
}"""
SHOWN = """async () => {
    const worker = await navigator.serviceWorker.getRegistration("/follow/");
    return (await worker.getNotifications()).map(({ title, body, data, icon }) => ({ title, body, data, icon }));
}"""


def deliver(page: Page, data: str) -> None:
    """Hand the page's worker a message, as the browser does once it has opened the seal."""
    tools = page.context.new_cdp_session(page)
    found: list[dict] = []
    tools.on(
        "ServiceWorker.workerRegistrationUpdated", lambda told: found.extend(told["registrations"])
    )
    tools.send("ServiceWorker.enable")
    while not found:
        page.evaluate("new Promise(requestAnimationFrame)")  # the tools' word comes meanwhile
    tools.send(
        "ServiceWorker.deliverPushMessage",
        {
            "origin": found[0]["scopeURL"].removesuffix("/follow/"),
            "registrationId": found[0]["registrationId"],
            "data": data,
        },
    )


def test_a_phone_that_asks_is_told_that_something_changed_and_not_what(
    browser: Browser, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = site.group_of("anna")
    with carrying() as service, visitor(browser, site) as page:
        monkeypatch.setitem(site.app.config, "TWAALF_PUSH_KEY", encoded(bytes(range(1, 33))))
        monkeypatch.setitem(site.app.config, "TWAALF_PUSH_TRUSTED", frozenset({service.origin}))
        page.context.grant_permissions(["notifications"])
        page.add_init_script(f"({TAKES})({json.dumps(service.as_form())})")
        page.goto(f"{group['url']}/follow")
        page.get_by_role("button", name="Zet berichten aan op dit toestel").click()
        page.wait_for_url("**/follow/*")

        with site.app.app_context():
            oost = find_group(group["slug"])
            name = oost.name
            call_off(oost, Week.at(now(), oost.timezone) + 1, by=None)
        site.app.test_cli_runner().invoke(args=["letters", "send"], catch_exceptions=False)
        [taken] = service.taken
        deliver(page, json.dumps(taken))

        page.wait_for_function(f"async () => (await ({SHOWN})()).length")
        [shown] = page.evaluate(SHOWN)
        assert shown["title"] == "Er is iets veranderd in je agenda."
        assert shown["body"] == ""
        assert shown["data"] in page.url
        assert page.request.get(shown["icon"]).status == 200
        page.goto(shown["data"])
        expect(page.get_by_role("heading", level=1)).to_contain_text(name)
