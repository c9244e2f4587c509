"""Remember the lists that groups come from, what they said, and which groups they no longer have."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

_BEFORE = (
    "concern IN ('no_coordinator', 'no_place', 'not_confirmed', 'holiday', 'closure_ends', 'full', "
    "'empty', 'service_ends', 'same_room', 'double'"
)
NOTHING = sa.text("''")


def upgrade() -> None:
    op.create_table(
        "list_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fellowship_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("program", sa.String(length=40), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=True),
        sa.Column("address", sa.String(length=500), server_default=NOTHING, nullable=False),
        sa.Column("etag", sa.String(length=200), server_default=NOTHING, nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("good_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rows", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("changes", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("fault", sa.String(length=24), server_default=NOTHING, nullable=False),
        sa.Column("detail", sa.String(length=200), server_default=NOTHING, nullable=False),
        sa.ForeignKeyConstraint(
            ["fellowship_id"],
            ["fellowship.id"],
            name=op.f("fk_list_source_fellowship_id_fellowship"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_source")),
        sa.UniqueConstraint("fellowship_id", "key", name=op.f("uq_list_source_fellowship_id_key")),
        sa.UniqueConstraint("fellowship_id", "name", name=op.f("uq_list_source_fellowship_id_name")),
    )
    op.add_column("groups", sa.Column("from_list", sa.JSON(), nullable=True))
    op.add_column("groups", sa.Column("gone_on", sa.Date(), nullable=True))
    op.add_column(
        "list_draft",
        sa.Column("source", sa.String(length=120), server_default=NOTHING, nullable=False),
    )
    _let_concerns_be(f"{_BEFORE}, 'gone')")


def downgrade() -> None:
    for table in ("work_mark", "work_owner"):
        op.execute(f"DELETE FROM {table} WHERE concern = 'gone'")
    _let_concerns_be(f"{_BEFORE})")
    op.drop_column("list_draft", "source")
    op.drop_column("groups", "gone_on")
    op.drop_column("groups", "from_list")
    op.drop_table("list_source")


def _let_concerns_be(concerns: str) -> None:
    for table in ("work_mark", "work_owner"):
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"ck_{table}_concern"), type_="check")
            batch.create_check_constraint(op.f(f"ck_{table}_concern"), concerns)
