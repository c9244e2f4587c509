"""Let groups be found: what a search asks of each stands ready, and is filled here."""

from collections import defaultdict

import sqlalchemy as sa
from alembic import op

from app.domain.country import folded, locate, spot_of_town

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

AT_ONCE = 500
WORD = sa.String(40).with_variant(sa.String(40, collation="C"), "postgresql")


def upgrade():
    findable = op.create_table(
        "findable",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("until", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("fellowship_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("minute", sa.Integer(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("province", sa.String(length=80), nullable=False),
        sa.Column("audience", sa.String(length=24), nullable=False),
        sa.Column("subject", sa.String(length=24), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("online", sa.Boolean(), nullable=False),
        sa.Column("building", sa.Boolean(), nullable=False),
        sa.Column("wheelchair", sa.Boolean(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("free", sa.Boolean(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.CheckConstraint("weekday IN (1, 2, 3, 4, 5, 6, 7)", name=op.f("ck_findable_weekday")),
        sa.CheckConstraint("minute BETWEEN 0 AND 1439", name=op.f("ck_findable_minute")),
        sa.CheckConstraint(
            "(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_findable_position")
        ),
        sa.CheckConstraint(
            "typeof(since) = 'integer'", name=op.f("ck_findable_since_is_whole")
        ).ddl_if(dialect="sqlite"),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_findable_group_id_groups"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["fellowship_id"], ["fellowship.id"], name=op.f("fk_findable_fellowship_id_fellowship")
        ),
        sa.PrimaryKeyConstraint("group_id", "since", name=op.f("pk_findable")),
    )
    for columns in (
        ["latitude", "longitude"],
        ["weekday", "minute", "group_id"],
        ["status", "minute", "group_id"],
    ):
        op.create_index(f"ix_findable_{'_'.join(columns)}", "findable", columns)
    for name in ("province", "fellowship_id"):
        op.create_index(f"ix_findable_{name}", "findable", [name])
    findable_word = op.create_table(
        "findable_word",
        sa.Column("word", WORD, nullable=False),
        sa.Column("group_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_findable_word_group_id_groups"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("word", "group_id", name=op.f("pk_findable_word")),
    )
    op.create_index("ix_findable_word_group_id", "findable_word", ["group_id"])
    connection = op.get_bind()
    last = 0
    while ids := _next_ids(connection, last):
        last = ids[-1]
        rows, words = _made(connection, ids)
        if rows:
            connection.execute(findable.insert(), rows)
        if words:
            connection.execute(findable_word.insert(), words)


def downgrade():
    op.drop_table("findable_word")
    op.drop_table("findable")


def _next_ids(connection, last):
    query = sa.text("SELECT id FROM groups WHERE id > :last ORDER BY id LIMIT :some")
    return list(connection.scalars(query, {"last": last, "some": AT_ONCE}))


def _made(connection, ids):
    between = {"first": ids[0], "last": ids[-1]}
    groups = sa.text(
        "SELECT id, name, town, province, fellowship_id, status, audience, subject, language,"
        " features, is_open, capacity, confirmed_on FROM groups"
        " WHERE id BETWEEN :first AND :last AND listed AND status <> 'closed'"
    ).columns(features=sa.JSON, is_open=sa.Boolean, confirmed_on=sa.Date)
    slots = defaultdict(list)
    query = sa.text(
        "SELECT group_id, since, weekday, start, visibility, kind, place.name AS building,"
        " postcode, town, province, latitude, longitude"
        " FROM slot LEFT JOIN place ON place.id = place_id"
        " WHERE group_id BETWEEN :first AND :last ORDER BY group_id, since"
    ).columns(start=sa.Time)
    for slot in connection.execute(query, between):
        slots[slot.group_id].append(slot)
    seats = {
        row.group_id: row
        for row in connection.execute(
            sa.text(
                "SELECT group_id, count(seat) AS taken, count(wait_number) AS waiting"
                " FROM participant WHERE group_id BETWEEN :first AND :last GROUP BY group_id"
            ),
            between,
        )
    }
    rows, words = [], []
    for group in connection.execute(groups, between):
        rows += _rows(group, slots[group.id], seats.get(group.id))
        words += [{"word": word, "group_id": group.id} for word in _words(group, slots[group.id])]
    return rows, words


def _rows(group, slots, seats):
    is_full = seats is not None and (seats.waiting or seats.taken >= group.capacity)
    of_group = {
        "group_id": group.id,
        "since": 0,
        "until": None,
        "status": group.status,
        "fellowship_id": group.fellowship_id,
        "weekday": None,
        "minute": None,
        "province": group.province,
        "audience": group.audience,
        "subject": group.subject,
        "language": group.language,
        "online": False,
        "building": True,
        "wheelchair": "wheelchair" in group.features,
        "is_open": group.is_open,
        "free": group.status != "preparing" and not is_full,
        "confirmed_on": group.confirmed_on,
    }
    if not slots:
        yield of_group | _position(group, None)
    for number, slot in enumerate(slots):
        is_seen = slot.kind is not None and slot.visibility != "nothing"
        building = slot.kind is None or slot.kind in ("building", "both")
        nowhere = {"latitude": None, "longitude": None}
        yield of_group | {
            "since": slot.since if number else 0,
            "until": slots[number + 1].since if number + 1 < len(slots) else None,
            "weekday": slot.weekday,
            "minute": slot.start.hour * 60 + slot.start.minute,
            "province": (is_seen and slot.province) or group.province,
            "online": slot.kind in ("online", "both"),
            "building": building,
            **(_position(group, slot) if building else nowhere),
        }


def _position(group, slot):
    """Return the place itself where it may be seen, else the middle of its town."""
    spot = None
    town = group.town
    if slot is not None and slot.kind is not None and slot.visibility != "nothing":
        town = slot.town or town
        if slot.visibility == "whole":
            if slot.latitude is not None:
                return {"latitude": slot.latitude, "longitude": slot.longitude}
            spot = locate(slot.postcode)
    spot = spot or spot_of_town(town)
    return {
        "latitude": spot.position.latitude if spot else None,
        "longitude": spot.position.longitude if spot else None,
    }


def _words(group, slots):
    texts = [group.name, group.town]
    for slot in slots:
        if slot.kind is not None and slot.visibility != "nothing":
            texts.append(slot.town)
        if slot.kind is not None and slot.visibility == "whole":
            texts.append(slot.building)
    return sorted({word[:40] for text in texts for word in folded(text).split()})
