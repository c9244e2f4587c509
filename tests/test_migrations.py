"""Migrations: they make what the records describe, and no row is lost on the way."""

import ast
import hashlib
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from alembic.script import ScriptDirectory
from flask_migrate import upgrade
from sqlalchemy import Connection, inspect, text

from app.db import db
from tests.schemas import app_on, count, describe, fill, migrate, migrate_back, open_engine

FOLDER = Path(__file__).resolve().parent.parent / "app" / "migrations"
FILES = sorted((FOLDER / "versions").glob("[0-9]*.py"))
RELEASED = Path(__file__).with_name("released_migrations.txt")
STEPS = [script.revision for script in ScriptDirectory(str(FOLDER)).walk_revisions()][::-1]
HEAD = STEPS[-1]

REBUILD_GROUPS = """
def upgrade():
    with op.batch_alter_table("groups") as groups:
        groups.alter_column("description", type_=sa.String(4321))
"""
MAKE_A_TABLE = """
def upgrade():
    op.create_table("tried", sa.Column("id", sa.Integer(), primary_key=True))
"""
MAKE_A_TABLE_AND_FAIL = """
def upgrade():
    op.create_table("tried_too", sa.Column("id", sa.Integer(), primary_key=True))
    raise ValueError("half-way")
"""
LEAVE_A_ROW_THAT_POINTS_AT_NOTHING = """
def upgrade():
    op.execute("DELETE FROM groups")
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the migrations, to try more of them in."""
    return Path(shutil.copytree(FOLDER, tmp_path / "migrations"))


def add_step(folder: Path, revision: str, after: str, body: str) -> None:
    (folder / "versions" / f"{revision}_try.py").write_text(
        '"""Try something."""\n\nimport sqlalchemy as sa\nfrom alembic import op\n\n'
        f"revision = {revision!r}\ndown_revision = {after!r}\n\n{body}"
    )


def look_at(url: str, question: Callable[[Connection], Any]) -> Any:
    engine = open_engine(url)
    try:
        with engine.begin() as connection:
            return question(connection)
    finally:
        engine.dispose()


def revision_of(connection: Connection) -> str:
    return connection.scalar(text("SELECT version_num FROM alembic_version"))


def table_names(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


def schema(connection: Connection) -> dict[str, dict[str, Any]]:
    """Return all that a database knows of its tables, in an order that does not matter."""
    found = inspect(connection)
    return {
        name: {
            "columns": {
                column["name"]: (
                    str(column["type"].compile(connection.dialect)),
                    column["nullable"],
                    column["default"],
                )
                for column in found.get_columns(name)
            },
            "primary key": found.get_pk_constraint(name),
            "foreign keys": sorted(map(repr, found.get_foreign_keys(name))),
            "unique": sorted(map(repr, found.get_unique_constraints(name))),
            "indexes": sorted(map(_in_words, found.get_indexes(name))),
            "checks": sorted(
                (check["name"], " ".join(check["sqltext"].split()))
                for check in found.get_check_constraints(name)
            ),
        }
        for name in found.get_table_names()
        if name != "alembic_version"
    }


def _in_words(index: Any) -> str:
    """Return an index with what it leaves out: that is a statement, which shows where it lies."""
    options = {name: str(value) for name, value in index.get("dialect_options", {}).items()}
    return repr(index | {"dialect_options": options})


def checks_written(connection: Connection) -> int:
    """Count the CHECKs in the text of SQLite's own tables."""
    texts = connection.scalars(text("SELECT sql FROM sqlite_master WHERE type = 'table'"))
    return sum(len(re.findall(r"\bCHECK\s*\(", sql)) for sql in texts)


def test_the_migrated_schema_is_the_described_one(new_database: Callable[[], str]):
    described, migrated = new_database(), new_database()
    describe(described)
    migrate(migrated)

    assert look_at(migrated, schema) == look_at(described, schema)


def test_the_comparison_sees_every_check_of_sqlite(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'seen.sqlite'}"
    describe(url)

    seen = sum(len(table["checks"]) for table in look_at(url, schema).values())

    assert seen == look_at(url, checks_written) > 20


def test_every_constraint_has_a_name(new_database: Callable[[], str]):
    url = new_database()
    migrate(url)

    for table, known in look_at(url, schema).items():
        assert known["primary key"]["name"], table
        assert all(name for name, _ in known["checks"]), table
        for kind in ("foreign keys", "unique"):
            assert not [entry for entry in known[kind] if "'name': None" in entry], table


def test_the_migrations_are_one_line_without_a_fork():
    scripts = ScriptDirectory(str(FOLDER))

    assert scripts.get_bases() == [STEPS[0]]
    assert scripts.get_heads() == [HEAD]
    assert [script.down_revision for script in scripts.walk_revisions()] == [*STEPS[-2::-1], None]


def test_the_first_line_of_each_migration_says_what_it_is_for():
    for file in FOLDER.glob("versions/*.py"):
        assert re.fullmatch(r'"""[A-Z].+', file.read_text().splitlines()[0]), file.name
        assert re.fullmatch(r"\d{4}_[a-z0-9_]+\.py", file.name), file.name


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_migration_imports_nothing_of_the_app(file: Path):
    """What it did when it was released it does for ever, whatever the app has become since."""
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
        )
    }

    assert "app" not in imported
    assert imported - sys.stdlib_module_names <= {"sqlalchemy", "alembic", "flask", "anyascii"}


