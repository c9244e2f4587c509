"""Hold back what is private in lists, keep lists for a look, and let imports be undone."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

DECISIONS = "decision IN ('shown', 'participants', 'removed', 'contact')"


def upgrade() -> None:
    op.create_table(
        "held_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=24), nullable=False),
        sa.Column("finding", sa.String(length=16), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("decision", sa.String(length=16), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(DECISIONS, name=op.f("ck_held_text_decision")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_held_text_group_id_groups"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_text")),
        sa.UniqueConstraint("group_id", "digest", name=op.f("uq_held_text_group_id_digest")),
    )
    op.create_table(
        "list_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fellowship_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("program", sa.String(length=40), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("columns", sa.LargeBinary(), nullable=False),
        sa.Column("lines", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        _fellowship("list_draft"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_draft")),
    )
    op.create_table(
        "list_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fellowship_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("new", sa.JSON(), nullable=False),
        sa.Column("changed", sa.JSON(), nullable=False),
        _fellowship("list_import"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_import")),
    )
    for table in ("list_draft", "list_import"):
        op.create_index(op.f(f"ix_{table}_fellowship_id"), table, ["fellowship_id"])


def downgrade() -> None:
    for table in ("list_import", "list_draft", "held_text"):
        op.drop_table(table)


def _fellowship(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["fellowship_id"],
        ["fellowship.id"],
        name=op.f(f"fk_{table}_fellowship_id_fellowship"),
        ondelete="CASCADE",
    )
