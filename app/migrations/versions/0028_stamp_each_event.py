"""Stamp each event of a feed by itself; those there are keep the stamp of their group as a floor."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

TELLINGS = "'named', 'discreet', 'own', 'own_discreet', 'among_others'"
ADDED = (("floor_rev", "floor_at", "floor"), ("discreet_rev", "discreet_at", "discreet"))


def upgrade() -> None:
    op.create_table(
        "event_stamp",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("telling", sa.String(length=12), nullable=False),
        sa.Column("week", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"telling IN ({TELLINGS})", name=op.f("ck_event_stamp_telling")),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_event_stamp_revision")),
        sa.CheckConstraint(
            "typeof(week) = 'integer'", name=op.f("ck_event_stamp_week_is_whole")
        ).ddl_if(dialect="sqlite"),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["groups.id"],
            name=op.f("fk_event_stamp_group_id_groups"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("group_id", "telling", "week", name=op.f("pk_event_stamp")),
    )
    op.create_index("ix_event_stamp_week", "event_stamp", ["week"])
    with op.batch_alter_table("groups") as groups:
        for number, instant, name in ADDED:
            groups.add_column(sa.Column(number, sa.Integer(), nullable=True))
            groups.add_column(sa.Column(instant, sa.DateTime(timezone=True), nullable=True))
            groups.create_check_constraint(
                op.f(f"ck_groups_{name}"), f"({number} IS NULL) = ({instant} IS NULL)"
            )


def downgrade() -> None:
    with op.batch_alter_table("groups") as groups:
        for number, instant, name in ADDED:
            groups.drop_constraint(op.f(f"ck_groups_{name}"), type_="check")
            groups.drop_column(instant)
            groups.drop_column(number)
    op.drop_table("event_stamp")
