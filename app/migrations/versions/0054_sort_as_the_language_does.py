"""Sort groups by name and town as the language does, alike in both databases."""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op
from anyascii import anyascii

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

LETTERS = str.maketrans({
    "ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l",
    "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th",
    "\N{LATIN SMALL LETTER DOTLESS I}": "i", "ŋ": "n", "Ŋ": "n",
})  # fmt: skip
LEAD = re.compile(r"\s*['’`´‘](?:s\s*-?|t|n)\s*(?=\S)", re.IGNORECASE)
AT_ONCE = 1000
SORT_KEY = sa.String(length=80).with_variant(sa.String(length=80, collation="C"), "postgresql")


def plain(letter: str) -> str:
    marked = unicodedata.normalize("NFKD", letter.translate(LETTERS))
    return marked.encode("ascii", "ignore").decode() or anyascii(letter)


def sorting(name: str) -> str:
    written = "".join(map(plain, LEAD.sub("", name, count=1) if LEAD.match(name) else name))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", written.lower()).split())[:80]


def upgrade() -> None:
    columns = [
        sa.Column(name, SORT_KEY, server_default=sa.text("''"), nullable=False)
        for name in ("sorts_as", "town_sorts_as")
    ]
    for column in columns:
        op.add_column("groups", column)
    groups = sa.table(
        "groups", sa.column("id"), sa.column("name"), sa.column("town"),
        sa.column("sorts_as"), sa.column("town_sorts_as"),
    )  # fmt: skip
    connection = op.get_bind()
    written = [
        {"of": id, "by": sorting(name), "town_by": sorting(town)}
        for id, name, town in connection.execute(sa.select(groups.c.id, groups.c.name, groups.c.town))
    ]
    change = (
        sa.update(groups)
        .where(groups.c.id == sa.bindparam("of"))
        .values(sorts_as=sa.bindparam("by"), town_sorts_as=sa.bindparam("town_by"))
    )
    for first in range(0, len(written), AT_ONCE):
        connection.execute(change, written[first : first + AT_ONCE])
    op.create_index("ix_groups_fellowship_id_sorts_as", "groups", ["fellowship_id", "sorts_as"])


def downgrade() -> None:
    op.drop_index("ix_groups_fellowship_id_sorts_as", "groups")
    with op.batch_alter_table("groups") as groups:
        for name in ("town_sorts_as", "sorts_as"):
            groups.drop_column(name)
