"""Know for whom a group is, and about what: only what the domain knows, as for every other choice."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

AUDIENCES = "'everyone', 'relatives', 'young', 'teens', 'women', 'dual_diagnosis'"
SUBJECTS = "'alcohol', 'drugs', 'cocaine', 'gambling', 'addiction', 'other'"
TABLES = ("groups", "fellowship")


def upgrade() -> None:
    for name in TABLES:
        # Nothing of ours wrote another value: whoever did by hand broke the pages that word it.
        op.execute(
            sa.text(f"UPDATE {name} SET audience = 'everyone' WHERE audience NOT IN ({AUDIENCES})")
        )
        op.execute(sa.text(f"UPDATE {name} SET subject = 'other' WHERE subject NOT IN ({SUBJECTS})"))
        with op.batch_alter_table(name) as table:
            table.create_check_constraint(
                op.f(f"ck_{name}_audience"), f"audience IN ({AUDIENCES})"
            )
            table.create_check_constraint(op.f(f"ck_{name}_subject"), f"subject IN ({SUBJECTS})")


def downgrade() -> None:
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            table.drop_constraint(op.f(f"ck_{name}_subject"), type_="check")
            table.drop_constraint(op.f(f"ck_{name}_audience"), type_="check")
