"""Answer about a holiday by a link in a letter, which does that once."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("link") as link:
        link.add_column(sa.Column("holiday", sa.String(length=48), nullable=True))
        link.drop_constraint(op.f("ck_link_kind"), type_="check")
        link.create_check_constraint(
            op.f("ck_link_kind"), "kind IN ('confirm', 'count', 'holiday')"
        )


def downgrade() -> None:
    op.execute("DELETE FROM link WHERE kind = 'holiday'")
    with op.batch_alter_table("link") as link:
        link.drop_constraint(op.f("ck_link_kind"), type_="check")
        link.create_check_constraint(op.f("ck_link_kind"), "kind IN ('confirm', 'count')")
        link.drop_column("holiday")
