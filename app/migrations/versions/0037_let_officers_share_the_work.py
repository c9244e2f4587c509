"""Let officers share the work: of each point, who looks after it."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

CONCERNS = (
    "concern IN ('no_coordinator', 'no_place', 'not_confirmed', 'holiday', 'closure_ends', 'full', "
    "'empty', 'service_ends', 'same_room', 'double')"
)


def upgrade() -> None:
    op.create_table(
        "work_owner",
        sa.Column("group_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("concern", sa.String(length=16), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(CONCERNS, name=op.f("ck_work_owner_concern")),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_work_owner_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["groups.id"],
            name=op.f("fk_work_owner_group_id_groups"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("group_id", "concern", name=op.f("pk_work_owner")),
    )
    op.create_index(op.f("ix_work_owner_account_id"), "work_owner", ["account_id"])


def downgrade() -> None:
    op.drop_table("work_owner")
