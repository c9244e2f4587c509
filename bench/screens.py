"""Pictures of the pages that most people meet, for docs/screens: `python -m bench.screens`.

Five pages in Dutch, English and Arabic, on a phone and at a desk, light and dark: WebP, under 3 MB in all.
Asks for Chromium.
"""

import base64
import logging
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import CHROMIUM, DESK, PHONE, Site, running

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screens"
LANGUAGES = ("nl", "en", "ar")
SCHEMES = ("light", "dark")
QUALITY = 55
MOST_BYTES = 3_000_000


def main() -> int:
    """Take every picture anew; fail when a page scrolls sideways or all weigh too much."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    wide: list[str] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder)) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=CHROMIUM
        )
        for name, page in _pages(browser, site):
            (FOLDER / f"{name}.webp").write_bytes(_picture(page))
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wide.append(name)
        browser.close()
    weight = sum(file.stat().st_size for file in FOLDER.iterdir())
    print(f"{len(list(FOLDER.glob('*.webp')))} pictures, {weight / 1e6:.1f} MB", *wide)
    return int(bool(wide) or weight > MOST_BYTES)


def _pages(browser: Browser, site: Site) -> Iterator[tuple[str, Page]]:
    paths = {
        "front": "/",
        "results": "/?near=1091&subject=alcohol",
        "map": "/?near=Amsterdam&view=map",
        "group": site.group_of("anna")["url"],
        "seat": site.demo["seats"][0]["url"],
    }
    for size in (PHONE, DESK):
        for scheme in SCHEMES:
            for language in LANGUAGES:
                context = browser.new_context(
                    viewport=size, color_scheme=scheme, locale=language, base_url=site.url
                )
                page = context.new_page()
                page.goto("/")  # so that the letters are there: late ones are not swapped in
                page.wait_for_load_state("networkidle")
                for name, path in paths.items():
                    page.goto(f"{path}{'&' if '?' in path else '?'}lang={language}")
                    page.wait_for_load_state("networkidle")
                    yield f"{name}-{language}-{size['width']}-{scheme}", page
                context.close()


def _picture(page: Page) -> bytes:
    session = page.context.new_cdp_session(page)
    taken = session.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    session.detach()
    return base64.b64decode(taken["data"])


if __name__ == "__main__":
    sys.exit(main())
