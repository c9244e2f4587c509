"""Let a coordinator hand over by an invitation, and say on which day somebody took over."""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("invitation") as table:
        table.add_column(sa.Column("afterwards", sa.String(12), nullable=True))
        table.create_check_constraint(
            op.f("ck_invitation_afterwards"), "afterwards IN ('gone', 'contact', 'coordinates')"
        )
    op.add_column("groups", sa.Column("taken_over_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("groups", "taken_over_on")
    with op.batch_alter_table("invitation") as table:
        table.drop_constraint(op.f("ck_invitation_afterwards"), type_="check")
        table.drop_column("afterwards")
