"""What tests of evenings share, whoever they answer."""

from datetime import datetime

from flask import Flask
from flask.testing import FlaskClient

from app.actions.seats import Ask, ask_for_seat, confirm_seat
from app.domain.week import Week
from app.records.evenings import away_in, guests_in, tasks_in
from app.records.groups import find_group
from app.records.participants import people_of
from tests.addresses import csrf_token

MONDAY = datetime.fromisoformat("2026-11-23T12:00+01:00")
WEEK = Week.of(MONDAY.date())
EVENING = "/coordinate/oost/evening"


def seat(app: Flask, *aliases: str) -> list[str]:
    """Give people a confirmed seat; return the addresses of their pages."""
    with app.app_context():
        group = find_group("oost")
        pages = []
        for alias in aliases:
            ask = Ask(alias=alias, consent_text="1")
            asked = ask_for_seat(group, ask, ask_key=f"form-{alias}")
            confirm_seat(asked.key, by_mail=True)
            pages.append(f"/seat/{asked.key}")
        return pages


def send(app: Flask, client: FlaskClient, to: str, **fields: object):
    return client.post(to, data={"csrf_token": csrf_token(app, client), "week": str(WEEK)} | fields)


def stored(app: Flask) -> tuple[int, int, dict]:
    with app.app_context():
        group_id = find_group("oost").id
        names = {one.id: one.alias for one in people_of(group_id)}
        tasks = {
            str(task): names.get(who) for (_, task), who in tasks_in(group_id, WEEK, 6).items()
        }
        return away_in(group_id, WEEK), guests_in(group_id, WEEK), tasks
