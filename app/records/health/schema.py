"""Whether the database has the tables of this release."""

from functools import cache
from pathlib import Path

from sqlalchemy import inspect, text

from app.db import Base, db

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations" / "versions"


@cache
def revision_of_the_code() -> str:
    """Return the newest migration's number; a test holds it to Alembic's head."""
    return max(file.name[:4] for file in MIGRATIONS.glob("[0-9]*.py"))


def revision_of_the_database() -> str | None:
    """Return the number of the last migration it saw, or None when it saw none."""
    if not inspect(db.session.connection()).has_table("alembic_version"):
        return None
    revision: str | None = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def schema_is_current() -> bool:
    """Tell whether the tables are this release's: not an older one's, and not a newer one's."""
    revision = revision_of_the_database()
    if revision is None:
        # Made from the records themselves, as tests do: then every table is there.
        there = set(inspect(db.session.connection()).get_table_names())
        return set(Base.metadata.tables) <= there
    return revision == revision_of_the_code()
