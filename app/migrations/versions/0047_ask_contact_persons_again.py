"""Let a contact person be asked again, by a link beside the first."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("contact") as table:
        table.add_column(sa.Column("again_hash", sa.String(length=64), nullable=True))
        table.create_unique_constraint(op.f("uq_contact_again_hash"), ["again_hash"])


def downgrade() -> None:
    with op.batch_alter_table("contact") as table:
        table.drop_constraint(op.f("uq_contact_again_hash"), type_="unique")
        table.drop_column("again_hash")
