"""Give fellowships rules, a version, a mail address and an end, and words for professionals."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

NEW = ("professionals", "email", "new_groups_need_yes", "version", "closed_on")


def upgrade() -> None:
    with op.batch_alter_table("fellowship") as batch_op:
        batch_op.add_column(
            sa.Column("professionals", sa.String(length=1200), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column("email", sa.String(length=254), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column("new_groups_need_yes", sa.Boolean(), server_default=sa.true(), nullable=False)
        )
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False))
        batch_op.add_column(sa.Column("closed_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("fellowship") as batch_op:
        for name in NEW:
            batch_op.drop_column(name)
