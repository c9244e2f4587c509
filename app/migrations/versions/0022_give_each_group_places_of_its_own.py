"""Give each group places of its own, with a key for the house: a join link is nobody else's."""

import re
import unicodedata
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

AT_ONCE = 500
OF_THE_HOUSE = (
    "kind", "name", "street", "postcode", "town", "province", "country",
    "latitude", "longitude", "directions", "house",
)  # fmt: skip
JOINING = ("join_url", "join_phone", "join_notes", "join_is_public")


def upgrade() -> None:
    with op.batch_alter_table("place") as batch:
        batch.add_column(sa.Column("room", sa.String(60), nullable=False, server_default=""))
        batch.add_column(sa.Column("house", sa.String(240), nullable=True))
        batch.add_column(sa.Column("earlier", sa.JSON(), nullable=False, server_default="[]"))
        batch.create_index("ix_place_house", ["house"])
    with op.batch_alter_table("place") as batch:
        batch.alter_column("room", server_default=None)
        batch.alter_column("earlier", server_default=None)
    with op.batch_alter_table("closure") as batch:
        batch.add_column(
            sa.Column("only_room", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("closure") as batch:
        batch.alter_column("only_room", server_default=None)
    op.create_table(
        "one_house",
        sa.Column("house", sa.String(240), nullable=False),
        sa.Column("same_as", sa.String(240), nullable=False),
        sa.PrimaryKeyConstraint("house", name=op.f("pk_one_house")),
    )
    op.create_index("ix_one_house_same_as", "one_house", ["same_as"])
    _name_houses()
    _part_places()


def downgrade() -> None:
    op.drop_table("one_house")
    with op.batch_alter_table("closure") as batch:
        batch.drop_column("only_room")
    with op.batch_alter_table("place") as batch:
        batch.drop_index("ix_place_house")
        batch.drop_column("earlier")
        batch.drop_column("house")
        batch.drop_column("room")


def _tables() -> dict[str, sa.Table]:
    tables = sa.MetaData()
    tables.reflect(op.get_bind(), only=["place", "slot", "deviation", "role"])
    return dict(tables.tables)


def _name_houses() -> None:
    connection, place = op.get_bind(), _tables()["place"]
    named = [
        {"place_id": row.id, "key": key}
        for row in connection.execute(sa.select(place)).all()
        if row.kind != "online" and (key := house_of(row))
    ]
    statement = (
        sa.update(place)
        .where(place.c.id == sa.bindparam("place_id"))
        .values(house=sa.bindparam("key"))
    )
    for first in range(0, len(named), AT_ONCE):
        connection.execute(statement, named[first : first + AT_ONCE])


def _part_places() -> None:
    """Give who meets in another group's place a row of its own.

    The join link goes along only where it was public, or where one person coordinates both.
    """
    connection, tables = op.get_bind(), _tables()
    place, slot, deviation, role = (
        tables[name] for name in ("place", "slot", "deviation", "role")
    )
    users = sa.union(
        sa.select(slot.c.group_id, slot.c.place_id).where(slot.c.place_id.is_not(None)),
        sa.select(deviation.c.group_id, deviation.c.place_id).where(
            deviation.c.place_id.is_not(None)
        ),
    ).subquery()
    shared = connection.execute(
        sa.select(users.c.group_id, place)
        .join(place, place.c.id == users.c.place_id)
        .where(place.c.owner_id.is_distinct_from(users.c.group_id))
        .order_by(users.c.group_id, place.c.id)
    ).all()
    coordinators: dict[int, set[int]] = {}
    for group_id, account_id in connection.execute(
        sa.select(role.c.group_id, role.c.account_id).where(role.c.group_id.is_not(None))
    ):
        coordinators.setdefault(group_id, set()).add(account_id)
    unowned: set[int] = set()
    for row in shared:
        if row.owner_id is None and row.id not in unowned:
            unowned.add(row.id)  # the first who meets there takes it as it is
            connection.execute(
                sa.update(place).where(place.c.id == row.id).values(owner_id=row.group_id)
            )
            continue
        copied = {name: getattr(row, name) for name in OF_THE_HOUSE}
        both = coordinators.get(row.group_id, set()) & coordinators.get(row.owner_id, set())
        if row.join_is_public or both:
            copied |= {name: getattr(row, name) for name in JOINING}
        else:
            copied |= {"join_url": "", "join_phone": "", "join_notes": "", "join_is_public": False}
        own = connection.execute(
            sa.insert(place).values(owner_id=row.group_id, room="", earlier=[], **copied)
        ).inserted_primary_key
        assert own is not None
        for table in (slot, deviation):
            connection.execute(
                sa.update(table)
                .where(table.c.group_id == row.group_id, table.c.place_id == row.id)
                .values(place_id=own[0])
            )


# As domain/house.py had it when this was written.
NUMBER_FIRST = {"AU", "CA", "FR", "GB", "IE", "LU", "NZ", "US", "ZA"}
NUMBER = re.compile(r"(\d+)(?:[\s-]*([a-z]{1,3})\b)?")
DUTCH_POSTCODE = re.compile(r"[1-9]\d{3}[a-z]{2}")
SHORT = (
    (r"(straat|strasse|str)(\.|\b)", "str"),
    (r"ln(\.|\b)", "laan"),
    (r"pln?(\.|\b)", "plein"),
    (r"\bst(\.|\b)", "sint"),
    (r"\bburg(\.|\b)", "burgemeester"),
    (r"\bdr(\.|\b)", "dokter"),
    (r"\bprof(\.|\b)", "professor"),
)


def house_of(row: Any) -> str | None:
    street, number = street_and_number(row.street, row.country)
    postcode = plain(row.postcode)
    if number and row.country == "NL" and DUTCH_POSTCODE.fullmatch(postcode):
        return f"{postcode} {number}"
    where = plain(row.town) or postcode
    what = f"{street} {number}" if number else f"{street} {plain(row.name)}"
    if not where or not what.strip():
        return None
    return f"{row.country} {where} {what}"


def plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", without_accents(text))


def without_accents(text: str) -> str:
    marked = unicodedata.normalize("NFKD", text[:200])
    return "".join(one for one in marked if not unicodedata.combining(one)).casefold()


def street_and_number(street: str, country: str) -> tuple[str, str]:
    street = without_accents(street)
    number = number_in(street, country)
    words = street
    if number is not None:
        words = street[number.end() :] if country in NUMBER_FIRST else street[: number.start()]
    for short, long in SHORT:
        words = re.sub(short, long, words)
    return plain(words), number[1] + (number[2] or "") if number else ""


def number_in(street: str, country: str) -> re.Match[str] | None:
    found = list(NUMBER.finditer(street))
    if country in NUMBER_FIRST:
        return found[0] if found and found[0].start() == 0 else None
    apart = [one for one in found if street[one.start() - 1 : one.start()] in (" ", ",")]
    if len(apart) > 1 and len(apart[0][1]) == len("1813"):
        return apart[1]
    return apart[0] if apart else None
