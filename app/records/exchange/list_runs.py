"""What is done with long lists beside the requests, and how far that is."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, db
from app.domain.exchange.long_lists import Deed, Figure, State, Step, is_silent
from app.records.accounts import Account
from app.records.columns import Instant, quoted
from app.records.exchange.list_drafts import ListDraft
from app.records.exchange.list_imports import ListImport
from app.records.exchange.run_figures import figure_noted
from app.records.fellowships import Fellowship


class ListRun(Base):
    """One deed with one long list; kept for a day, so that its page can say how it ended."""

    __tablename__ = "list_run"
    __table_args__ = (
        CheckConstraint(f"deed IN ({quoted(Deed)})", name="deed"),
        CheckConstraint(f"state IN ({quoted(State)})", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fellowship_id: Mapped[int] = mapped_column(
        ForeignKey("fellowship.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    """Whose right it is done by; nothing is done for one who is gone."""
    deed: Mapped[str] = mapped_column(String(16))
    draft_id: Mapped[int | None] = mapped_column(
        ForeignKey("list_draft.id", ondelete="SET NULL"), unique=True
    )
    import_id: Mapped[int | None] = mapped_column(
        ForeignKey("list_import.id", ondelete="SET NULL"), unique=True
    )
    row: Mapped[int | None]
    """The one row that is taken over; None for all of them."""
    state: Mapped[str] = mapped_column(String(16))
    made_at: Mapped[datetime] = mapped_column(Instant)
    claim: Mapped[str] = mapped_column(String(32), default="", server_default=text("''"))
    """Who works on it: random words of one process. Only they may end it."""
    heard_at: Mapped[datetime] = mapped_column(Instant)
    """When whoever works on it was last heard of. While SQLite's one writer is taken by the work
    itself, that and the figures stand in a file beside it (run_figures)."""
    step: Mapped[str] = mapped_column(String(16), default="", server_default=text("''"))
    done: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    of: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    outcome: Mapped[dict[str, int]] = mapped_column(JSON)
    """What was done, in numbers."""
    fault: Mapped[str] = mapped_column(String(16), default="", server_default=text("''"))
    detail: Mapped[dict[str, str]] = mapped_column(JSON)
    """Of a list that cannot be read: the problem, and where."""

    account: Mapped[Account | None] = relationship()
    fellowship: Mapped[Fellowship] = relationship()
    draft: Mapped[ListDraft | None] = relationship()
    list_import: Mapped[ListImport | None] = relationship()

    @property
    def is_in_the_way(self) -> bool:
        """What its draft says is not yet, or no longer, what its rows would do."""
        return self.state != State.FAILED or self.deed == Deed.LOOK

    def figure(self, folder: str) -> Figure:
        """Return how far it is: as the file beside it says, or its own row, whichever is later."""
        kept = Figure(Step(self.step or Step.READING), self.done, self.of, self.heard_at)
        noted = figure_noted(folder, self.id)
        return noted if noted and noted.at > kept.at else kept


def find_run(fellowship_id: int, run_id: int) -> ListRun | None:
    return db.session.scalar(
        select(ListRun).where(ListRun.id == run_id, ListRun.fellowship_id == fellowship_id)
    )


def run_of(run_id: int) -> ListRun:
    return db.session.get_one(ListRun, run_id)


def let_go_of_rows() -> None:
    """End what is read, and keep nothing of a long list in memory."""
    db.session.rollback()
    db.session.expunge_all()


def run_of_draft(draft: ListDraft) -> ListRun | None:
    """Return what is done with a draft now, or why it was not done; None when nothing is."""
    return db.session.scalar(
        select(ListRun).where(ListRun.draft_id == draft.id, ListRun.state != State.DONE)
    )


def runs_under_way(fellowship_id: int) -> list[tuple[ListRun, str]]:
    """Return what is not done yet of a fellowship's lists, each with the name of its list. One query."""
    query = (
        select(ListRun, ListDraft.name, ListImport.name)
        .outerjoin(ListDraft, ListDraft.id == ListRun.draft_id)
        .outerjoin(ListImport, ListImport.id == ListRun.import_id)
        .where(ListRun.fellowship_id == fellowship_id, ListRun.state != State.DONE)
        .order_by(ListRun.id)
    )
    return [(run, draft or imported or "") for run, draft, imported in db.session.execute(query)]


def anything_waits() -> bool:
    """Tell whether a list waits for its turn. One query."""
    query = select(ListRun.id).where(ListRun.state == State.WAITING)
    return db.session.scalar(query.limit(1)) is not None


def is_stuck(run: ListRun, folder: str, now: datetime) -> bool:
    """Tell whether nobody is busy with a list, or with one before it. A query if it waits."""
    if run.state == State.WORKING:
        return is_silent(run.figure(folder).at, now)
    if run.state != State.WAITING or not is_silent(run.heard_at, now):
        return False
    busy = db.session.scalars(select(ListRun).where(ListRun.state == State.WORKING))
    return all(is_silent(one.figure(folder).at, now) for one in busy)
