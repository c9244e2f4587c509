"""How long it takes to shut a hall with two hundred groups: `python -m bench.closures`.

On SQLite, each group with a coordinator of its own, so that two hundred letters are sealed. Shut
and opened again in turn; for six weeks, and for a whole year.
"""

import statistics
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from app import clock, create_app
from app.actions.closures import close_place, withdraw_closure
from app.db import db
from app.domain.roles import Role
from app.records.groups import find_group
from tests.actions.shut import fill_the_hall, hall_of_oost, share_the_hall
from tests.conftest import settings
from tests.people import World

GROUPS = 200
ROUNDS = 7


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings(f"sqlite:///{Path(folder) / 'bench.sqlite'}"))
        with app.app_context():
            db.create_all()
        world = World(app)
        share_the_hall(app)
        fill_the_hall(app, world, GROUPS - 2)
        with app.app_context():
            for number in range(GROUPS - 2):
                group = find_group(f"zaal-{number}")
                email = f"coordinator-{number}@example.org"
                world.person(email, f"C{number}", Role.COORDINATOR, group=group)
            db.session.commit()
        print(f"{'days':8}{'shut, s':>10}{'opened, s':>11}")
        for days in (42, 365):
            shut, opened = zip(*(_round(app, days) for _ in range(ROUNDS)), strict=True)
            print(f"{days:<8}{statistics.median(shut):10.2f}{statistics.median(opened):11.2f}")
        with app.app_context():
            db.engine.dispose()


def _round(app, days: int) -> tuple[float, float]:
    first: date = clock.today() + timedelta(days=1)
    with app.app_context():
        oost, hall = find_group("oost"), hall_of_oost()
        begun = time.perf_counter()
        last = first + timedelta(days=days - 1)
        closure = close_place(oost, hall, first, last, "verbouwing", by=None)
        shut = time.perf_counter() - begun
        number = closure.id
    with app.app_context():
        begun = time.perf_counter()
        withdraw_closure(number, by=None)
        return shut, time.perf_counter() - begun


if __name__ == "__main__":
    main()
