"""How costs grow: `python -m bench.curves --groups 100 1000 10000 100000`, with groups and with years.

A demo of each size is made in a database of its own; beyond ten thousand its groups are copied,
each copy with its standing time, coming meetings and words to find it by. `--postgres` takes the
address of an empty PostgreSQL database instead of SQLite, for one size. Printed is what an answer
costs that nobody has yet: medians of milliseconds (on SQLite of this process's own time, on PostgreSQL
of the clock), and how many queries it took. Then one group with years of weeks behind it, each fourth
of them otherwise.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import Table, delete, func, insert, literal, select

from app import clock, create_app
from app.blueprints.public.feeds import Bodies
from app.db import db
from app.domain.meeting import Status
from app.domain.week import Week
from app.domain.zones import HOME
from app.records.findables import FindableRecord, FindableWord
from app.records.finding.coming import ComingMeeting
from app.records.groups import Group
from app.records.listings import forget_schedules
from app.records.slots import SlotRecord
from app.records.weeks import DeviationRecord
from tests.conftest import settings
from tests.queries import statements

YEARS = (0, 1, 5, 10)
COPIED = (SlotRecord, ComingMeeting, FindableRecord, FindableWord)
"""What a copy of a group has of its own, for feeds, pages and the finder."""
PAGES = {
    "front page": "/",
    "by postcode": "/?near=3512",
    "by postcode, today": "/?near=3512&day=today",
    "town and subject": "/?near=Groningen&subject=gambling",
    "a word few have": "/?q=vrouwen",
    "a town as a word": "/?q=amsterdam",
    "everything": "/?sort=soonest",
    "map": "/?view=map",
    "week": "/?near=3512&view=week",
}
MOST_MADE = 10_000
ROUNDS = 15
MOST_LISTED = 10_000
"""The list of all groups is written anew as far as a site of that many."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--groups", type=int, nargs="+", default=[100, 1000, 10_000, 100_000])
    parser.add_argument("--postgres", help="address of an empty database, for one size")
    given = parser.parse_args()
    for number in given.groups:
        with _filled(number, given.postgres) as app:
            print(f"\n{number:,} groups, {'PostgreSQL' if given.postgres else 'SQLite'}")
            _by_groups(app, number)
    if not given.postgres:
        with _filled(100, None) as app:
            print("\nweeks of one group, each fourth of them otherwise")
            _by_years(app)


