"""Say nothing of seats that nobody counted: walk-in groups are neither full nor have a free seat."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

WALK_IN = "SELECT id FROM groups WHERE seating = 'walk_in'"
CHOSEN = (
    "SELECT og.group_id FROM change_of_group og JOIN change c ON c.id = og.change_id"
    " WHERE c.deed = 'set_seating'"
)
SAME_CELL = " AND ".join(
    f"contribution.{name} = tally.{name}"
    for name in ("topic", "value", "since", "fellowship_id", "province")
)


def upgrade() -> None:
    with op.batch_alter_table("groups") as groups:
        groups.add_column(
            sa.Column("seating_said", sa.Boolean(), server_default=sa.true(), nullable=False)
        )
    op.execute(
        "UPDATE groups SET seating_said = false WHERE seating = 'walk_in'"
        f" AND source_key IS NOT NULL AND id NOT IN ({CHOSEN})"
    )
    # Their calendars said "Er is plek."; a new revision tells the programs to read again.
    op.execute("UPDATE groups SET calendar_rev = calendar_rev + 1 WHERE seating = 'walk_in'")
    op.execute(f"UPDATE findable SET free = false WHERE group_id IN ({WALK_IN})")
    op.execute(f"UPDATE occupancy SET full_since = NULL WHERE group_id IN ({WALK_IN})")
    op.execute(f"DELETE FROM contribution WHERE topic = 'town_free' AND group_id IN ({WALK_IN})")
    op.execute(
        "UPDATE tally SET number = (SELECT coalesce(sum(contribution.number), 0)"
        f" FROM contribution WHERE {SAME_CELL}) WHERE topic = 'town_free'"
    )


def downgrade() -> None:
    with op.batch_alter_table("groups") as groups:
        groups.drop_column("seating_said")
