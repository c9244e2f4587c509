"""Remember the keys of own feeds that were given up, as hashes, so that calendars end well."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "retired_feed",
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_retired_feed")),
    )


def downgrade() -> None:
    op.drop_table("retired_feed")
