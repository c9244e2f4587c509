"""Whether the database answers, and whether it has the tables of this release."""

from sqlalchemy import inspect, text
from sqlalchemy.exc import SQLAlchemyError

from app.db import Base, db


def database_answers() -> bool:
    try:
        return db.session.scalar(text("SELECT 1")) == 1
    except SQLAlchemyError:
        return False


def schema_is_current() -> bool:
    """Tell whether every table that this release knows is there."""
    there = set(inspect(db.session.connection()).get_table_names())
    return set(Base.metadata.tables) <= there
