"""What an examination of the installation finds: each thing looked at, and whether it is well."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any


class State(StrEnum):
    FINE = "fine"
    LOOK = "look"
    """It works, and somebody should look at it."""
    WRONG = "wrong"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `word` says which case of it this is, `facts` its figures."""

    what: str
    state: State
    word: str
    facts: dict[str, Any] = field(default_factory=dict)


AT_MOST = {
    "letters": timedelta(minutes=10),
    "forget": timedelta(hours=26),
    "backup": timedelta(hours=26),
}
"""So long after its last run a timer is still on its way."""
OUTBOX_AT_MOST = timedelta(hours=1)
"""So long a letter that is due may wait."""
LOW_BYTES = 1024**3
LOW_SHARE = 0.05
CLOCK_AT_MOST = timedelta(minutes=1)
CLEAR_DAYS = 14
"""So long it is known that a private key came in clear."""


def of_timer(
    name: str, last: datetime | None, now: datetime, installed: datetime | None = None
) -> Finding:
    """Judge a timer by its last run; one that was installed so lately need not have run yet."""
    if last is None and installed and now - installed <= AT_MOST[name]:
        return Finding("timers", State.LOOK, "not_yet", {"name": name})
    if last is None:
        return Finding("timers", State.WRONG, "never_ran", {"name": name})
    facts = {"name": name, "minutes": int((now - last).total_seconds()) // 60}
    if now - last > AT_MOST[name]:
        return Finding("timers", State.WRONG, "late", facts)
    return Finding("timers", State.FINE, "ran", facts)


def of_replica(word: str, seconds: float) -> Finding:
    """Judge a replica by the word for how it stands; without one the primary answers everything."""
    how = {"fresh": State.FINE, "another": State.WRONG}.get(word, State.LOOK)
    return Finding("replica", how, word, {"seconds": seconds})


def of_outbox(waiting: int, oldest: datetime | None, given_up: int, now: datetime) -> list[Finding]:
    """Judge the letters that are due: how many, the oldest, and how many were given up of late."""
    findings = []
    age = now - oldest if oldest else timedelta(0)
    facts = {"waiting": waiting, "minutes": int(age.total_seconds()) // 60}
    stuck = age > OUTBOX_AT_MOST
    findings.append(
        Finding(
            "outbox", State.WRONG if stuck else State.FINE, "stuck" if stuck else "moves", facts
        )
    )
    if given_up:
        findings.append(Finding("outbox", State.LOOK, "refused", {"number": given_up}))
    return findings


def of_disk(free: int, total: int) -> Finding:
    facts = {"mebibytes": free // 1024**2, "percent": round(100 * free / total)}
    low = free < LOW_BYTES or free < LOW_SHARE * total
    return Finding("disk", State.LOOK if low else State.FINE, "low" if low else "room", facts)


def of_backup(last: datetime | None, now: datetime) -> Finding:
    if last is None:
        return Finding("backup", State.WRONG, "none")
    facts = {"hours": int((now - last).total_seconds()) // 3600}
    if now - last > AT_MOST["backup"]:
        return Finding("backup", State.WRONG, "old", facts)
    return Finding("backup", State.FINE, "young", facts)


def of_clock(other: datetime | None, now: datetime) -> Finding:
    """Judge this machine's clock by another one, or by the newest change, which cannot be to come."""
    if other is None:
        return Finding("clock", State.FINE, "right")
    apart = abs(now - other) if other else timedelta(0)
    facts = {"seconds": int(apart.total_seconds())}
    wrong = apart > CLOCK_AT_MOST
    return Finding(
        "clock", State.WRONG if wrong else State.FINE, "wrong" if wrong else "right", facts
    )


def of_keys_in_clear(number: int, last: date | None, today: date) -> Finding:
    """Judge how many private keys came by http, where the site has https; lately, or long mended."""
    if last is None:
        return Finding("calendars", State.FINE, "sealed", {"days": CLEAR_DAYS})
    facts = {"number": number, "days": CLEAR_DAYS, "last": last.isoformat()}
    lately = today - last <= timedelta(days=1)
    return Finding("calendars", State.WRONG if lately else State.LOOK, "in_clear", facts)
