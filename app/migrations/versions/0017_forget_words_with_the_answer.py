"""Forget what a visitor wrote with the answer, as is promised to them: the table holds to it too."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

NAME = "ck_proposal_words_are_forgotten"


def upgrade() -> None:
    op.execute("UPDATE proposal SET words = NULL WHERE state <> 'open'")
    with op.batch_alter_table("proposal") as proposal:
        proposal.create_check_constraint(op.f(NAME), "state = 'open' OR words IS NULL")


def downgrade() -> None:
    with op.batch_alter_table("proposal") as proposal:
        proposal.drop_constraint(op.f(NAME), type_="check")
