"""Finding out what an import would do, while others go on writing."""

from collections.abc import Collection
from typing import Any

from app.actions.importing import import_meetings
from app.db import trying
from app.domain.imported import Entry, Report
from app.records.fellowships import Fellowship


def try_meetings(entries: Collection[Entry], fellowship: Fellowship, **as_import: Any) -> Report:
    """Return what an import would do; nobody waits for it. Raises FellowshipIsClosed, NotTheirs."""
    with trying():
        return import_meetings(entries, fellowship, dry_run=True, **as_import)
