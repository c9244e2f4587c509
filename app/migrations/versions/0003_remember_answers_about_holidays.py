"""Remember what groups answered about holidays, so that none is asked twice."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "holiday_answer",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("holiday", sa.String(length=48), nullable=False),
        sa.Column("meets", sa.Boolean(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_holiday_answer_group_id_groups"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("group_id", "holiday", name=op.f("pk_holiday_answer")),
    )


def downgrade() -> None:
    op.drop_table("holiday_answer")
