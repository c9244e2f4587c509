"""Give accounts passkeys: a device's key in place of password and code."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "passkey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("credential", sa.String(length=1364), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("handle", sa.LargeBinary(), nullable=False),
        sa.Column("transports", sa.JSON(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("device", sa.String(length=60), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("count >= 0", name=op.f("ck_passkey_count")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_passkey_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential", name=op.f("uq_passkey_credential")),
    )
    op.create_index("ix_passkey_account_id", "passkey", ["account_id"])
    with op.batch_alter_table("login") as login:
        login.add_column(sa.Column("passkey_id", sa.Integer(), nullable=True))
        login.create_foreign_key(
            op.f("fk_login_passkey_id_passkey"), "passkey", ["passkey_id"], ["id"],
            ondelete="SET NULL",
        )
        login.create_index(op.f("ix_login_passkey_id"), ["passkey_id"])


def downgrade() -> None:
    with op.batch_alter_table("login") as login:
        login.drop_index(op.f("ix_login_passkey_id"))
        login.drop_constraint(op.f("fk_login_passkey_id_passkey"), type_="foreignkey")
        login.drop_column("passkey_id")
    op.drop_table("passkey")
