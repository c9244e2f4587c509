"""Backups: what one is called, and which of them are to go."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from app.domain.retention import BACKUP

_NAME = re.compile(r"twaalf-(\d{8}T\d{6}Z)-(\w{1,32})\.(sqlite|pgdump)\.age")
_TIME = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class Backup:
    """One backup, as its name tells: begun `at` (aware), of tables at `revision`, of which database."""

    at: datetime
    revision: str
    kind: str

    @property
    def name(self) -> str:
        return f"twaalf-{self.at.astimezone(UTC).strftime(_TIME)}-{self.revision}.{self.kind}.age"


def backup_named(name: str) -> Backup | None:
    """Return what a file's name says, or None when it is not one of ours."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    at = datetime.strptime(found[1], _TIME).replace(tzinfo=UTC)
    return Backup(at, found[2], found[3])


def too_old(names: Iterable[str], now: datetime) -> list[str]:
    """Return which are to go: what was erased is gone everywhere once they are."""
    known = ((name, backup_named(name)) for name in names)
    return [name for name, backup in known if backup and backup.at < now - BACKUP]


def newest(names: Iterable[str]) -> Backup | None:
    backups = [backup for name in names if (backup := backup_named(name))]
    return max(backups, key=lambda backup: backup.at, default=None)
