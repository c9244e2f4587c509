"""Count requests for all workers and hosts, where no Redis does; soon gone, with no address."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "request_count",
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key_hash", "since", name=op.f("pk_request_count")),
    )
    op.create_index("ix_request_count_ends_at", "request_count", ["ends_at"])


def downgrade() -> None:
    op.drop_table("request_count")
