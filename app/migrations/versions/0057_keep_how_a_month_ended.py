"""Keep how each group stood as a month ended: seats, line and confirmation, never one to four people."""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "month_kept",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("group_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seats_exact", sa.Integer(), nullable=False),
        sa.Column("seats_few", sa.Integer(), nullable=False),
        sa.Column("line_exact", sa.Integer(), nullable=False),
        sa.Column("line_few", sa.Integer(), nullable=False),
        sa.Column("is_confirmed", sa.Boolean(), nullable=True),
        sa.CheckConstraint(
            "(seats_exact = 0 OR seats_exact > 4) AND (line_exact = 0 OR line_exact > 4)",
            name=op.f("ck_month_kept_betrays_nobody"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["groups.id"],
            name=op.f("fk_month_kept_group_id_groups"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("month", "group_id", name=op.f("pk_month_kept")),
    )
    op.create_index(op.f("ix_month_kept_group_id"), "month_kept", ["group_id"])


def downgrade() -> None:
    op.drop_table("month_kept")
