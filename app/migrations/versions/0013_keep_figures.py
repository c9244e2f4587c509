"""Keep figures: what each group adds to them, their sums, and its history, filled after the upgrade."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

MEASURES = ("number", "exact", "few")


def upgrade() -> None:
    op.create_table(
        "contribution",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=12), nullable=False),
        sa.Column("value", sa.String(length=80), nullable=False),
        sa.Column("since", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fellowship_id", sa.Integer(), nullable=False),
        sa.Column("province", sa.String(length=80), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in MEASURES),
        sa.CheckConstraint(
            "exact = 0 OR exact > 4", name=op.f("ck_contribution_betrays_nobody")
        ),
        sa.CheckConstraint("few >= 0", name=op.f("ck_contribution_few")),
        sa.CheckConstraint(
            "typeof(since) = 'integer'", name=op.f("ck_contribution_since_is_whole")
        ).ddl_if(dialect="sqlite"),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_contribution_group_id_groups"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["fellowship_id"], ["fellowship.id"],
            name=op.f("fk_contribution_fellowship_id_fellowship"),
        ),
        sa.PrimaryKeyConstraint(
            "group_id", "topic", "value", "since", name=op.f("pk_contribution")
        ),
    )
    op.create_index(
        "ix_contribution_fellowship_id_topic_value", "contribution",
        ["fellowship_id", "topic", "value"],
    )
    op.create_table(
        "tally",
        sa.Column("topic", sa.String(length=12), nullable=False),
        sa.Column("value", sa.String(length=80), nullable=False),
        sa.Column("since", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fellowship_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("province", sa.String(length=80), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in MEASURES),
        sa.CheckConstraint(
            "typeof(since) = 'integer'", name=op.f("ck_tally_since_is_whole")
        ).ddl_if(dialect="sqlite"),
        sa.ForeignKeyConstraint(
            ["fellowship_id"], ["fellowship.id"], name=op.f("fk_tally_fellowship_id_fellowship"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "topic", "value", "since", "fellowship_id", "province", name=op.f("pk_tally")
        ),
    )
    op.create_index("ix_tally_fellowship_id_topic", "tally", ["fellowship_id", "topic"])
    op.create_table(
        "stage",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.CheckConstraint(
            "status IN ('preparing', 'active', 'paused', 'closed')", name=op.f("ck_stage_status")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_stage_group_id_groups"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("group_id", "since", name=op.f("pk_stage")),
    )
    op.create_table(
        "occupancy",
        sa.Column("group_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("full_since", sa.Date(), nullable=True),
        sa.Column("empty_since", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "full_since IS NULL OR empty_since IS NULL", name=op.f("ck_occupancy_full_or_empty")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_occupancy_group_id_groups"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_occupancy")),
    )
    for name in ("full_since", "empty_since"):
        op.create_index(f"ix_occupancy_{name}", "occupancy", [name])
    op.create_index("ix_groups_fellowship_id_name", "groups", ["fellowship_id", "name"])
    op.drop_index("ix_groups_fellowship_id", "groups")


def downgrade() -> None:
    op.create_index("ix_groups_fellowship_id", "groups", ["fellowship_id"])
    op.drop_index("ix_groups_fellowship_id_name", "groups")
    for name in ("occupancy", "stage", "tally", "contribution"):
        op.drop_table(name)
