"""Plan the evening: who stays away, who takes a task, how many guests come."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def whole_weeks(table: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(
        "typeof(week) = 'integer'", name=op.f(f"ck_{table}_week_is_whole")
    ).ddl_if(dialect="sqlite")


def points_at(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), ondelete="CASCADE"
    )


def upgrade() -> None:
    op.create_table(
        "absence",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Integer(), autoincrement=False, nullable=False),
        whole_weeks("absence"),
        points_at("absence", "participant_id", "participant"),
        sa.PrimaryKeyConstraint("participant_id", "week", name=op.f("pk_absence")),
    )
    op.create_index(op.f("ix_absence_week"), "absence", ["week"])
    op.create_table(
        "guests",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "number IN (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)", name=op.f("ck_guests_number")
        ),
        whole_weeks("guests"),
        points_at("guests", "group_id", "groups"),
        sa.PrimaryKeyConstraint("group_id", "week", name=op.f("pk_guests")),
    )
    op.create_table(
        "task",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('opener', 'chair', 'tea', 'key')", name=op.f("ck_task_kind")
        ),
        whole_weeks("task"),
        points_at("task", "group_id", "groups"),
        points_at("task", "participant_id", "participant"),
        sa.PrimaryKeyConstraint("group_id", "week", "kind", name=op.f("pk_task")),
    )
    op.create_index(op.f("ix_task_participant_id"), "task", ["participant_id"])


def downgrade() -> None:
    op.drop_table("task")
    op.drop_table("guests")
    op.drop_table("absence")
