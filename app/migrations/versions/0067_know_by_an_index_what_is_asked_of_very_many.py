"""Let three indexes hold all that a search asks of the very many groups in a circle or a country."""

from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None

BEFORE = {
    "ix_findable_latitude_longitude": ("findable", ["latitude", "longitude"]),
    "ix_findable_province": ("findable", ["province"]),
    "ix_coming_meeting_group_id_next_from": ("coming_meeting", ["group_id", "next_from"]),
}
AFTER = {
    "ix_findable_in_circle": (
        "findable",
        ["latitude", "longitude", "group_id", "since", "until", "audience"],
    ),
    "ix_findable_in_province": (
        "findable",
        ["province", "building", "status", "since", "until"],
    ),
    "ix_coming_meeting_of_group": (
        "coming_meeting",
        ["group_id", "next_from", "ends", "starts", "week", "is_on"],
    ),
}


def upgrade() -> None:
    for name, (table, _columns) in BEFORE.items():
        op.drop_index(name, table)
    for name, (table, columns) in AFTER.items():
        op.create_index(name, table, columns)


def downgrade() -> None:
    for name, (table, _columns) in AFTER.items():
        op.drop_index(name, table)
    for name, (table, columns) in BEFORE.items():
        op.create_index(name, table, columns)
