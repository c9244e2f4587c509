"""Requests of people who want to start a group: what they wish, and what was answered."""

from collections.abc import Collection
from datetime import datetime, time
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Time, and_, func, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, db
from app.domain import retention
from app.domain.founding import OPEN, RequestStatus, Wish
from app.domain.listing import Audience, Subject
from app.domain.meeting import Status
from app.domain.roles import Role
from app.domain.search import Search, Whom
from app.records.accounts import Account, RoleRecord, normal_address
from app.records.columns import Instant, Name, Sealed, SealedName, quoted
from app.records.fellowships import Fellowship
from app.records.finder import Hit, find_nearest, find_preparing
from app.records.groups import Group
from app.records.invitations import lapsed_invitation
from app.records.slots import WEEKDAYS

NEAREST = 3
_PERSONAL = "name IS {0} AND contact IS {0} AND key_hash IS {0} AND consent_at IS {0}"


class FoundingRequest(Base):
    """What is personal in it is sealed, and goes all at once; what remains is a town and a status."""

    __tablename__ = "founding_request"
    __table_args__ = (
        CheckConstraint(f"status IN ({quoted(RequestStatus)})", name="status"),
        CheckConstraint(f"weekday IN {WEEKDAYS}", name="weekday"),
        CheckConstraint(
            f"({_PERSONAL.format('NOT NULL')}) OR ({_PERSONAL.format('NULL')}"
            " AND key IS NULL AND words IS NULL AND talk IS NULL AND ask_key IS NULL"
            " AND weekday IS NULL AND start IS NULL)",
            name="personal_or_not",
        ),
        CheckConstraint(
            "status NOT IN ('asked', 'asked_back') OR name IS NOT NULL", name="open_has_asker"
        ),
        CheckConstraint("status <> 'withdrawn' OR name IS NULL", name="withdrawn_is_erased"),
        CheckConstraint("status = 'asked' OR confirmed_at IS NOT NULL", name="confirmed_first"),
        CheckConstraint("group_id IS NULL OR status = 'founded'", name="founded"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fellowship_id: Mapped[int] = mapped_column(
        ForeignKey("fellowship.id", ondelete="CASCADE"), index=True
    )
    status: Mapped[str] = mapped_column(String(12), default=RequestStatus.ASKED)
    status_since: Mapped[datetime] = mapped_column(Instant)
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    """When its mail address was confirmed; before that no officer knows of it."""
    town: Mapped[str] = mapped_column(Name(80))
    province: Mapped[str] = mapped_column(String(80), default="")
    """Of a town that we know; else empty."""
    weekday: Mapped[int | None]
    start: Mapped[time | None] = mapped_column(Time)
    name: Mapped[str | None] = mapped_column(SealedName)
    contact: Mapped[str | None] = mapped_column(Sealed)
    words: Mapped[str | None] = mapped_column(Sealed)
    talk: Mapped[list[dict[str, Any]] | None] = mapped_column(Sealed)
    """What was written to and fro: of `by` (a domain Speaker), `on` (ISO date) and `text`."""
    language: Mapped[str] = mapped_column(String(8), default="nl")
    key_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    """SHA-256 of the key in the address of the asker's own page: by it they are found."""
    key: Mapped[str | None] = mapped_column(Sealed)
    """The same key sealed, for the letters that lead there."""
    ask_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    """SHA-256 of what is random per form: a double click is one request."""
    consent_at: Mapped[datetime | None] = mapped_column(Instant)
    consent_text: Mapped[str | None] = mapped_column(String(16))
    """Version of the text that was agreed to."""
    group_id: Mapped[int | None] = mapped_column(
        ForeignKey("groups.id", ondelete="SET NULL"), index=True
    )
    """The group that came of it."""
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    """The officer who did the last thing to it; None after the asker."""
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"))

    fellowship: Mapped[Fellowship] = relationship()
    group: Mapped[Group | None] = relationship()
    changer: Mapped[Account | None] = relationship()

    def wish(self) -> Wish:
        return Wish(self.town, self.province, self.weekday, self.start)

    def ends(self) -> datetime:
        """Return when it is forgotten, as an aware instant."""
        return retention.request_ends(
            RequestStatus(self.status),
            confirmed=self.confirmed_at is not None,
            since=self.status_since,
            prepares=self.group is not None and self.group.status == Status.PREPARING,
        )


def find_request(key_hash: str, now: datetime, *, lock: bool = False) -> FoundingRequest | None:
    """Return the request whose asker's page has a key with this hash, until it is over. One query."""
    query = select(FoundingRequest).where(FoundingRequest.key_hash == key_hash)
    if lock:
        query = query.with_for_update(of=FoundingRequest)
    found = db.session.scalar(query, execution_options={"populate_existing": lock})
    return found if found is not None and now < found.ends() else None


def request_to(
    fellowship_id: int, request_id: int, *, lock: bool = False
) -> FoundingRequest | None:
    """Return a confirmed request by its number, if it is to this fellowship. One query."""
    query = select(FoundingRequest).where(
        FoundingRequest.id == request_id,
        FoundingRequest.fellowship_id == fellowship_id,
        FoundingRequest.confirmed_at.is_not(None),
    )
    if lock:
        query = query.with_for_update(of=FoundingRequest)
    return db.session.scalar(query, execution_options={"populate_existing": lock})


def requests_to(fellowship_id: int) -> list[FoundingRequest]:
    """Return the confirmed requests to a fellowship, those that are open first, then the latest.

    One query.
    """
    row = FoundingRequest
    query = (
        select(row)
        .where(row.fellowship_id == fellowship_id, row.confirmed_at.is_not(None))
        .order_by(row.status.not_in(OPEN), row.status_since.desc(), row.id.desc())
    )
    return list(db.session.scalars(query))


def requests_waiting(fellowship_ids: Collection[int]) -> dict[int, int]:
    """Return how many confirmed requests wait for an officer, by fellowship.

    A fellowship with none is not in it. One query.
    """
    row = FoundingRequest
    query = (
        select(row.fellowship_id, func.count())
        .where(
            row.fellowship_id.in_(fellowship_ids),
            row.confirmed_at.is_not(None),
            row.status == RequestStatus.ASKED,
        )
        .group_by(row.fellowship_id)
    )
    return dict(db.session.execute(query).all())


def hold_open_requests(fellowship_id: int) -> list[FoundingRequest]:
    """Lock the confirmed requests that wait for an answer, but for those somebody answers now."""
    query = select(FoundingRequest).where(
        FoundingRequest.fellowship_id == fellowship_id,
        FoundingRequest.confirmed_at.is_not(None),
        FoundingRequest.status.in_(OPEN),
    )
    held = query.with_for_update(of=FoundingRequest, skip_locked=True)
    return list(db.session.scalars(held, execution_options={"populate_existing": True}))


def open_by_town(fellowship_id: int | None = None) -> dict[tuple[str, str], int]:
    """Return how many open requests there are by town and province, to a fellowship or to all.

    What was typed of a town that we do not know could be anything, and is left out. One query.
    """
    row = FoundingRequest
    query = (
        select(row.town, row.province, func.count())
        .where(row.confirmed_at.is_not(None), row.status.in_(OPEN), row.province != "")
        .group_by(row.town, row.province)
    )
    if fellowship_id is not None:
        query = query.where(row.fellowship_id == fellowship_id)
    return {(town, province): number for town, province, number in db.session.execute(query)}


def requests_for(group_id: int) -> list[FoundingRequest]:
    """Return the requests that a group came of. One query."""
    query = select(FoundingRequest).where(FoundingRequest.group_id == group_id)
    return list(db.session.scalars(query))


def founded_at_once(fellowship_id: int, *, since: datetime) -> int:
    """Return how many groups a fellowship founded without an officer's yes since an aware instant."""
    row = FoundingRequest
    query = select(func.count(row.id)).where(
        row.fellowship_id == fellowship_id,
        row.status == RequestStatus.FOUNDED,
        row.changed_by.is_(None),
        row.status_since > since,
    )
    return db.session.scalar(query) or 0


def prepares_in(fellowship_id: int, town: str) -> bool:
    """Tell whether a fellowship has a group in preparation in a town."""
    query = select(Group.id).where(
        Group.fellowship_id == fellowship_id,
        Group.town == town,
        Group.status == Status.PREPARING,
    )
    return db.session.scalar(query.limit(1)) is not None


def may_be_invited_again(request: FoundingRequest, now: datetime) -> bool:
    """Tell whether who asked was invited to coordinate, and the invitation ran out. One query."""
    group = request.group
    if group is None or not request.contact or group.status == Status.CLOSED:
        return False
    address = normal_address(request.contact)
    return lapsed_invitation(now, group_id=group.id, address=address) is not None


def requests_that_may_be_over(now: datetime) -> list[FoundingRequest]:
    """Return the requests that were left alone for so long that they may be forgotten. One query."""
    row = FoundingRequest
    query = select(row).where(
        or_(
            and_(
                row.confirmed_at.is_(None),
                row.status_since <= now - retention.REQUEST_UNCONFIRMED,
            ),
            row.status_since <= now - retention.REQUEST_ANSWERED,
        )
    )
    return list(db.session.scalars(query.order_by(row.id)))


def fellowships_to_ask() -> list[Fellowship]:
    """Return the fellowships that go on and have an officer to answer, by name. One query."""
    officers = select(RoleRecord.fellowship_id).join(Account, RoleRecord.account_id == Account.id)
    answering = officers.where(RoleRecord.kind == Role.OFFICER, Account.active)
    query = select(Fellowship).where(Fellowship.id.in_(answering), Fellowship.closed_on.is_(None))
    return list(db.session.scalars(query.order_by(Fellowship.name)))


def nearest_to(request: FoundingRequest, now: datetime, *, free: bool = False) -> list[Hit]:
    """Return the nearest groups of the kind that is asked for, those in preparation at the end.

    `free` leaves out the full ones. At most eight queries.
    """
    if not request.wish().is_known:
        return []
    kind = Search(
        near=request.town,
        whom=_whom(Audience(request.fellowship.audience)),
        subject=Subject(request.fellowship.subject),
        free=free,
    )
    found = find_nearest(kind, now, limit=NEAREST)
    preparing = [] if free else find_preparing(kind, now, limit=NEAREST)
    return [*found, *(one for one in preparing if one.group.id != request.group_id)]


def _whom(audience: Audience) -> Whom:
    return Whom.SELF if audience is Audience.EVERYONE else Whom(audience)
