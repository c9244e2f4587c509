"""Anna, on a phone, one hand free: is there a meeting at Christmas?"""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from playwright.sync_api import Browser
from sqlalchemy import delete

from app.actions.parts.revision import calendar_changed
from app.db import db
from app.records.groups import find_group
from app.records.weeks import ClosureRecord, DeviationRecord
from tests.browser.conftest import Site, log_in, visitor

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    """Some weeks before Christmas; the browser need not know."""
    with time_machine.travel(NOON):
        yield


@pytest.fixture
def asked(november: None, site: Site) -> str:
    """Anna's group, on Saturdays and with nothing else of its own; returns its slug."""
    slug = site.account("anna")["groups"][0]
    with site.app.app_context():
        group = find_group(slug)
        for slot in group.slots:
            slot.weekday = 6
        db.session.execute(delete(DeviationRecord).where(DeviationRecord.group_id == group.id))
        db.session.execute(delete(ClosureRecord))
        calendar_changed(group)
        db.session.commit()
    return slug


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_two_taps_from_my_groups_say_whether_we_meet(
    browser: Browser, site: Site, asked: str, script: bool
) -> None:
    with visitor(browser, site, java_script_enabled=script) as page:
        log_in(page, site, "anna")
        page.goto("/coordinate/")

        page.locator(f'a[href="/coordinate/{asked}"]').click()
        page.locator("details.waiting > summary").click()
        question = page.locator(".asked").first
        holiday = question.get_by_role("heading").inner_text().split(" (")[0]
        question.get_by_role("button", name="Nee", exact=True).click()

        told = page.get_by_role("status")
        assert f"{holiday}: iedereen ziet nu dat het niet doorgaat." in told.inner_text()
        page.goto(f"/groups/{asked}")
        assert f"gaat niet door: {holiday}" in page.locator(".weeks").inner_text()

        page.goto(f"/coordinate/{asked}")
        page.get_by_role("button", name="Toch wel").first.click()
        page.goto(f"/groups/{asked}")
        assert f"gaat niet door: {holiday}" not in page.locator(".weeks").inner_text()


def test_every_answer_is_as_large_as_a_thumb(browser: Browser, site: Site, asked: str) -> None:
    with visitor(browser, site) as page:
        log_in(page, site, "anna")
        page.goto(f"/coordinate/{asked}")

        page.locator("details.waiting > summary").click()
        taps = page.locator(".asked").first.locator("button, a")
        boxes = [one.bounding_box() for one in taps.all()]

        assert len(boxes) == 3
        assert all(box and box["height"] >= 48 and box["width"] >= 48 for box in boxes)
