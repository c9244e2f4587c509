"""Find groups by the kinds of meeting that they have: what is found of them is made anew."""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "findable_kind",
        sa.Column("kind", sa.String(33), nullable=False),
        sa.Column("group_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["groups.id"],
            name=op.f("fk_findable_kind_group_id_groups"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("kind", "group_id", name=op.f("pk_findable_kind")),
    )
    op.create_index(op.f("ix_findable_kind_group_id"), "findable_kind", ["group_id"])
    op.execute(sa.text("DELETE FROM findable"))


def downgrade() -> None:
    op.drop_table("findable_kind")
