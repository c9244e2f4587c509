"""Let a region have officers of its own, and invitations to become one."""

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None

BEFORE = (
    "(kind = 'coordinator' AND group_id IS NOT NULL AND fellowship_id IS NULL)"
    " OR (kind = 'officer' AND group_id IS NULL AND fellowship_id IS NOT NULL)"
    " OR (kind = 'overseer' AND group_id IS NULL AND fellowship_id IS NULL)"
)
AFTER = (
    "(kind = 'coordinator' AND group_id IS NOT NULL AND fellowship_id IS NULL AND region_id IS NULL)"
    " OR (kind = 'officer' AND group_id IS NULL AND fellowship_id IS NOT NULL AND region_id IS NULL)"
    " OR (kind = 'regional' AND group_id IS NULL AND fellowship_id IS NULL AND region_id IS NOT NULL)"
    " OR (kind = 'overseer' AND group_id IS NULL AND fellowship_id IS NULL AND region_id IS NULL)"
)


def upgrade() -> None:
    for name in ("role", "invitation"):
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("region_id", sa.Integer(), nullable=True))
            table.create_foreign_key(
                op.f(f"fk_{name}_region_id_region"),
                "region",
                ["region_id"],
                ["id"],
                ondelete="CASCADE",
            )
            table.drop_constraint(op.f(f"ck_{name}_subject"), type_="check")
            table.create_check_constraint(op.f(f"ck_{name}_subject"), AFTER)
        op.create_index(op.f(f"ix_{name}_region_id"), name, ["region_id"])
    op.create_index("uq_role_account_id_region_id", "role", ["account_id", "region_id"], unique=True)


def downgrade() -> None:
    op.drop_index("uq_role_account_id_region_id", table_name="role")
    for name in ("role", "invitation"):
        op.execute(sa.text(f"DELETE FROM {name} WHERE kind = 'regional'"))
        op.drop_index(op.f(f"ix_{name}_region_id"), table_name=name)
        with op.batch_alter_table(name) as table:
            table.drop_constraint(op.f(f"ck_{name}_subject"), type_="check")
            table.create_check_constraint(op.f(f"ck_{name}_subject"), BEFORE)
            table.drop_constraint(op.f(f"fk_{name}_region_id_region"), type_="foreignkey")
            table.drop_column("region_id")
