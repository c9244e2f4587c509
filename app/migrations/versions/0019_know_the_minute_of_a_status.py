"""Keep the instant of a status: a group that closes at 18.45 does not meet at 19.30 that evening."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("groups") as groups:
        groups.add_column(sa.Column("status_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    with op.batch_alter_table("groups") as groups:
        groups.drop_column("status_at")
