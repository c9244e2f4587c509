"""Fellowships, and the titles of their themes."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    String,
    UniqueConstraint,
    false,
    select,
    text,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, db
from app.domain.confirmation import CONFIRM_AFTER_CHOICES, CONFIRM_AFTER_WEEKS
from app.domain.geography.alphabet import sorting
from app.domain.kinds.own import OwnKind
from app.domain.listing import Audience, FellowshipCard, Subject
from app.domain.newcomers import MOST_CHARACTERS
from app.domain.themes import STEPS, Theme
from app.domain.zones import HOME
from app.records.asked.columns import read_columns
from app.records.columns import Instant, Name, quoted


class Fellowship(Base):
    """A national body with its groups."""

    __tablename__ = "fellowship"
    __table_args__ = (
        CheckConstraint(
            f"confirm_after IN ({', '.join(map(str, CONFIRM_AFTER_CHOICES))})",
            name="confirm_after",
        ),
        CheckConstraint(f"audience IN ({quoted(Audience)})", name="audience"),
        CheckConstraint(f"subject IN ({quoted(Subject)})", name="subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(Name(120))
    full_name: Mapped[str] = mapped_column(Name(120), default="", server_default=text("''"))
    """What its short name stands for."""
    closed_words: Mapped[str] = mapped_column(String(120), default="", server_default=text("''"))
    """For whom its closed meetings are; empty: the house's own words."""
    under_sixteen: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether who is younger than sixteen may come; a page says what a parent has to know."""
    identity: Mapped[str] = mapped_column(String(600), default="")
    """What it is and whom it welcomes, in its own words."""
    newcomers: Mapped[str] = mapped_column(
        String(MOST_CHARACTERS), default="", server_default=text("''")
    )
    """What happens at a meeting, as questions and answers; empty: the house's own words."""
    texts: Mapped[dict[str, dict[str, str]]] = mapped_column(
        JSON, default=dict, server_default=text("'{}'")
    )
    """By language, other than its own, what it says in that one: see OWN_TEXTS."""
    kept_kinds: Mapped[list[dict[str, Any]]] = mapped_column(
        "own_kinds", JSON, default=list, server_default=text("'[]'")
    )
    """Code and names of each kind of meeting that it names itself: see OwnKind."""
    professionals: Mapped[str] = mapped_column(
        String(MOST_CHARACTERS), default="", server_default=text("''")
    )
    """What it wants care professionals to know."""
    website: Mapped[str] = mapped_column(String(300), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(254), default="", server_default=text("''"))
    """Of its office; everyone may see it."""
    colour: Mapped[str] = mapped_column(String(7), default="")
    """#rrggbb, for a band and a dot, never for text."""
    language: Mapped[str] = mapped_column(String(8), default="nl")
    zone: Mapped[str] = mapped_column(String(64), default=HOME.key)
    subject: Mapped[str] = mapped_column(String(24), default=Subject.OTHER)
    audience: Mapped[str] = mapped_column(String(24), default=Audience.EVERYONE)
    coordinator_word: Mapped[str] = mapped_column(String(40), default="")
    sponsor_word: Mapped[str] = mapped_column(String(40), default="")
    controller: Mapped[str] = mapped_column(String(300), default="")
    """Who answers for the personal data (GDPR art. 4(7))."""
    confirm_after: Mapped[int] = mapped_column(
        default=CONFIRM_AFTER_WEEKS, server_default=text(str(CONFIRM_AFTER_WEEKS))
    )
    """Weeks until the coordinators of a group are asked whether its listing is still right."""
    new_groups_need_yes: Mapped[bool] = mapped_column(default=True, server_default=true())
    """Whether an officer decides first when somebody asks to start a group."""
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    """Rises with each edit, so that two officers cannot overwrite each other."""
    closed_on: Mapped[date | None]
    """The day on which it ended with all its groups; it takes no new ones."""
    created_at: Mapped[datetime] = mapped_column(Instant)

    titles: Mapped[list["ThemeTitle"]] = relationship(
        back_populates="fellowship", cascade="all, delete-orphan", order_by="ThemeTitle.step"
    )

    @property
    def own_kinds(self) -> tuple[OwnKind, ...]:
        return tuple(map(OwnKind.of, self.kept_kinds))

    def day_of(self, instant: datetime) -> date:
        """Return the date of an aware instant by the wall clock of its office."""
        return instant.astimezone(ZoneInfo(self.zone)).date()

    def card(self) -> FellowshipCard:
        return card_in(self)


class Body(NamedTuple):
    """Of a fellowship, what a search asks and its card says, under the names that its record has."""

    id: int
    slug: str
    name: str
    confirm_after: int
    language: str = "nl"
    kept_kinds: Sequence[Mapping[str, Any]] = ()
    """The kinds of meeting that it names itself, as OwnKind keeps them."""
    full_name: str = ""
    closed_words: str = ""
    under_sixteen: bool = False
    identity: str = ""
    website: str = ""
    colour: str = ""
    coordinator_word: str = ""
    sponsor_word: str = ""
    newcomers: str = ""
    texts: Mapping[str, Mapping[str, str]] = MappingProxyType({})

    def card(self) -> FellowshipCard:
        return card_in(self)


_BODIES = select(*(getattr(Fellowship, name) for name in Body._fields)).order_by(Fellowship.name)


def all_bodies() -> tuple[Body, ...]:
    """Return every fellowship, also one that is closed, by name. One query."""
    return tuple(map(Body._make, read_columns(_BODIES)))


def card_in(row: Any) -> FellowshipCard:
    """Return what is published of a fellowship: a record, or columns of these names."""
    return FellowshipCard(
        slug=row.slug,
        name=row.name,
        full_name=row.full_name,
        closed_words=row.closed_words,
        under_sixteen=row.under_sixteen,
        identity=row.identity,
        website=row.website,
        colour=row.colour,
        coordinator_word=row.coordinator_word,
        sponsor_word=row.sponsor_word,
        language=row.language,
        newcomers=row.newcomers,
        texts=row.texts,
        own_kinds=tuple(map(OwnKind.of, row.kept_kinds)),
    )


class ThemeTitle(Base):
    """The fellowship's own title, reading and question for one of the twelve steps."""

    __tablename__ = "theme_title"
    __table_args__ = (
        UniqueConstraint("fellowship_id", "step"),
        CheckConstraint(f"step IN ({', '.join(map(str, range(1, STEPS + 1)))})", name="step"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fellowship_id: Mapped[int] = mapped_column(ForeignKey("fellowship.id", ondelete="CASCADE"))
    step: Mapped[int]
    title: Mapped[str] = mapped_column(Name(120), default="")
    reading: Mapped[str] = mapped_column(String(200), default="")
    question: Mapped[str] = mapped_column(String(300), default="")

    fellowship: Mapped[Fellowship] = relationship(back_populates="titles")

    def value(self) -> Theme:
        return Theme(step=self.step, title=self.title, reading=self.reading, question=self.question)


def find_fellowship(slug: str) -> Fellowship | None:
    return db.session.scalar(select(Fellowship).where(Fellowship.slug == slug))


def has_closed(fellowship_id: int) -> bool:
    """Tell whether a fellowship is closed, asked of the table itself."""
    query = select(Fellowship.closed_on).where(Fellowship.id == fellowship_id)
    return db.session.scalar(query) is not None


def all_fellowships() -> list[Fellowship]:
    """Return every fellowship that goes on, by name."""
    going_on = select(Fellowship).where(Fellowship.closed_on.is_(None))
    return sorted(db.session.scalars(going_on), key=lambda one: sorting(one.name))
