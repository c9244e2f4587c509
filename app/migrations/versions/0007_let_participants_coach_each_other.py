"""Let participants coach each other: who asked whom, and since when both want it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sponsorship",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sponsor_id", sa.Integer(), nullable=False),
        sa.Column("sponsee_id", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "sponsor_id <> sponsee_id", name=op.f("ck_sponsorship_nobody_coaches_himself")
        ),
        sa.ForeignKeyConstraint(
            ["sponsor_id"], ["participant.id"],
            name=op.f("fk_sponsorship_sponsor_id_participant"), ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["sponsee_id"], ["participant.id"],
            name=op.f("fk_sponsorship_sponsee_id_participant"), ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sponsorship")),
        sa.UniqueConstraint("sponsor_id", "sponsee_id", name=op.f("uq_sponsorship_sponsor_id_sponsee_id")),
    )
    op.create_index(op.f("ix_sponsorship_sponsee_id"), "sponsorship", ["sponsee_id"])


def downgrade() -> None:
    op.drop_table("sponsorship")
