"""Let an index hold the groups of a status in the order in which they are shown."""

from alembic import op

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_findable_status", "findable")
    op.create_index(
        "ix_findable_of_status", "findable", ["status", "group_id", "since", "until"]
    )


def downgrade() -> None:
    op.drop_index("ix_findable_of_status", "findable")
    op.create_index("ix_findable_status", "findable", ["status"])
