"""What the overview costs when it is large: `python -m bench.overview [--postgres ADDRESS]`.

A hundred thousand groups of fourteen fellowships, a million people with a seat, and head counts of
three years of weeks for one group in ten, on SQLite or on an empty PostgreSQL database. A fifth of
them is a demo whose figures are counted by the app; four copies of it are written by SQL, their
listings confirmed on other days. Printed are whole pages in milliseconds, the median and the
fastest, what this process itself worked on one (with SQLite all of it), and its queries.
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import func, select, text

from app import clock, create_app
from app.actions.accounts import begin_login
from app.actions.figures import recount_figures
from app.db import db
from app.domain.week import Week
from app.domain.zones import HOME
from app.records.accounts import Account
from app.records.groups import Group
from app.records.head_counts import HeadCount
from app.records.participants import ParticipantRecord
from app.records.slots import SlotRecord
from app.records.tallies import Contribution, StageRecord, Tally
from tests.conftest import settings
from tests.queries import statements

COPIES = 4
WEEKS = 156
PEOPLE = 10
"""In each group, on average."""
ROUNDS = 25
PAGES = {
    "olaf@example.org": {
        "one fellowship": "/national/aa",
        "one province of it": "/national/aa/provinces/Utrecht",
        "its groups": "/national/aa/groups",
        "its groups, filtered": "/national/aa/groups?weekday=1&part=evening&freshness=amber",
        "its figures as JSON": "/national/aa/figures/figures.json",
    },
    "vera@example.org": {
        "all fellowships": "/national/",
        "one province of all": "/national/provinces/Utrecht",
    },
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--groups", type=int, default=100_000)
    parser.add_argument("--sharing", type=int, default=10, help="one group in so many shares")
    parser.add_argument("--postgres", help="address of an empty database")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = given.postgres or f"sqlite:///{Path(folder) / 'overview.sqlite'}"
        app = create_app(settings(url))
        began = time.perf_counter()
        fill(app, given.groups, given.sharing)
        print(f"  filled in {time.perf_counter() - began:.0f} s", flush=True)
        measure(app)
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def fill(app: Flask, groups: int, sharing: int) -> None:
    """Make a demo, seat people where chairs are free, and count heads for three years."""
    with app.app_context():
        upgrade()
    base = groups // (COPIES + 1)
    filled = app.test_cli_runner().invoke(args=["demo", "--groups", str(base)])
    if filled.exit_code:
        raise SystemExit(filled.output)
    with app.app_context():
        patient = "SET statement_timeout = 0"
        if db.engine.dialect.name == "postgresql":
            db.session.execute(text(patient))
        _seat_people(base)
        _count_heads(sharing)
        db.session.commit()
        if db.engine.dialect.name == "postgresql":
            db.session.execute(text(patient))
        began = time.perf_counter()
        recount_figures()
        print(f"  figures of {base} groups counted anew in {time.perf_counter() - began:.0f} s")
        for number in range(1, COPIES + 1):
            _copy(base, number)
        db.session.execute(text("DELETE FROM tally"))
        db.session.execute(text(TALLY))
        db.session.commit()
        for record in (Group, ParticipantRecord, HeadCount, Contribution, Tally):
            number = db.session.scalar(select(func.count()).select_from(record))
            print(f"  {number:9} rows of {record.__tablename__}")
        db.session.rollback()
        with db.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("ANALYZE")


def _seat_people(groups: int) -> None:
    """Write seats past the session's records: these people have no names."""
    today = clock.today().isoformat()
    seated = db.session.scalar(select(func.count(ParticipantRecord.seat))) or 0
    missing = max(0, groups * PEOPLE - seated)
    numbers = " UNION ALL ".join(f"SELECT {number} AS seat" for number in range(12, 0, -1))
    db.session.execute(
        text(
            "INSERT INTO participant (group_id, seat, joined_on, alias_number, language,"
            " wants_letters, is_willing, is_looking, feed_number)"
            f" SELECT groups.id, chairs.seat, '{today}', 1, 'nl', false, false, false, 1"
            f" FROM groups CROSS JOIN ({numbers}) AS chairs"
            " LEFT JOIN participant AS taken"
            " ON taken.group_id = groups.id AND taken.seat = chairs.seat"
            " WHERE taken.id IS NULL AND chairs.seat <= groups.capacity"
            # From the highest chair down and leaving some groups small, as they are.
            " AND groups.id % 20 <> 0"
            f" ORDER BY chairs.seat DESC, groups.id LIMIT {missing}"
        )
    )


