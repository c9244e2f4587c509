"""Let a group be asked for: a request to a fellowship, and its letters erased with it."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

CHECKS = {
    "status": "status IN ('asked', 'asked_back', 'founded', 'not_yet', 'withdrawn')",
    "weekday": "weekday IN (1, 2, 3, 4, 5, 6, 7)",
    "personal_or_not": (
        "(name IS NOT NULL AND contact IS NOT NULL AND key_hash IS NOT NULL"
        " AND consent_at IS NOT NULL)"
        " OR (name IS NULL AND contact IS NULL AND key_hash IS NULL AND consent_at IS NULL"
        " AND key IS NULL AND words IS NULL AND talk IS NULL AND ask_key IS NULL"
        " AND weekday IS NULL AND start IS NULL)"
    ),
    "open_has_asker": "status NOT IN ('asked', 'asked_back') OR name IS NOT NULL",
    "withdrawn_is_erased": "status <> 'withdrawn' OR name IS NULL",
    "confirmed_first": "status = 'asked' OR confirmed_at IS NOT NULL",
    "founded": "group_id IS NULL OR status = 'founded'",
}


def upgrade() -> None:
    op.create_table(
        "founding_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fellowship_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("status_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("town", sa.String(length=80), nullable=False),
        sa.Column("province", sa.String(length=80), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("start", sa.Time(), nullable=True),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("contact", sa.LargeBinary(), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("talk", sa.LargeBinary(), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=True),
        sa.Column("key", sa.LargeBinary(), nullable=True),
        sa.Column("ask_key", sa.String(length=64), nullable=True),
        sa.Column("consent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("consent_text", sa.String(length=16), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        *(
            sa.CheckConstraint(rule, name=op.f(f"ck_founding_request_{name}"))
            for name, rule in CHECKS.items()
        ),
        sa.ForeignKeyConstraint(
            ["fellowship_id"], ["fellowship.id"],
            name=op.f("fk_founding_request_fellowship_id_fellowship"), ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"],
            name=op.f("fk_founding_request_group_id_groups"), ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["account.id"],
            name=op.f("fk_founding_request_changed_by_account"), ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_founding_request")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_founding_request_key_hash")),
        sa.UniqueConstraint("ask_key", name=op.f("uq_founding_request_ask_key")),
    )  # fmt: skip
    with op.batch_alter_table("founding_request") as request:
        request.create_index(op.f("ix_founding_request_fellowship_id"), ["fellowship_id"])
        request.create_index(op.f("ix_founding_request_group_id"), ["group_id"])
    with op.batch_alter_table("letter") as letter:
        letter.add_column(sa.Column("founding_request_id", sa.Integer(), nullable=True))
        letter.create_foreign_key(
            op.f("fk_letter_founding_request_id_founding_request"),
            "founding_request", ["founding_request_id"], ["id"], ondelete="CASCADE",
        )  # fmt: skip
        letter.create_index(op.f("ix_letter_founding_request_id"), ["founding_request_id"])


def downgrade() -> None:
    with op.batch_alter_table("letter") as letter:
        letter.drop_index(op.f("ix_letter_founding_request_id"))
        letter.drop_constraint(
            op.f("fk_letter_founding_request_id_founding_request"), type_="foreignkey"
        )
        letter.drop_column("founding_request_id")
    op.drop_table("founding_request")
