"""What a coordinator's saves cost: `python -m bench.saves`.

Through the whole app, on SQLite on disk: a group with a seated reader of letters, a follower, a
second coordinator and a year of history. Printed of each save, done again and again, are the
processor time, median and least, and the statements that it sends.
"""

import argparse
import gc
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock, create_app
from app.db import db
from app.domain.keys import hash_of
from app.domain.roles import Role
from app.domain.week import Week
from app.domain.zones import day_at_home
from app.records.contacts import ContactRecord
from app.records.followers import Follower
from app.records.groups import Group
from app.records.participants import ParticipantRecord
from tests.browsing import form_on
from tests.conftest import settings
from tests.people import World
from tests.queries import statements

ROUNDS = 60
Save = tuple[str, dict[str, Any]]
"""The address of a page with a form, and what is changed in it."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--more", type=int, default=100, help="other groups")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings(f"sqlite:///{Path(folder) / 'saves.sqlite'}"))
        app.test_client_class = FlaskClient  # that of the tests reads each page with care
        with app.app_context():
            db.create_all()
        world = World(app)
        _fill(world, given.more)
        client = world.anna.client()
        gc.freeze()  # as wsgi.py does
        print(f"{'save':16}{'ms':>8}{'least':>8}{'statements':>12}")
        for name, save in SAVES.items():
            _measure(app, client, name, save, given.rounds)
        with app.app_context():
            db.engine.dispose()


def _measure(
    app: Flask, client: FlaskClient, name: str, save: Callable[[int], Save], rounds: int
) -> None:
    seconds: list[float] = []
    shown = "?change=move" if "/weeks/" in save(0)[0] else ""
    for number in range(rounds):
        address, fields = save(number)
        form = form_on(client, address + shown, address if shown else None)
        data = {name: value for name, value in (form | fields).items() if value is not None}
        if not number:
            with statements(app) as sent:
                _post(client, address, data)
            continue
        began = time.process_time()
        _post(client, address, data)
        seconds.append(time.process_time() - began)
    middle, least = 1000 * statistics.median(seconds), 1000 * min(seconds)
    print(f"{name:16}{middle:8.1f}{least:8.1f}{len(sent):12}", flush=True)


def _post(client: FlaskClient, address: str, data: dict[str, Any]) -> None:
    answer = client.post(address, data=data)
    if answer.status_code not in (302, 303):
        raise SystemExit(f"{address} answered {answer.status_code}")


def _fill(world: World, more: int) -> None:
    with world.app.app_context():
        group = db.session.scalars(select(Group).where(Group.slug == "oost")).one()
        for number in range(more):
            name = f"Meer {number}"
            another = world.group(group.fellowship, f"more-{number}", name, "Utrecht", weekday=2)
            elsewhere = another.slots[0].place
            assert elsewhere is not None
            elsewhere.street, elsewhere.postcode = f"Laan {number + 1}", ""
        world.person("cor@example.org", "Cor", Role.COORDINATOR, group=group)
        now = clock.now()
        db.session.add(
            ParticipantRecord(
                group_id=group.id, seat=1, alias="Marieke", joined_on=day_at_home(now), consent_at=now, consent_text="1", language="nl",
                contact="marieke@example.org", wants_letters=True,
                key_hash=hash_of("marieke"), key="marieke",
            )
        )  # fmt: skip
        db.session.add(
            Follower(
                group_id=group.id, way="mail", contact="frank@example.org", language="nl",
                key_hash=hash_of("frank"), key="frank", confirmed_at=now, used_at=now,
            )
        )  # fmt: skip
        db.session.add(
            ContactRecord(
                group_id=group.id,
                position=1,
                name="Kim",
                email="kim@example.org",
                phone="",
                asked_at=now,
            )
        )
        db.session.commit()


def _slots(number: int) -> Save:
    return "/coordinate/oost/slot", {"start": f"20:{number % 60:02}", "do": "save"}


def _listing(number: int) -> Save:
    return "/coordinate/oost/listing", {"description": f"Welkom {number}."}


def _week(number: int) -> Save:
    return f"/coordinate/oost/weeks/{_coming()}", {"start": f"21:{number % 60:02}", "do": "save"}


def _cancelled(number: int) -> Save:
    off = {"cancelled": "y", "reason": "ziek"} if number % 2 else {"cancelled": None}
    return f"/coordinate/oost/weeks/{_coming()}", off | {"do": "save"}


def _place(number: int) -> Save:
    return "/coordinate/oost/places/1", {"directions": f"Bel {number}."}


def _contact(number: int) -> Save:
    return "/coordinate/oost/contacts/1", {"name": f"Kim {number}"}


def _taken(number: int) -> Save:
    return "/coordinate/oost/circle/taken", {"taken": str(2 + number % 8)}


def _coming() -> Week:
    return Week.of(clock.today() + timedelta(weeks=1))


SAVES: dict[str, Callable[[int], Save]] = {
    "standing time": _slots,
    "listing": _listing,
    "one week": _week,
    "off, and on": _cancelled,
    "place": _place,
    "contact person": _contact,
    "taken seats": _taken,
}

if __name__ == "__main__":
    main()
