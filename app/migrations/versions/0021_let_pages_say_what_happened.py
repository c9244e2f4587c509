"""Let the page of somebody who lost or left their seat say what happened, for thirty days."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

ENDINGS = "'unconfirmed', 'released', 'double', 'silent', 'erased', 'left'"


def upgrade() -> None:
    op.create_table(
        "ended_page",
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("ending", sa.String(length=12), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.CheckConstraint(f"ending IN ({ENDINGS})", name=op.f("ck_ended_page_ending")),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_ended_page")),
    )
    op.create_index("ix_ended_page_ended_on", "ended_page", ["ended_on"])


def downgrade() -> None:
    op.drop_table("ended_page")
