"""Let some meetings of each month be for the group alone."""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("slot") as slot:
        slot.add_column(
            sa.Column("closed_on", sa.JSON(), server_default=sa.text("'[]'"), nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table("slot") as slot:
        slot.drop_column("closed_on")
