"""Give participants their own page: letters, feed, a hold with a reason, two of one alias."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

FLAGS = ("wants_letters", "is_willing", "is_looking")
HASHES = ("feed_hash", "discreet_hash", "claim_hash")
CHECKS = {
    "hold_has_an_end": "(held_until IS NULL) = (hold IS NULL)",
    "hold": "hold IN ('asked', 'offered', 'greeted')",
    "claimed_once": "claim_hash IS NULL OR alias IS NULL",
    "invited_elsewhere": "invited_to IS NULL OR invited_to <> group_id",
}


def upgrade() -> None:
    op.add_column("participant", sa.Column("hold", sa.String(length=8), nullable=True))
    op.execute("UPDATE participant SET hold = 'asked' WHERE held_until IS NOT NULL")
    with op.batch_alter_table("participant") as participant:
        participant.drop_constraint(op.f("uq_participant_group_id_alias"), type_="unique")
        for name in ("alias_number", "feed_number"):
            participant.add_column(
                sa.Column(name, sa.Integer(), server_default=sa.text("1"), nullable=False)
            )
        participant.add_column(sa.Column("key", sa.LargeBinary(), nullable=True))
        participant.add_column(sa.Column("asked_on", sa.Date(), nullable=True))
        participant.add_column(
            sa.Column("language", sa.String(length=8), server_default="nl", nullable=False)
        )
        for name in FLAGS:
            participant.add_column(
                sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False)
            )
        for name in HASHES:
            participant.add_column(sa.Column(name, sa.String(length=64), nullable=True))
            participant.create_unique_constraint(op.f(f"uq_participant_{name}"), [name])
        participant.add_column(sa.Column("invited_to", sa.Integer(), nullable=True))
        participant.create_foreign_key(
            op.f("fk_participant_invited_to_groups"), "groups", ["invited_to"], ["id"],
            ondelete="SET NULL",
        )
        participant.create_unique_constraint(
            op.f("uq_participant_group_id_alias_alias_number"),
            ["group_id", "alias", "alias_number"],
        )
        for name, rule in CHECKS.items():
            participant.create_check_constraint(op.f(f"ck_participant_{name}"), rule)
        participant.create_index(op.f("ix_participant_invited_to"), ["invited_to"])


def downgrade() -> None:
    with op.batch_alter_table("participant") as participant:
        participant.drop_index(op.f("ix_participant_invited_to"))
        for name in CHECKS:
            participant.drop_constraint(op.f(f"ck_participant_{name}"), type_="check")
        participant.drop_constraint(
            op.f("uq_participant_group_id_alias_alias_number"), type_="unique"
        )
        participant.drop_constraint(op.f("fk_participant_invited_to_groups"), type_="foreignkey")
        participant.drop_column("invited_to")
        for name in HASHES:
            participant.drop_constraint(op.f(f"uq_participant_{name}"), type_="unique")
            participant.drop_column(name)
        for name in (*FLAGS, "language", "key", "asked_on", "alias_number", "feed_number", "hold"):
            participant.drop_column(name)
        participant.create_unique_constraint(
            op.f("uq_participant_group_id_alias"), ["group_id", "alias"]
        )
