"""Let somebody coordinate until a day, by an invitation that says so."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("invitation") as table:
        table.add_column(sa.Column("stands_in_until", sa.Date(), nullable=True))
    with op.batch_alter_table("role") as table:
        table.add_column(
            sa.Column("stands_in", sa.Boolean(), server_default=sa.false(), nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table("role") as table:
        table.drop_column("stands_in")
    with op.batch_alter_table("invitation") as table:
        table.drop_column("stands_in_until")
