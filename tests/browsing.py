"""A browser without script: opens a page, fills in a form as it stands, and sends it."""

import re
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


class _Forms(HTMLParser):
    """The forms of a page, each with what its fields hold when nobody touches them."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[dict[str, Any], list[tuple[str, str]]]] = []
        self._select: str | None = None
        self._option: tuple[str, bool] | None = None
        self._chosen: str | None = None
        self._area: str | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.forms.append((given, []))
        if not self.forms:
            return
        fields = self.forms[-1][1]
        if tag == "input" and given.get("name"):
            kind = given.get("type", "text")
            if kind in ("checkbox", "radio") and "checked" not in given:
                return
            if kind not in ("submit", "button"):
                fields.append((given["name"], given.get("value") or ""))
        elif tag == "select":
            self._select, self._chosen = given.get("name"), None
        elif tag == "option" and self._select:
            if self._chosen is None or "selected" in given:
                self._chosen = given.get("value") or ""
        elif tag == "textarea":
            self._area, self._text = given.get("name"), ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self._select and self.forms:
            self.forms[-1][1].append((self._select, self._chosen or ""))
            self._select = None
        if tag == "textarea" and self._area and self.forms:
            self.forms[-1][1].append((self._area, self._text.removeprefix("\r\n").lstrip("\n")))
            self._area = None


def words_of(page: str) -> str:
    """Return what a page says, without its tags."""
    return re.sub(r"<[^>]+>", "", page)


def names_on(client: FlaskClient, page: str) -> str:
    """Return a page without what is random in it: three letters of a name may stand in a key."""
    return re.sub(r"[\w-]{20,}", "", client.get(page).text)


def form_on(client: FlaskClient, page: str, action: str | None = None) -> dict[str, list[str]]:
    """Return what a form on a page holds: the one with this action, else the last one there."""
    response = client.get(page)
    assert response.status_code == 200, (page, response.status_code)
    return form_in(response.text, action)


def form_in(text: str, action: str | None = None) -> dict[str, list[str]]:
    """Return what a form in a page's text holds: the one with this action, else the last one."""
    parser = _Forms()
    parser.feed(text)
    wanted = [
        fields
        for given, fields in parser.forms
        if given.get("method", "").lower() == "post"
        and (given.get("action") == action if action else given.get("action") != "/logout")
    ]
    assert wanted, "no such form"
    held: dict[str, list[str]] = {}
    for name, value in wanted[-1]:
        held.setdefault(name, []).append(value)
    return held


def submit(
    client: FlaskClient,
    page: str,
    *,
    to: str | None = None,
    without: tuple[str, ...] = (),
    **fields: Any,
) -> TestResponse:
    """Open a page, change these fields of its form, and send it to its action.

    `to` picks the form with that action. A value of None leaves a field out.
    """
    held: dict[str, Any] = form_on(client, page, to)
    held |= {name.replace("__", "-"): value for name, value in fields.items()}
    data = {
        name: value for name, value in held.items() if value is not None and name not in without
    }
    return client.post(to or page, data=data)
