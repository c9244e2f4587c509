"""Keep the coming meetings of each group, so that a search asks what a group does in that very week.

The table is filled at the end of `flask db upgrade`: what a group does in a week is for the app's
own rules to say.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

TIMES = ("weekday", "minute")


def upgrade() -> None:
    op.create_table(
        "coming_meeting",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("starts", sa.Integer(), nullable=True),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("next_from", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("minute", sa.Integer(), nullable=True),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("is_soon", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(starts IS NULL) = (day IS NULL)", name=op.f("ck_coming_meeting_day")
        ),
        sa.CheckConstraint(
            "(starts IS NULL) = (minute IS NULL)", name=op.f("ck_coming_meeting_time")
        ),
        sa.CheckConstraint("minute BETWEEN 0 AND 1439", name=op.f("ck_coming_meeting_minute")),
        sa.CheckConstraint("starts < ends", name=op.f("ck_coming_meeting_hours")),
        sa.CheckConstraint(
            "is_on = (starts IS NOT NULL AND next_from IS NOT NULL)",
            name=op.f("ck_coming_meeting_is_on"),
        ),
        sa.CheckConstraint("is_on OR NOT is_soon", name=op.f("ck_coming_meeting_is_soon")),
        sa.CheckConstraint(
            "typeof(week) = 'integer'", name=op.f("ck_coming_meeting_week_is_whole")
        ).ddl_if(dialect="sqlite"),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["groups.id"],
            name=op.f("fk_coming_meeting_group_id_groups"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("group_id", "week", name=op.f("pk_coming_meeting")),
    )
    for columns in (
        ["group_id", "next_from"],
        ["is_soon", "starts", "next_from"],
        ["day", "is_on", "starts"],
    ):
        op.create_index(f"ix_coming_meeting_{'_'.join(columns)}", "coming_meeting", columns)
    op.drop_index("ix_findable_weekday_minute_group_id", "findable")
    op.drop_index("ix_findable_status_minute_group_id", "findable")
    with op.batch_alter_table("findable") as findable:
        for name in TIMES:
            findable.drop_constraint(op.f(f"ck_findable_{name}"), type_="check")
            findable.drop_column(name)
    op.create_index("ix_findable_status", "findable", ["status"])


def downgrade() -> None:
    op.drop_index("ix_findable_status", "findable")
    with op.batch_alter_table("findable") as findable:
        for name in TIMES:
            findable.add_column(sa.Column(name, sa.Integer(), nullable=True))
        findable.create_check_constraint(
            op.f("ck_findable_weekday"), "weekday IN (1, 2, 3, 4, 5, 6, 7)"
        )
        findable.create_check_constraint(op.f("ck_findable_minute"), "minute BETWEEN 0 AND 1439")
    for columns in (["weekday", "minute", "group_id"], ["status", "minute", "group_id"]):
        op.create_index(f"ix_findable_{'_'.join(columns)}", "findable", columns)
    # As 0009 fills them: each row with the day and hour of the slot that holds from then on.
    for name, what in (
        ("weekday", "weekday"),
        ("minute", "CAST(substr(CAST(start AS VARCHAR), 1, 2) AS INTEGER) * 60"
                   " + CAST(substr(CAST(start AS VARCHAR), 4, 2) AS INTEGER)"),
    ):  # fmt: skip
        op.execute(
            f"UPDATE findable SET {name} = (SELECT {what} FROM slot"  # noqa: S608 - constants
            " WHERE slot.group_id = findable.group_id AND slot.since = coalesce("
            "(SELECT max(since) FROM slot AS one"
            " WHERE one.group_id = findable.group_id AND one.since <= findable.since), "
            "(SELECT min(since) FROM slot AS one WHERE one.group_id = findable.group_id)))"
        )
    op.drop_table("coming_meeting")
