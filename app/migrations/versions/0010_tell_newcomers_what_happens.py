"""Let a fellowship tell newcomers what happens at a meeting."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("fellowship") as batch_op:
        batch_op.add_column(
            sa.Column("newcomers", sa.String(length=1200), server_default="", nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table("fellowship") as batch_op:
        batch_op.drop_column("newcomers")
