"""Find what is under way, and groups for family and friends, by an index, however many groups there are."""

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

FEW = sa.text("audience = 'relatives'")
BEFORE = {
    "ix_coming_meeting_is_soon_starts_next_from": ["is_soon", "starts", "next_from"],
    "ix_coming_meeting_day_is_on_starts": ["day", "is_on", "starts"],
}
AFTER = {
    "ix_coming_meeting_in_time": ["is_soon", "starts", "group_id", "next_from", "ends"],
    "ix_coming_meeting_of_day": ["day", "is_on", "starts", "group_id", "next_from", "ends"],
}
COLUMNS = ("town", "province", "subject", "id")


def upgrade() -> None:
    for name in BEFORE:
        op.drop_index(name, "coming_meeting")
    for name, columns in AFTER.items():
        op.create_index(name, "coming_meeting", columns)
    for column in COLUMNS:
        op.create_index(
            f"ix_groups_relatives_{column}",
            "groups",
            [*dict.fromkeys(("audience", column, "id"))],
            sqlite_where=FEW,
            postgresql_where=FEW,
        )


def downgrade() -> None:
    for column in COLUMNS:
        op.drop_index(f"ix_groups_relatives_{column}", "groups")
    for name in AFTER:
        op.drop_index(name, "coming_meeting")
    for name, columns in BEFORE.items():
        op.create_index(name, "coming_meeting", columns)
