"""Let groups be found: what a search asks of each stands ready, and is filled after the upgrade."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

WORD = sa.String(40).with_variant(sa.String(40, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "findable",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("until", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("fellowship_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("minute", sa.Integer(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("province", sa.String(length=80), nullable=False),
        sa.Column("audience", sa.String(length=24), nullable=False),
        sa.Column("subject", sa.String(length=24), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("online", sa.Boolean(), nullable=False),
        sa.Column("building", sa.Boolean(), nullable=False),
        sa.Column("wheelchair", sa.Boolean(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("free", sa.Boolean(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.CheckConstraint("weekday IN (1, 2, 3, 4, 5, 6, 7)", name=op.f("ck_findable_weekday")),
        sa.CheckConstraint("minute BETWEEN 0 AND 1439", name=op.f("ck_findable_minute")),
        sa.CheckConstraint(
            "(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_findable_position")
        ),
        sa.CheckConstraint(
            "typeof(since) = 'integer'", name=op.f("ck_findable_since_is_whole")
        ).ddl_if(dialect="sqlite"),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_findable_group_id_groups"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["fellowship_id"], ["fellowship.id"], name=op.f("fk_findable_fellowship_id_fellowship")
        ),
        sa.PrimaryKeyConstraint("group_id", "since", name=op.f("pk_findable")),
    )
    for columns in (
        ["latitude", "longitude"],
        ["weekday", "minute", "group_id"],
        ["status", "minute", "group_id"],
    ):
        op.create_index(f"ix_findable_{'_'.join(columns)}", "findable", columns)
    for name in ("province", "fellowship_id"):
        op.create_index(f"ix_findable_{name}", "findable", [name])
    op.create_table(
        "findable_word",
        sa.Column("word", WORD, nullable=False),
        sa.Column("group_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_findable_word_group_id_groups"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("word", "group_id", name=op.f("pk_findable_word")),
    )
    op.create_index("ix_findable_word_group_id", "findable_word", ["group_id"])


def downgrade() -> None:
    op.drop_table("findable_word")
    op.drop_table("findable")
