"""What the work list of a large fellowship costs: `python -m bench.work --groups 10000`.

A demo of that size on SQLite, all of it one fellowship's. Printed is the processor time of reading
the list, the median and the least of a few, and what is on it.
"""

import argparse
import gc
import statistics
import tempfile
import time
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import select, update

from app import clock, create_app
from app.db import db
from app.records.fellowships import Fellowship
from app.records.groups import Group
from app.records.work.points import work_of
from tests.conftest import settings

ROUNDS = 15


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--groups", type=int, default=10_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings(f"sqlite:///{Path(folder) / 'work.sqlite'}"))
        with app.app_context():
            upgrade()
        app.test_cli_runner().invoke(args=["demo", "--groups", str(given.groups)])
        gc.freeze()  # as wsgi.py does
        with app.app_context():
            fellowship_id = db.session.scalars(select(Fellowship.id)).first() or 0
            db.session.execute(update(Group).values(fellowship_id=fellowship_id))
            db.session.commit()
            today = clock.today()
            seconds = []
            for _ in range(ROUNDS):
                began = time.process_time()
                points = work_of(fellowship_id, today)
                seconds.append(time.process_time() - began)
            print(
                f"{len(points)} points: {1000 * statistics.median(seconds):.0f} ms,"
                f" the least {1000 * min(seconds):.0f} ms"
            )
            db.session.remove()
            db.engine.dispose()


if __name__ == "__main__":
    main()
