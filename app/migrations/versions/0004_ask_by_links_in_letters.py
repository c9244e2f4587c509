"""Ask by links in letters: is this listing still right, and how many were there?"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('confirm', 'count')", name=op.f("ck_link_kind")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_link_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_link_key_hash")),
    )
    op.create_index(op.f("ix_link_account_id"), "link", ["account_id"])
    op.create_table(
        "link_to_group",
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_id"], ["link.id"], name=op.f("fk_link_to_group_link_id_link"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_link_to_group_group_id_groups"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("link_id", "group_id", name=op.f("pk_link_to_group")),
    )
    op.create_index(op.f("ix_link_to_group_group_id"), "link_to_group", ["group_id"])
    weeks = ", ".join(map(str, range(1, 53)))
    with op.batch_alter_table("fellowship") as fellowship:
        fellowship.add_column(
            sa.Column("confirm_after", sa.Integer(), server_default=sa.text("8"), nullable=False)
        )
        fellowship.create_check_constraint(
            op.f("ck_fellowship_confirm_after"), f"confirm_after IN ({weeks})"
        )


def downgrade() -> None:
    with op.batch_alter_table("fellowship") as fellowship:
        fellowship.drop_constraint(op.f("ck_fellowship_confirm_after"), type_="check")
        fellowship.drop_column("confirm_after")
    op.drop_table("link_to_group")
    op.drop_table("link")
