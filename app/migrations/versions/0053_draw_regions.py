"""Let a fellowship draw regions of its own: of provinces, municipalities and postcodes."""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "region",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fellowship_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["fellowship_id"], ["fellowship.id"], name=op.f("fk_region_fellowship_id_fellowship"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_region")),
        sa.UniqueConstraint("fellowship_id", "name", name=op.f("uq_region_fellowship_id_name")),
    )


def downgrade() -> None:
    op.drop_table("region")
