"""Keep what lists say aside in prose, so that a person can accept it: a text changes no calendar."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

ABOUT = (
    "about IN ('no_meeting', 'shut', 'paused', 'elsewhere', 'online', 'moved', 'monthly', 'only', "
    "'not_on', 'capacity')"
)
ANSWERS = "answer IN ('accepted', 'kept', 'removed')"


def upgrade() -> None:
    op.create_table(
        "aside",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=24), nullable=False),
        sa.Column("about", sa.String(length=16), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("understood", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.String(length=16), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(ABOUT, name=op.f("ck_aside_about")),
        sa.CheckConstraint(ANSWERS, name=op.f("ck_aside_answer")),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["groups.id"],
            name=op.f("fk_aside_group_id_groups"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aside")),
        sa.UniqueConstraint("group_id", "digest", name=op.f("uq_aside_group_id_digest")),
    )


def downgrade() -> None:
    op.drop_table("aside")
