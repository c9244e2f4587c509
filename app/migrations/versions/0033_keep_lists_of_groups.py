"""Keep lists of groups under a name: an office asks the same of its groups every week."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fellowship_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("query", sa.String(length=600), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["fellowship_id"],
            ["fellowship.id"],
            name=op.f("fk_kept_list_fellowship_id_fellowship"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_list")),
        sa.UniqueConstraint(
            "fellowship_id", "name", name=op.f("uq_kept_list_fellowship_id_name")
        ),
    )


def downgrade() -> None:
    op.drop_table("kept_list")
