"""Connections to PostgreSQL that wait for no answer longer than they may."""

from typing import Any


def impatient(psycopg: Any, seconds: float) -> Any:
    """Return psycopg's class of connections, of which each question ends after so many seconds.

    A server that has stopped without falling ends nothing by itself, whatever time-outs it was
    given. After such a question the connection is of no more use, and closed.
    """

    class Impatient(psycopg.Connection):
        def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
            try:
                return super().wait(gen, interval, timeout or seconds)
            except psycopg.OperationalError:
                if self.pgconn.transaction_status == psycopg.pq.TransactionStatus.ACTIVE:
                    self.pgconn.finish()
                raise

    return Impatient
