"""Let fellowships name kinds of meeting of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("fellowship") as fellowship:
        fellowship.add_column(
            sa.Column("own_kinds", sa.JSON(), server_default=sa.text("'[]'"), nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table("fellowship") as fellowship:
        fellowship.drop_column("own_kinds")
