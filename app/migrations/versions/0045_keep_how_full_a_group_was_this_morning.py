"""Keep how full or empty a group was this morning: an office reads it as the day began."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("moved_on", "full_before", "empty_before"):
        op.add_column("occupancy", sa.Column(name, sa.Date(), nullable=True))


def downgrade() -> None:
    for name in ("empty_before", "full_before", "moved_on"):
        op.drop_column("occupancy", name)
