"""What the finder costs as groups grow: `python -m bench.finder --groups 1000 10000 100000`.

A demo of each size is made in a database of its own; `--postgres` takes the address of an empty
PostgreSQL server's database instead of SQLite. Printed are medians of whole pages, in
milliseconds of server time, and how many queries each took.
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from app import create_app
from app.db import db
from tests.conftest import settings
from tests.queries import statements

PAGES = {
    "first screen": "/",
    "postcode": "/?near=3512",
    "postcode, today": "/?near=3512&day=today",
    "town and subject": "/?near=Groningen&subject=gambling",
    "a word few have": "/?q=vrouwen",
    "a word": "/?q=vuurtoren",
    "a town as word": "/?q=amsterdam",
    "everything": "/?sort=soonest",
    "map": "/?view=map",
    "week": "/?near=3512&view=week",
}
ROUNDS = 15


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--groups", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--postgres", help="address of an empty database, for one size")
    given = parser.parse_args()
    for number in given.groups:
        with tempfile.TemporaryDirectory() as folder:
            url = given.postgres or f"sqlite:///{Path(folder) / 'finder.sqlite'}"
            print(f"{number} groups, {url.partition(':')[0]}")
            measure(create_app(settings(url)), number)


def measure(app: Flask, number: int) -> None:
    with app.app_context():
        upgrade()
    filled = app.test_cli_runner().invoke(args=["demo", "--groups", str(number)])
    if filled.exit_code:
        raise SystemExit(filled.output)
    if app.config["SQLALCHEMY_DATABASE_URI"].startswith("postgresql"):
        with app.app_context(), db.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("ANALYZE")
    client = app.test_client()
    for name, path in PAGES.items():
        client.get(path)
        with statements(app) as sent:
            assert client.get(path).status_code == 200
        seconds = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            client.get(path)
            seconds.append(time.perf_counter() - began)
        print(f"  {name:18} {1000 * statistics.median(seconds):7.1f} ms {len(sent):3} queries")
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


if __name__ == "__main__":
    main()
