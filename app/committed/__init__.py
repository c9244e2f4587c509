"""Tells whether anything was committed since: what needs no second look at the data itself."""

from sqlalchemy import URL, Dialect

from app.committed.on_postgres import OnPostgres, mark_of
from app.committed.on_sqlite import OnSqlite
from app.committed.telling import Committed


def committed_to(
    url: URL, dialect: Dialect, *, pooled: bool = False, replica: bool = False
) -> Committed | None:
    """Return who tells it of a database, or None where nobody can (one in memory).

    `pooled` says that a pooler lends connections by the transaction; `replica`, that it is one.
    """
    if dialect.name == "postgresql":
        mark = mark_of(pooled=pooled, replica=replica)
        return OnPostgres(url, dialect, mark, pooled=pooled)
    if not url.database or url.database == ":memory:":
        return None
    return OnSqlite(url.database, dialect)
