"""Keep figures: what each group adds to them, their sums, and its history, filled here."""

from collections import Counter, defaultdict
from datetime import UTC
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

from app import clock
from app.domain.meeting import Status
from app.domain.tally import Standing, contributions, first_stages, heads, hours
from app.domain.week import Week

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

AT_ONCE = 500
MEASURES = ("number", "exact", "few")


def upgrade():
    contribution = op.create_table(
        "contribution",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=12), nullable=False),
        sa.Column("value", sa.String(length=80), nullable=False),
        sa.Column("since", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fellowship_id", sa.Integer(), nullable=False),
        sa.Column("province", sa.String(length=80), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in MEASURES),
        sa.CheckConstraint(
            "exact = 0 OR exact > 4", name=op.f("ck_contribution_betrays_nobody")
        ),
        sa.CheckConstraint("few >= 0", name=op.f("ck_contribution_few")),
        sa.CheckConstraint(
            "typeof(since) = 'integer'", name=op.f("ck_contribution_since_is_whole")
        ).ddl_if(dialect="sqlite"),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_contribution_group_id_groups"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["fellowship_id"], ["fellowship.id"],
            name=op.f("fk_contribution_fellowship_id_fellowship"),
        ),
        sa.PrimaryKeyConstraint(
            "group_id", "topic", "value", "since", name=op.f("pk_contribution")
        ),
    )
    op.create_index(
        "ix_contribution_fellowship_id_topic_value", "contribution",
        ["fellowship_id", "topic", "value"],
    )
    tally = op.create_table(
        "tally",
        sa.Column("topic", sa.String(length=12), nullable=False),
        sa.Column("value", sa.String(length=80), nullable=False),
        sa.Column("since", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fellowship_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("province", sa.String(length=80), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in MEASURES),
        sa.CheckConstraint(
            "typeof(since) = 'integer'", name=op.f("ck_tally_since_is_whole")
        ).ddl_if(dialect="sqlite"),
        sa.ForeignKeyConstraint(
            ["fellowship_id"], ["fellowship.id"], name=op.f("fk_tally_fellowship_id_fellowship"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "topic", "value", "since", "fellowship_id", "province", name=op.f("pk_tally")
        ),
    )
    op.create_index("ix_tally_fellowship_id_topic", "tally", ["fellowship_id", "topic"])
    stage = op.create_table(
        "stage",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.CheckConstraint(
            "status IN ('preparing', 'active', 'paused', 'closed')", name=op.f("ck_stage_status")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_stage_group_id_groups"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("group_id", "since", name=op.f("pk_stage")),
    )
    occupancy = op.create_table(
        "occupancy",
        sa.Column("group_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("full_since", sa.Date(), nullable=True),
        sa.Column("empty_since", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "full_since IS NULL OR empty_since IS NULL", name=op.f("ck_occupancy_full_or_empty")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_occupancy_group_id_groups"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_occupancy")),
    )
    for name in ("full_since", "empty_since"):
        op.create_index(f"ix_occupancy_{name}", "occupancy", [name])
    op.create_index("ix_groups_fellowship_id_name", "groups", ["fellowship_id", "name"])
    op.drop_index("ix_groups_fellowship_id", "groups")
    _fill(op.get_bind(), contribution, tally, stage, occupancy)


def downgrade():
    op.create_index("ix_groups_fellowship_id", "groups", ["fellowship_id"])
    op.drop_index("ix_groups_fellowship_id_name", "groups")
    for name in ("occupancy", "stage", "tally", "contribution"):
        op.drop_table(name)


def _fill(connection, contribution, tally, stage, occupancy):
    sums: Counter[tuple] = Counter()
    last = 0
    while ids := _next_ids(connection, last):
        last = ids[-1]
        rows, stages, occupied = _made(connection, {"first": ids[0], "last": last})
        for table, made in ((contribution, rows), (stage, stages), (occupancy, occupied)):
            connection.execute(table.insert(), made)
        for row in rows:
            for name in MEASURES:
                sums[_cell(row), name] += row[name]
    if cells := {cell for cell, _ in sums}:
        names = ("topic", "value", "since", "fellowship_id", "province")
        connection.execute(
            tally.insert(),
            [
                dict(zip(names, cell, strict=True)) | {name: sums[cell, name] for name in MEASURES}
                for cell in sorted(cells)
            ],
        )


def _cell(row):
    return tuple(row[name] for name in ("topic", "value", "since", "fellowship_id", "province"))


def _next_ids(connection, last):
    query = sa.text("SELECT id FROM groups WHERE id > :last ORDER BY id LIMIT :some")
    return list(connection.scalars(query, {"last": last, "some": AT_ONCE}))


def _made(connection, between):
    among = "group_id BETWEEN :first AND :last"
    slots, counts = defaultdict(list), defaultdict(list)
    query = sa.text(f"SELECT group_id, since, weekday, start FROM slot WHERE {among}")
    for slot in connection.execute(query.columns(start=sa.Time), between):
        slots[slot.group_id].append((Week(slot.since), slot.weekday, slot.start.hour))
    query = sa.text(
        "SELECT group_id, week, people FROM head_count JOIN groups ON groups.id = group_id"
        f" WHERE {among} AND shares_head_counts"
    )
    for count in connection.execute(query, between):
        counts[count.group_id].append((Week(count.week), count.people))
    people = sa.text(
        "SELECT group_id, count(seat) AS taken, count(wait_number) AS waiting,"
        " max(CASE WHEN seat IS NOT NULL THEN joined_on END) AS joined_on"
        f" FROM participant WHERE {among} GROUP BY group_id"
    ).columns(joined_on=sa.Date)
    seats = {row.group_id: row for row in connection.execute(people, between)}
    groups = sa.text(
        "SELECT id, fellowship_id, province, town, status, status_since, created_at, zone, listed,"
        " seating, capacity, confirmed_on FROM groups WHERE id BETWEEN :first AND :last"
    ).columns(
        status_since=sa.Date, created_at=sa.DateTime, listed=sa.Boolean, confirmed_on=sa.Date
    )
    rows, stages, occupied = [], [], []
    for group in connection.execute(groups, between):
        zone = ZoneInfo(group.zone)
        status = Status(group.status)
        created = group.created_at.replace(tzinfo=group.created_at.tzinfo or UTC)
        history = first_stages(created.astimezone(zone).date(), status, group.status_since)
        own = seats.get(group.id)
        taken, waiting = (own.taken, own.waiting) if own else (0, 0)
        is_full = bool(waiting) or taken >= group.capacity
        standing = Standing(
            status=status,
            listed=group.listed,
            town=group.town,
            confirmed_on=group.confirmed_on,
            taken=taken,
            waiting=waiting,
            is_free=not is_full,
            stages=history,
            hours=hours(slots[group.id], Week.at(clock.now(), zone)),
        )
        for key, amount in (contributions(standing) | heads(counts[group.id])).items():
            rows.append(
                {
                    "group_id": group.id,
                    "topic": key.topic.value,
                    "value": key.value,
                    "since": key.since.number,
                    "fellowship_id": group.fellowship_id,
                    "province": group.province,
                    "number": amount.number,
                    "exact": amount.people.exact,
                    "few": amount.people.few,
                }
            )
        stages += [
            {"group_id": group.id, "since": one.since, "status": one.status.value}
            for one in history
        ]
        is_active = status is Status.ACTIVE
        is_empty = not taken and not waiting and group.seating != "walk_in"
        joined_on = own.joined_on if own else None
        occupied.append(
            {
                "group_id": group.id,
                "full_since": (joined_on or group.status_since) if is_active and is_full else None,
                "empty_since": (
                    group.status_since if is_active and is_empty and not is_full else None
                ),
            }
        )
    return rows, stages, occupied
