"""How a replica stands: whose it is, whether it answers, and how old it can be."""

import time
from collections.abc import Callable
from enum import StrEnum
from threading import Lock, Thread
from typing import Any

from sqlalchemy import URL, Dialect, Engine, create_engine, event

from app.committed.impatient import impatient
from app.engines import settings_in_each_transaction

LOOKS = 5
"""So many times within the bound it is looked at again."""
SECONDS_AFTER_A_FAULT = 10
SECONDS_TO_LOOK = 0.5
SECONDS_TO_ANSWER = 6
"""So long one question of a request may take; then the primary is asked."""
SECONDS_BETWEEN = 0.02
MOST_ASKED = 5
_SETTINGS = {"statement_timeout": "5s", "random_page_cost": "1.1", "jit": "off"}
_OF_NOBODY = frozenset({"lang", "__Host-lang"})

_POSITION = """
SELECT pg_is_in_recovery(), system_identifier, oid, (
    CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_flush_lsn() END
) - '0/0'::pg_lsn
FROM pg_control_system(), pg_database WHERE datname = current_database()
"""


FELL = "fell"
"""An answer was begun from it, and given by the primary."""


class Standing(StrEnum):
    NOT_ASKED = "not_asked"
    FRESH = "fresh"
    BEHIND = "behind"
    """It answers, and what was committed so long ago is not there yet."""
    AWAY = "away"
    ANOTHER = "another"
    """It is no replica, or that of another database."""


class Replica:
    """One replica, as one process knows it. Nothing in it raises, and no request waits for it.

    Where the primary stands is asked first, and then how far the replica is: once it is as far, it
    held all that was committed when the first was asked. No clock but this process's own is read.
    """

    def __init__(
        self, primary: URL, replica: URL, dialect: Dialect, options: dict[str, Any], seconds: float
    ) -> None:
        """`options` are those of the primary's engine."""
        self.url, self.seconds = replica, seconds
        psycopg: Any = dialect.dbapi
        self._fault = (OSError, psycopg.Error)
        self.engine = _engine_of(replica, psycopg, options)
        self._primary = _Looked(primary, psycopg)
        self._replica = _Looked(replica, psycopg)
        self._looking = Lock()
        self._again_at = 0.0
        self._asked: list[tuple[float, int]] = []
        self._proven: float | None = None
        self.standing = Standing.NOT_ASKED
        self._tell: Callable[[str], None] = lambda _word: None

    def when_changed(self, tell: Callable[[str], None]) -> None:
        """Call a function with the word whenever it stands otherwise, and with FELL when it does."""
        self._tell = tell

    def serves(self, cookies: str | None) -> bool:
        """Tell whether who sends these cookies may read here now. Never waits."""
        if not _is_of_nobody(cookies):
            return False
        if time.monotonic() >= self._again_at and not self._looking.locked():
            Thread(target=self.look, name="looks at the replica").start()
        return self.is_fresh()

    def is_fresh(self) -> bool:
        age = self.age()
        return age is not None and age <= self.seconds

    def age(self) -> float | None:
        """Return how many seconds ago it held all that was committed; None: not known."""
        proven = self._proven
        return None if proven is None else time.monotonic() - proven

    def look(self, *, waits: bool = False) -> None:
        """Find out how it stands. Who comes while another looks `waits`, or goes away again."""
        if not self._looking.acquire(blocking=waits):
            return
        try:
            self._again_at = time.monotonic() + self.seconds / LOOKS
            self._look()
        finally:
            self._looking.release()

    def found(self) -> Standing:
        """Look until it is fresh, or the bound has passed, and tell how it stands."""
        until = time.monotonic() + self.seconds
        self.look(waits=True)
        while self.standing is Standing.BEHIND and time.monotonic() < until:
            time.sleep(SECONDS_BETWEEN)
            self.look(waits=True)
        return self.standing

    def fell(self, *, is_gone: bool) -> None:
        """Note that it did not answer a request; `is_gone` that it will not answer the next either."""
        self._tell(FELL)
        if is_gone:
            self._not_now(Standing.AWAY)

    def close(self) -> None:
        with self._looking:
            self.engine.dispose()
            for one in (self._primary, self._replica):
                one.close()

    def _look(self) -> None:
        began = time.monotonic()
        try:
            is_copy, *whose, position = self._primary.position()
        except self._fault:
            is_copy = True
        if is_copy:  # nothing is known without the primary, and what was known grows old
            return
        self._asked = [one for one in self._asked if one[0] >= began - self.seconds]
        self._asked.append((began, position))
        try:
            replayed = self._replayed(whose, position)
        except self._fault:
            self._not_now(Standing.AWAY)
            return
        if replayed is None:
            self._not_now(Standing.ANOTHER)
            return
        proven = [at for at, asked in self._asked if asked <= replayed]
        if proven:
            self._proven = max(proven)
        self._stands(Standing.FRESH if self.is_fresh() else Standing.BEHIND)

    def _replayed(self, whose: list[Any], position: int) -> int | None:
        """Return how far it is, a moment later if it is not as far as the primary was."""
        for _ in range(MOST_ASKED):
            is_copy, *found, replayed = self._replica.position()
            if not is_copy or found != whose or replayed is None:
                return None
            if replayed >= position:
                break
            time.sleep(SECONDS_BETWEEN)
        return int(replayed)

    def _not_now(self, standing: Standing) -> None:
        self._proven = None
        self._again_at = time.monotonic() + SECONDS_AFTER_A_FAULT
        self._stands(standing)

    def _stands(self, standing: Standing) -> None:
        before, self.standing = self.standing, standing
        if before != standing:
            self._tell(standing)


class _Looked:
    """A connection of its own to ask for a position, opened when it is needed."""

    def __init__(self, url: URL, psycopg: Any) -> None:
        self._address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._connect = impatient(psycopg, SECONDS_TO_LOOK).connect
        self._opened: Any = None

    def position(self) -> tuple[Any, ...]:
        try:
            if self._opened is None:
                ways = {"autocommit": True, "connect_timeout": 2, "prepare_threshold": None}
                self._opened = self._connect(self._address, **ways)
            found: tuple[Any, ...] = self._opened.execute(_POSITION).fetchone()
        except BaseException:
            self.close()
            raise
        return found

    def close(self) -> None:
        opened, self._opened = self._opened, None
        if opened:
            opened.close()


def _engine_of(url: URL, psycopg: Any, options: dict[str, Any]) -> Engine:
    engine = create_engine(
        url, **options | {"connect_args": {"connect_timeout": 2, "prepare_threshold": None}}
    )
    settings_in_each_transaction(engine, _SETTINGS)
    connect = impatient(psycopg, SECONDS_TO_ANSWER).connect

    @event.listens_for(engine, "do_connect")
    def connecting(_dialect: Any, _record: Any, args: list[Any], named: dict[str, Any]) -> Any:
        return connect(*args, **named)

    return engine


def _is_of_nobody(cookies: str | None) -> bool:
    """Tell whether a request sends no cookie of ours but the language: nobody who writes does that."""
    names = {one.partition("=")[0].strip() for one in (cookies or "").split(";")} - {""}
    return names <= _OF_NOBODY