@contextmanager
def _filled(number: int, postgres: str | None) -> Iterator[Flask]:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings(postgres or f"sqlite:///{Path(folder) / 'curves.sqlite'}"))
        with app.app_context():
            upgrade()
        some = min(number, MOST_MADE)
        filled = app.test_cli_runner().invoke(args=["demo", "--groups", str(some)])
        if filled.exit_code:
            raise SystemExit(filled.output)
        with app.app_context():
            _copy(number // some - 1)
            with db.engine.connect() as connection:
                connection.execution_options(isolation_level="AUTOCOMMIT")
                connection.exec_driver_sql("ANALYZE")
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def _copy(times: int) -> None:
    """Copy each group so many times, under addresses of its own."""
    groups: Table = Group.__table__  # type: ignore[assignment]
    step = db.session.scalar(select(func.max(groups.c.id))) or 0
    for time_of in range(1, times + 1):
        other = literal(f"-copy-{time_of}")
        apart = {"slug": groups.c.slug + other, "source_key": None}
        apart |= {key: groups.c[key] + other for key in ("feed_key", "discreet_key")}
        _insert(groups, "id", time_of * step, apart, groups.c.id <= step)
        for record in COPIED:
            table: Table = record.__table__  # type: ignore[assignment]
            _insert(table, "group_id", time_of * step, {}, table.c.group_id <= step)
        db.session.commit()


def _insert(table: Table, key: str, more: int, apart: dict[str, Any], which: Any) -> None:
    own = {"id"} - {key}  # its numbers are given by the database
    names = [one.name for one in table.columns if one.name not in own and one.computed is None]
    values = [
        table.c[name] + more if name == key else apart.get(name, table.c[name]) for name in names
    ]
    db.session.execute(insert(table).from_select(names, select(*values).where(which)))


def _by_groups(app: Flask, number: int) -> None:
    client = _client(app)
    _id, feed, page = _one_group(app)
    _print("calendar, written anew", *_cost(app, client, feed))
    tag = client.get(feed).headers["ETag"]
    _print("calendar, unchanged", *_cost(app, client, feed, {"If-None-Match": tag}))
    _print("a group's page", *_cost(app, client, page))
    for name, path in PAGES.items():
        _print(name, *_cost(app, client, path))
    if number <= MOST_LISTED:
        for name, all_of_it in (
            ("list of all, the first time", True),
            ("list of all, anew", False),
        ):
            cost = _cost(app, client, "/meetings.json", rounds=3, all_of_it=all_of_it)
            _print(name, *cost)


def _by_years(app: Flask) -> None:
    client = _client(app)
    group_id, feed, page = _one_group(app)
    for years in YEARS:
        with app.app_context():
            _live_through(group_id, years)
        for name, path in (("calendar, written anew", feed), ("a group's page", page)):
            _print(f"{name}, {years} years", *_cost(app, client, path))


def _client(app: Flask) -> FlaskClient:
    """Return a client that asks and no more: that of the tests reads each page for faults."""
    return FlaskClient(app, app.response_class)


def _one_group(app: Flask) -> tuple[int, str, str]:
    """Return a group that meets: its id, and the addresses of its calendar and its page."""
    with app.app_context():
        group = db.session.scalars(
            select(Group).where(Group.status == Status.ACTIVE, Group.listed)
        ).first()
        assert group is not None
        return group.id, f"/feeds/{group.feed_key}.ics", f"/groups/{group.slug}"


def _live_through(group_id: int, years: int) -> None:
    """Give a group weeks behind it: each fourth an hour later."""
    now = clock.now()
    week, record = Week.at(now, HOME), DeviationRecord
    db.session.execute(delete(record).where(record.group_id == group_id, record.week < week))
    slot = db.session.scalars(select(SlotRecord).where(SlotRecord.group_id == group_id)).first()
    assert slot is not None
    slot.since = week + -52 * max(years, 1)
    later = slot.start.replace(hour=(slot.start.hour + 1) % 24)
    db.session.add_all(
        record(group_id=group_id, week=week + -back, start=later)
        for back in range(4, 52 * years, 4)
    )
    db.session.commit()


def _cost(
    app: Flask,
    client: FlaskClient,
    path: str,
    headers: dict[str, str] | None = None,
    rounds: int = ROUNDS,
    all_of_it: bool = True,
) -> tuple[float, int]:
    """Return milliseconds and queries of an answer that nobody has yet."""
    clocked: Callable[[], float] = time.process_time
    if app.config["SQLALCHEMY_DATABASE_URI"].startswith("postgresql"):
        clocked = time.perf_counter
    answers = (200, 304)
    assert client.get(path, headers=headers).status_code in answers
    _forget(app, all_of_it=all_of_it)
    with statements(app) as sent:
        assert client.get(path, headers=headers).status_code in answers
    taken = []
    for _ in range(rounds):
        _forget(app, all_of_it=all_of_it)
        began = clocked()
        client.get(path, headers=headers)
        taken.append(clocked() - began)
    return 1000 * statistics.median(taken), len(sent)


def _forget(app: Flask, *, all_of_it: bool = True) -> None:
    """Drop what this process has read, answered and written; lines of lists only with all of it."""
    forget_schedules()
    app.extensions["kept"].forget()
    app.extensions["feeds"] = Bodies(0)
    app.extensions["lists"] = Bodies(0)
    if all_of_it:
        app.extensions["list_lines"].clear()


def _print(name: str, milliseconds: float, queries: int) -> None:
    print(f"  {name:34} {milliseconds:8.1f} ms {queries:3} queries", flush=True)


if __name__ == "__main__":
    main()
