"""Keep whether a coordinator may read the circle: who the office brings in waits for a yes.

Whoever coordinates today reads on. Open invitations are taken as they were: the group's own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

READINGS = "'open', 'waits', 'asked', 'refused'"


def upgrade() -> None:
    with op.batch_alter_table("role") as role:
        role.add_column(
            sa.Column("reading", sa.String(length=8), server_default="open", nullable=False)
        )
        role.add_column(sa.Column("circle_asked_on", sa.Date(), nullable=True))
        role.create_check_constraint(op.f("ck_role_reading"), f"reading IN ({READINGS})")
        role.create_check_constraint(
            op.f("ck_role_asked_on_a_day"), "reading <> 'asked' OR circle_asked_on IS NOT NULL"
        )
    with op.batch_alter_table("invitation") as invitation:
        invitation.add_column(
            sa.Column("of_office", sa.Boolean(), server_default=sa.false(), nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table("invitation") as invitation:
        invitation.drop_column("of_office")
    with op.batch_alter_table("role") as role:
        role.drop_constraint(op.f("ck_role_asked_on_a_day"), type_="check")
        role.drop_constraint(op.f("ck_role_reading"), type_="check")
        role.drop_column("circle_asked_on")
        role.drop_column("reading")
