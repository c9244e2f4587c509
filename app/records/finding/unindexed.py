"""A column that SQLite is to leave out of its choice of an index."""

from typing import Any

from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction


class unindexed(GenericFunction[Any]):  # noqa: N801 - reads as the functions of SQL do
    """`+column` on SQLite, which its planner takes for a term without an index
    (sqlite.org/optoverview.html, "Disqualifying WHERE clause terms using unary +").

    PostgreSQL knows from its statistics which index is worth it, and gets the column as it is: any
    disguise would spoil its guess of how many rows there are.
    """

    inherit_cache = True
    name = "unindexed"

    def __init__(self, column: Any):
        super().__init__(column)
        self.type = column.type


@compiles(unindexed)
def _as_it_is(element: unindexed, compiler: Any, **kwargs: Any) -> str:
    return str(compiler.process(element.clauses.clauses[0], **kwargs))


@compiles(unindexed, "sqlite")
def _disguised(element: unindexed, compiler: Any, **kwargs: Any) -> str:
    return f"+{compiler.process(element.clauses.clauses[0], **kwargs)}"
