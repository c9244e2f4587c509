"""Know of an address that mail to it was refused, and of a letter since when it was tried in vain."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

MARKED = ("participant", "account", "invitation")


def upgrade() -> None:
    op.add_column("letter", sa.Column("first_failed_at", sa.DateTime(timezone=True)))
    for table in MARKED:
        op.add_column(table, sa.Column("mail_refused_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    for table in MARKED:
        op.drop_column(table, "mail_refused_at")
    op.drop_column("letter", "first_failed_at")
