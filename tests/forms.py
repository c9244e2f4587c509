"""The forms that people's pages hold, as they would be sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from tests.addresses import Grounds, csrf_token, rules

ENDS_THE_VISIT = ("/logout", "/account/erase")


@dataclass(frozen=True)
class Sent:
    """A form as it stands on a page, with one of its buttons."""

    action: str
    fields: tuple[tuple[str, str], ...]


def forms_of(grounds: Grounds, person: str) -> Iterator[Sent]:
    """Yield every form that a person's pages hold, filled in, once for each button and choice."""
    client, seen = grounds.client(person), set()
    for rule in rules(grounds.app, "GET"):
        address = grounds.address(rule, person)
        response = client.get(address)
        if response.status_code != 200 or response.mimetype != "text/html":
            continue
        for form in html.fromstring(response.text).forms:
            if (form.method or "").lower() != "post":
                continue
            action = form.action or address
            for fields in _filled(form):
                if (one := Sent(action, fields)) not in seen and action not in ENDS_THE_VISIT:
                    seen.add(one)
                    yield one


def _filled(form: Any) -> Iterator[tuple[tuple[str, str], ...]]:
    """Yield what a form sends with every box ticked: by each button, and with each last choice."""
    fields: list[tuple[str, str]] = []
    for field in form.xpath(".//input[@name] | .//select[@name] | .//textarea[@name]"):
        name, kind = field.get("name"), field.get("type", "text")
        if name == "csrf_token" or kind in ("submit", "file"):
            continue
        if field.tag == "select":
            options = [one for one in field.value_options if one]
            fields.append((name, options[-1] if options else ""))
        elif field.tag == "textarea":
            fields.append((name, field.text or "Iets nieuws."))
        elif kind == "email":
            fields.append((name, field.get("value") or "iemand@example.org"))
        else:
            fields.append((name, field.get("value") or "1"))
    buttons = form.xpath(".//button[@name]") or [None]
    for button in buttons:
        pressed = [] if button is None else [(button.get("name"), button.get("value") or "")]
        yield tuple(fields + pressed)


def post(app: Flask, client: FlaskClient, address: str, fields: list[tuple[str, str]]) -> Any:
    """Send a form with the token that its page would hold."""
    data: dict[str, list[str]] = {"csrf_token": [csrf_token(app, client)]}
    for name, value in fields:
        data.setdefault(name, []).append(value)
    return client.post(address, data=data)
