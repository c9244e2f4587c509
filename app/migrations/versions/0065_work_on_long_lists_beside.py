"""Keep what is done with long lists beside the requests, and how far that is."""

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "list_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fellowship_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("deed", sa.String(length=16), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claim", sa.String(length=32), server_default=sa.text("''"), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("step", sa.String(length=16), server_default=sa.text("''"), nullable=False),
        sa.Column("done", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("of", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("outcome", sa.JSON(), nullable=False),
        sa.Column("fault", sa.String(length=16), server_default=sa.text("''"), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.CheckConstraint("deed IN ('look', 'accept', 'undo')", name=op.f("ck_list_run_deed")),
        sa.CheckConstraint(
            "state IN ('waiting', 'working', 'done', 'failed')", name=op.f("ck_list_run_state")
        ),
        sa.ForeignKeyConstraint(
            ["fellowship_id"],
            ["fellowship.id"],
            name=op.f("fk_list_run_fellowship_id_fellowship"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_list_run_account_id_account"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["list_draft.id"],
            name=op.f("fk_list_run_draft_id_list_draft"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["list_import.id"],
            name=op.f("fk_list_run_import_id_list_import"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_run")),
        sa.UniqueConstraint("draft_id", name=op.f("uq_list_run_draft_id")),
        sa.UniqueConstraint("import_id", name=op.f("uq_list_run_import_id")),
    )
    op.create_index(op.f("ix_list_run_fellowship_id"), "list_run", ["fellowship_id"])
    op.create_index(op.f("ix_list_run_account_id"), "list_run", ["account_id"])


def downgrade() -> None:
    op.drop_table("list_run")
