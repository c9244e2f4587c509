"""Let one meeting be open or closed for once, and let some of each month be open."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("deviation") as deviation:
        deviation.add_column(sa.Column("is_open", sa.Boolean(), nullable=True))
    with op.batch_alter_table("slot") as slot:
        slot.add_column(
            sa.Column("open_on", sa.JSON(), server_default=sa.text("'[]'"), nullable=False)
        )
    with op.batch_alter_table("coming_meeting") as coming:
        coming.add_column(
            sa.Column("is_open", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    op.execute(
        "UPDATE coming_meeting SET is_open = true"
        " WHERE group_id IN (SELECT id FROM groups WHERE is_open)"
    )


def downgrade() -> None:
    with op.batch_alter_table("coming_meeting") as coming:
        coming.drop_column("is_open")
    with op.batch_alter_table("slot") as slot:
        slot.drop_column("open_on")
    with op.batch_alter_table("deviation") as deviation:
        deviation.drop_column("is_open")
