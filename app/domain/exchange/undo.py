"""How long an import can be taken back whole."""

from datetime import timedelta

UNDONE_WITHIN = timedelta(days=30)
DRAFT_KEPT = timedelta(days=1)
