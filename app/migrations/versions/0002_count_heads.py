"""Count heads: a number per group and week, so that a group that outgrows its table is seen."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COUNTS = "people IN (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13)"


def upgrade() -> None:
    op.create_table(
        "head_count",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.CheckConstraint(COUNTS, name=op.f("ck_head_count_people")),
        sa.CheckConstraint(
            "typeof(week) = 'integer'", name=op.f("ck_head_count_week_is_whole")
        ).ddl_if(dialect="sqlite"),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_head_count_group_id_groups"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("group_id", "week", name=op.f("pk_head_count")),
    )
    with op.batch_alter_table("groups") as groups:
        for name in ("counts_heads", "shares_head_counts"):
            groups.add_column(
                sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False)
            )


def downgrade() -> None:
    with op.batch_alter_table("groups") as groups:
        groups.drop_column("shares_head_counts")
        groups.drop_column("counts_heads")
    op.drop_table("head_count")
