"""Know when a closure was written down: what had begun by then was held, and stays so."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("closure", sa.Column("said_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("closure") as table:
        table.drop_column("said_at")
