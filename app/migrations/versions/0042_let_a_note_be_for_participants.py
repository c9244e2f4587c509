"""Let what is said of a week be for participants only, sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("deviation") as table:
        table.add_column(sa.Column("inside_note", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("deviation") as table:
        table.drop_column("inside_note")
