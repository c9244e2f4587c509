"""Name fellowships in full, and let them say for whom a closed meeting is, and who is under sixteen."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("fellowship") as fellowship:
        for name in ("full_name", "closed_words"):
            fellowship.add_column(
                sa.Column(name, sa.String(length=120), server_default=sa.text("''"), nullable=False)
            )
        fellowship.add_column(
            sa.Column("under_sixteen", sa.Boolean(), server_default=sa.false(), nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table("fellowship") as fellowship:
        for name in ("under_sixteen", "closed_words", "full_name"):
            fellowship.drop_column(name)
