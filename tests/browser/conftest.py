"""A running Twaalf full of demo groups, and a real Chromium to visit it with."""

import json
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pyotp
import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

from app import create_app
from app.db import db
from tests.conftest import settings

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
]


def pytest_itemcollected(item: pytest.Item) -> None:
    """Every test below this folder needs a browser, whether or not its author thought of it."""
    item.add_marker("browser")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = shutil.which("chromium")
    assert path, "install Chromium: sudo apt install chromium"
    return browser_type_launch_args | {"executable_path": path, "args": CHROMIUM}


@dataclass
class Site:
    """A running site: its address, its app, and the demo's accounts and groups by JSON."""

    url: str
    app: Flask
    demo: dict[str, Any]
    cookies: dict[str, Any] = field(default_factory=dict)

    def remembered(self, name: str | None) -> dict[str, Any]:
        """Return the options of a browser in which someone was let in before."""
        return {"storage_state": self.cookies[name]} if name in self.cookies else {}

    def let_in(self, page: Page, name: str) -> None:
        """Log someone in once for all tests on this site: a one-time code works only once."""
        if name not in self.cookies:
            log_in(page, self, name)
            self.cookies[name] = page.context.storage_state()

    def account(self, name: str) -> dict[str, Any]:
        email = f"{name}@example.org"
        return next(one for one in self.demo["accounts"] if one["email"] == email)

    def group(self, slug: str) -> dict[str, Any]:
        return next(one for one in self.demo["groups"] if one["slug"] == slug)

    def group_of(self, name: str) -> dict[str, Any]:
        """Return the first group that someone coordinates."""
        return self.group(self.account(name)["groups"][0])


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with running(tmp_path) as site:
        yield site


@pytest.fixture(scope="session")
def shared_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """For tests that only look."""
    with running(tmp_path_factory.mktemp("site")) as site:
        yield site


@contextmanager
def running(folder: Path) -> Iterator[Site]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    app = create_app(settings(f"sqlite:///{folder}/twaalf.sqlite", TWAALF_PUBLIC_URL=url))
    with app.app_context():
        db.create_all()
    filled = app.test_cli_runner().invoke(args=["demo", "--json"])
    assert filled.exit_code == 0, filled.output
    server = make_server("127.0.0.1", port, _whole(app), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Site(url, app, json.loads(filled.stdout))
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        with app.app_context():
            db.engine.dispose()


def _whole(app: WSGIApplication) -> WSGIApplication:
    """Give answers whole: Werkzeug's server leaves a file open when a browser goes away meanwhile."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        parts = app(environ, start_response)
        try:
            return [b"".join(parts)]
        finally:
            if hasattr(parts, "close"):
                parts.close()

    return answer


@contextmanager
def visitor(browser: Browser, site: Site, **options: Any) -> Iterator[Page]:
    """Open a page as someone new, on a phone unless said otherwise."""
    told = {"viewport": PHONE, "locale": "nl-NL", "base_url": site.url} | options
    context: BrowserContext = browser.new_context(**told)
    try:
        yield context.new_page()
    finally:
        context.close()


def log_in(page: Page, site: Site, name: str) -> None:
    account = site.account(name)
    page.goto("/login")
    page.get_by_label("Mailadres").fill(account["email"])
    page.get_by_label("Wachtwoord").fill(account["password"])
    page.get_by_role("button", name="Log in").click()
    if account["totp_secret"]:
        page.get_by_label("Code uit de app").fill(pyotp.TOTP(account["totp_secret"]).now())
        page.get_by_role("button", name="Ga verder").click()
