"""Erase a participant's letters with them: a letter knows whose it is."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("letter") as letter:
        letter.add_column(sa.Column("participant_id", sa.Integer(), nullable=True))
        letter.create_foreign_key(
            op.f("fk_letter_participant_id_participant"), "participant", ["participant_id"], ["id"],
            ondelete="CASCADE",
        )  # fmt: skip
        letter.create_index(op.f("ix_letter_participant_id"), ["participant_id"])


def downgrade() -> None:
    with op.batch_alter_table("letter") as letter:
        letter.drop_index(op.f("ix_letter_participant_id"))
        letter.drop_constraint(op.f("fk_letter_participant_id_participant"), type_="foreignkey")
        letter.drop_column("participant_id")
