"""Let fellowships say who they are in more than one language."""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("fellowship") as fellowship:
        fellowship.add_column(
            sa.Column("texts", sa.JSON(), server_default=sa.text("'{}'"), nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table("fellowship") as fellowship:
        fellowship.drop_column("texts")
