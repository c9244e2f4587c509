"""Keep how one joined online until the week from which another link holds."""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("place") as place:
        place.add_column(sa.Column("join_before", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("place") as place:
        place.drop_column("join_before")
