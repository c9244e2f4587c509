"""Know groups for men and for LGBTQI+ people: what lists said of some in a code alone."""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

BEFORE = "'everyone', 'relatives', 'young', 'teens', 'women', 'dual_diagnosis'"
NOW = "'everyone', 'relatives', 'young', 'teens', 'women', 'men', 'lgbtq', 'dual_diagnosis'"
TABLES = ("groups", "fellowship")
SAID = {"men": '%"M"]%', "lgbtq": '%"LGBTQ"]%'}
"""The end of a (program, code) pair, as JSON writes it."""


def upgrade() -> None:
    _check(NOW)
    for audience, code in SAID.items():
        op.execute(
            sa.text(
                "UPDATE groups SET audience = :audience "
                "WHERE audience = 'everyone' AND CAST(codes AS VARCHAR) LIKE :code"
            ).bindparams(audience=audience, code=code)
        )
    _let_findable_follow()


def downgrade() -> None:
    for name in TABLES:
        op.execute(
            sa.text(f"UPDATE {name} SET audience = 'everyone' WHERE audience IN ('men', 'lgbtq')")
        )
    _let_findable_follow()
    _check(BEFORE)


def _check(audiences: str) -> None:
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            table.drop_constraint(op.f(f"ck_{name}_audience"), type_="check")
            table.create_check_constraint(op.f(f"ck_{name}_audience"), f"audience IN ({audiences})")


def _let_findable_follow() -> None:
    op.execute(
        sa.text(
            "UPDATE findable SET audience = "
            "(SELECT groups.audience FROM groups WHERE groups.id = findable.group_id) "
            "WHERE audience <> "
            "(SELECT groups.audience FROM groups WHERE groups.id = findable.group_id)"
        )
    )