def _count_heads(sharing: int) -> None:
    this = Week.at(clock.now(), HOME)
    db.session.execute(
        text("UPDATE groups SET shares_head_counts = (id % :sharing = 0)"), {"sharing": sharing}
    )
    weeks = " UNION ALL ".join(f"SELECT {this.number - ago} AS week" for ago in range(1, WEEKS + 1))
    db.session.execute(
        text(
            "INSERT INTO head_count (group_id, week, people)"
            f" SELECT groups.id, weeks.week, (groups.id + weeks.week) % 14"
            f" FROM groups CROSS JOIN ({weeks}) AS weeks"
            " LEFT JOIN head_count AS known"
            " ON known.group_id = groups.id AND known.week = weeks.week"
            " WHERE groups.shares_head_counts AND known.group_id IS NULL"
        )
    )


TALLY = (
    "INSERT INTO tally (topic, value, since, fellowship_id, province, number, exact, few)"
    " SELECT topic, value, since, fellowship_id, province, sum(number), sum(exact), sum(few)"
    " FROM contribution GROUP BY topic, value, since, fellowship_id, province"
)


def _copy(base: int, number: int) -> None:
    """Write the first groups once more, with all that the figures are made of."""
    is_postgres = db.engine.dialect.name == "postgresql"
    days = 11 * number
    shifted = f"(value::date - {days})::text" if is_postgres else f"date(value, '-{days} days')"
    offset = base * number
    other = {
        "groups": {
            "id": f"id + {offset}",
            "slug": f"substr(slug, 1, 70) || '--{number}'",
            "source_key": "NULL",
            "feed_key": f"feed_key || '{number}'",
            "discreet_key": f"discreet_key || '{number}'",
            "confirmed_on": f"confirmed_on - {days}" if is_postgres
            else f"date(confirmed_on, '-{days} days')",
        },
        "participant": {
            **dict.fromkeys(("ask_key", "feed_hash", "discreet_hash", "claim_hash"), "NULL"),
            "key_hash": f"substr(key_hash, 1, 60) || '-{number}'",
        },
        "contribution": {
            "value": f"CASE WHEN topic = 'confirmed' AND value <> '' THEN {shifted} ELSE value END"
        },
    }  # fmt: skip
    for record in (Group, SlotRecord, ParticipantRecord, HeadCount, Contribution, StageRecord):
        table = record.__table__
        names = [one.name for one in table.columns if one.name != "id" or record is Group]
        given = {"group_id": f"group_id + {offset}"} | other.get(table.name, {})
        which = "id" if record is Group else "group_id"
        db.session.execute(
            text(
                f"INSERT INTO {table.name} ({', '.join(names)})"
                f" SELECT {', '.join(given.get(name, name) for name in names)}"
                f" FROM {table.name} WHERE {which} <= {base}"
            )
        )


def measure(app: Flask) -> None:
    for email, pages in PAGES.items():
        client = _logged_in(app, email)
        for name, path in pages.items():
            with statements(app) as sent:
                assert client.get(path).status_code == 200
            seconds, busy = [], []
            for _ in range(ROUNDS):
                began, worked = time.perf_counter(), time.process_time()
                client.get(path)
                seconds.append(time.perf_counter() - began)
                busy.append(time.process_time() - worked)
            wall, own = (1000 * statistics.median(some) for some in (seconds, busy))
            print(
                f"  {name:22} {wall:7.1f} ms, the fastest {1000 * min(seconds):6.1f},"
                f" {own:6.1f} of its own processor; {len(sent)} queries",
                flush=True,
            )


def _logged_in(app: Flask, email: str) -> FlaskClient:
    client = app.test_client()
    with app.app_context():
        account = db.session.scalars(select(Account).where(Account.email == email)).one()
        key = begin_login(account, device="bench", remembered=False)
        uniquifier = account.fs_uniquifier
    now = clock.now().timestamp()
    with client.session_transaction() as session:
        session.update(_user_id=uniquifier, _fresh=True, login=key, seen=int(now), fs_paa=now)
    return client


if __name__ == "__main__":
    main()
