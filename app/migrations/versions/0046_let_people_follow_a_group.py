"""Let people follow a group without a seat, by mail or on a device: only where news goes is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "follower",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("contact", sa.LargeBinary(), nullable=False),
        sa.Column("device_hash", sa.String(length=64), nullable=True),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("way IN ('mail', 'push')", name=op.f("ck_follower_way")),
        sa.CheckConstraint(
            "(way = 'push') = (device_hash IS NOT NULL)", name=op.f("ck_follower_device")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_follower_group_id_groups"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follower")),
        sa.UniqueConstraint("device_hash", name=op.f("uq_follower_device_hash")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_follower_key_hash")),
    )
    with op.batch_alter_table("follower") as follower:
        follower.create_index(op.f("ix_follower_group_id"), ["group_id"])
        follower.create_index(op.f("ix_follower_used_at"), ["used_at"])
    with op.batch_alter_table("letter") as letter:
        letter.add_column(sa.Column("follower_id", sa.Integer(), nullable=True))
        letter.create_foreign_key(
            op.f("fk_letter_follower_id_follower"),
            "follower", ["follower_id"], ["id"], ondelete="CASCADE",
        )  # fmt: skip
        letter.create_index(op.f("ix_letter_follower_id"), ["follower_id"])


def downgrade() -> None:
    with op.batch_alter_table("letter") as letter:
        letter.drop_index(op.f("ix_letter_follower_id"))
        letter.drop_constraint(op.f("fk_letter_follower_id_follower"), type_="foreignkey")
        letter.drop_column("follower_id")
    op.drop_table("follower")
