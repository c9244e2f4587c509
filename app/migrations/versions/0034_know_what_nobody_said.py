"""Know what nobody said: who may come, in which language, when it ends, in which time zone."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("groups") as groups:
        groups.add_column(
            sa.Column("language_said", sa.Boolean(), server_default=sa.true(), nullable=False)
        )
        groups.add_column(
            sa.Column("zone_said", sa.Boolean(), server_default=sa.true(), nullable=False)
        )
        groups.alter_column("is_open", existing_type=sa.Boolean(), nullable=True)
    with op.batch_alter_table("slot") as slots:
        slots.add_column(
            sa.Column("end_said", sa.Boolean(), server_default=sa.true(), nullable=False)
        )


def downgrade() -> None:
    op.execute("UPDATE groups SET is_open = false WHERE is_open IS NULL")
    with op.batch_alter_table("slot") as slots:
        slots.drop_column("end_said")
    with op.batch_alter_table("groups") as groups:
        groups.alter_column("is_open", existing_type=sa.Boolean(), nullable=False)
        groups.drop_column("zone_said")
        groups.drop_column("language_said")