def test_a_released_migration_is_never_edited():
    """Databases have run it as it was: what is wrong in it is mended by a migration after it.

    A release adds the checksums of its new ones to tests/released_migrations.txt, with
    `sha256sum app/migrations/versions/*.py`; a line that is there stays as it is.
    """
    released = dict(reversed(line.split()) for line in RELEASED.read_text().splitlines())

    now = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in FILES}

    assert {name: now.get(name) for name in released} == released
    assert len(released) >= 17


@pytest.mark.long
def test_filled_tables_survive_every_migration(new_database: Callable[[], str]):
    url = new_database()
    migrate(url, STEPS[0])
    before = look_at(url, fill)

    for step in STEPS:
        migrate(url, step)
        after = look_at(url, count)
        assert {name: after[name] for name in before if name in after} == before, step

    assert before["participant"] == 1
    assert set(before.values()) == {1}


@pytest.mark.long
def test_rebuilding_the_groups_loses_no_row_and_no_rule(
    new_database: Callable[[], str], folder: Path
):
    url = new_database()
    migrate(url)
    before, rules = look_at(url, fill), look_at(url, schema)
    add_step(folder, "9999", HEAD, REBUILD_GROUPS)

    migrate(url, directory=folder)

    assert look_at(url, revision_of) == "9999"
    assert look_at(url, count) == before
    after = look_at(url, schema)
    assert after["groups"]["columns"].pop("description") == ("VARCHAR(4321)", False, None)
    del rules["groups"]["columns"]["description"]
    assert after == rules


@pytest.mark.long
def test_without_our_protection_rebuilding_the_groups_deletes_their_participants(
    tmp_path: Path, folder: Path
):
    """The control: if this passes no more, the test before it proves nothing."""
    url = f"sqlite:///{tmp_path / 'unprotected.sqlite'}"
    migrate(url)
    before = look_at(url, fill)
    add_step(folder, "9999", HEAD, REBUILD_GROUPS)
    protected = (folder / "env.py").read_text()
    unprotected = protected.replace("PRAGMA foreign_keys=OFF", "PRAGMA foreign_keys=ON")
    (folder / "env.py").write_text(unprotected)

    migrate(url, directory=folder)

    after = look_at(url, count)
    assert unprotected != protected
    assert (before["participant"], after["participant"]) == (2, 0)
    assert after["groups"] == 1


def test_foreign_keys_hold_again_after_a_migration(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'after.sqlite'}"
    with app_on(url) as app, app.app_context():
        upgrade()

        with pytest.raises(sqlalchemy.exc.IntegrityError):
            db.session.execute(text("INSERT INTO former_slug (slug, group_id) VALUES ('x', 404)"))


def test_an_upgrade_that_fails_half_way_leaves_nothing_of_any_step(
    new_database: Callable[[], str], folder: Path
):
    url = new_database()
    migrate(url)
    before = look_at(url, fill), look_at(url, table_names)
    add_step(folder, "9998", HEAD, MAKE_A_TABLE)
    add_step(folder, "9999", "9998", MAKE_A_TABLE_AND_FAIL)

    with pytest.raises(ValueError, match="half-way"):
        migrate(url, directory=folder)

    assert look_at(url, revision_of) == HEAD
    assert (look_at(url, count), look_at(url, table_names)) == before


def test_an_upgrade_after_which_rows_point_at_nothing_is_undone(
    tmp_path: Path, folder: Path, caplog: pytest.LogCaptureFixture
):
    url = f"sqlite:///{tmp_path / 'broken.sqlite'}"
    migrate(url)
    before = look_at(url, fill)
    add_step(folder, "9999", HEAD, LEAVE_A_ROW_THAT_POINTS_AT_NOTHING)

    with pytest.raises(SystemExit):
        migrate(url, directory=folder)

    assert "rows would point at nothing" in caplog.text
    assert look_at(url, revision_of) == HEAD
    assert look_at(url, count) == before


def test_down_and_up_again_gives_the_same_schema(new_database: Callable[[], str]):
    url = new_database()
    migrate(url)
    at_first = look_at(url, schema)

    migrate_back(url)
    in_between = look_at(url, table_names)
    migrate(url)

    assert in_between == {"alembic_version"}
    assert look_at(url, schema) == at_first


@pytest.mark.long
def test_upgrading_what_is_up_to_date_changes_nothing(new_database: Callable[[], str]):
    url = new_database()
    migrate(url)
    before = look_at(url, fill), look_at(url, schema)

    migrate(url)

    assert (look_at(url, count), look_at(url, schema)) == before
