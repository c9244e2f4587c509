"""Remember what officers ticked off or put aside on their work list."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

CONCERNS = (
    "'no_coordinator', 'no_place', 'not_confirmed', 'holiday', 'closure_ends', 'full', 'empty',"
    " 'service_ends', 'same_room', 'double'"
)


def upgrade() -> None:
    op.create_table(
        "work_mark",
        sa.Column("group_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("concern", sa.String(length=16), nullable=False),
        sa.Column("fact", sa.String(length=64), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("marked_on", sa.Date(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(f"concern IN ({CONCERNS})", name=op.f("ck_work_mark_concern")),
        sa.CheckConstraint("fact <> ''", name=op.f("ck_work_mark_fact")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_work_mark_group_id_groups"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_work_mark_account_id_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("group_id", "concern", name=op.f("pk_work_mark")),
    )
    op.create_index("ix_work_mark_account_id", "work_mark", ["account_id"])


def downgrade() -> None:
    op.drop_table("work_mark")
