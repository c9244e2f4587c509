"""Keep how often and when somebody said they cannot come: their own calendar shows it."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("absence") as table:
        table.add_column(
            sa.Column("is_away", sa.Boolean(), server_default=sa.true(), nullable=False)
        )
        table.add_column(
            sa.Column("times_said", sa.Integer(), server_default=sa.text("1"), nullable=False)
        )
        table.add_column(sa.Column("said_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.execute("DELETE FROM absence WHERE NOT is_away")
    with op.batch_alter_table("absence") as table:
        for name in ("is_away", "times_said", "said_at"):
            table.drop_column(name)
