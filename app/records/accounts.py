"""Accounts, their roles, their log-ins, and the invitations by which each begins."""

from datetime import date, datetime, timedelta

from flask_security import hash_password, verify_password
from flask_security.core import UserMixin
from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, false, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from app.db import Base, db
from app.domain.inside.stand_in import is_over
from app.domain.roles import DAYS_TO_OBJECT, Reading, Role, may_object, reads
from app.domain.zones import day_at_home
from app.records.columns import Instant, Name
from app.records.fellowships import Fellowship
from app.records.groups import Group
from app.records.regions import Region

ROLE_SUBJECT = (
    "(kind = 'coordinator' AND group_id IS NOT NULL AND fellowship_id IS NULL AND region_id IS NULL)"
    " OR (kind = 'officer' AND group_id IS NULL AND fellowship_id IS NOT NULL AND region_id IS NULL)"
    " OR (kind = 'regional' AND group_id IS NULL AND fellowship_id IS NULL AND region_id IS NOT NULL)"
    " OR (kind = 'overseer' AND group_id IS NULL AND fellowship_id IS NULL AND region_id IS NULL)"
)


class Account(UserMixin, Base):
    """A coordinator, officer or overseer; the columns are those Flask-Security asks for."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(Name(60), default="")
    """The name this person chose, shown to officers too."""
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    language: Mapped[str] = mapped_column(String(8), default="nl")
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    """Changes with the password: every session and mailed link from before is dead."""
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    totp_counters: Mapped[dict[str, int] | None] = mapped_column(JSON)
    """The last time step accepted of each secret: no code works twice (RFC 6238 5.2)."""
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(Instant)
    mail_refused_at: Mapped[datetime | None] = mapped_column(Instant)
    """When mail to it was refused; a letter that arrives takes it away."""
    hears_at_once: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Of each who asks for a seat; else of those of a day in one letter."""
    hears_weekly: Mapped[bool] = mapped_column(default=False, server_default=false())
    """On Sunday of all that is open; else of each question by itself."""

    roles_held: Mapped[list["RoleRecord"]] = relationship(
        back_populates="account", cascade="all, delete-orphan", lazy="selectin"
    )

    def check_tf_required(
        self, tf_setup_methods: list[tuple[str, str]], tf_fresh: bool
    ) -> tuple[bool, list[tuple[str, str]]]:
        """Ask for a second factor of officers and overseers always, of others who set one up."""
        required = self.needs_second_factor or bool(tf_setup_methods)
        return required, tf_setup_methods

    def check_tf_required_setup(self) -> bool:
        return self.needs_second_factor

    def verify_and_update_password(self, password: str) -> bool:
        """Tell whether a password is right, in the same time for who has none; it is not hashed
        again when our strength changes: this may run outside any lock."""
        if self.password is None:
            hash_password(password)
            return False
        return verify_password(password, self.password)

    @property
    def kinds(self) -> frozenset[Role]:
        return frozenset(Role(role.kind) for role in self.roles_held)

    @property
    def needs_second_factor(self) -> bool:
        return any(kind.needs_second_factor for kind in self.kinds)


class RoleRecord(Base):
    """What an account is: of a group, of a fellowship, of a region of one, or over all."""

    __tablename__ = "role"
    __table_args__ = (
        CheckConstraint(ROLE_SUBJECT, name="subject"),
        CheckConstraint("reading IN ('open', 'waits', 'asked', 'refused')", name="reading"),
        CheckConstraint("reading <> 'asked' OR circle_asked_on IS NOT NULL", name="asked_on_a_day"),
        Index("uq_role_account_id_group_id", "account_id", "group_id", unique=True),
        Index("uq_role_account_id_fellowship_id", "account_id", "fellowship_id", unique=True),
        Index("uq_role_account_id_region_id", "account_id", "region_id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))
    group_id: Mapped[int | None] = mapped_column(
        ForeignKey("groups.id", ondelete="CASCADE"), index=True
    )
    fellowship_id: Mapped[int | None] = mapped_column(
        ForeignKey("fellowship.id", ondelete="CASCADE"), index=True
    )
    region_id: Mapped[int | None] = mapped_column(
        ForeignKey("region.id", ondelete="CASCADE"), index=True
    )
    """Of a regional officer, who has no fellowship here: what asks for one opens nothing to them."""
    since: Mapped[date]
    until: Mapped[date | None]
    """The day this service ends; six weeks before, the desk asks who follows."""
    note: Mapped[str] = mapped_column(String(600), default="")
    """For who follows: key, rent, caretaker."""
    stands_in: Mapped[bool] = mapped_column(default=False, server_default=false())
    reading: Mapped[str] = mapped_column(String(8), default=Reading.OPEN, server_default="open")
    """Whether a coordinator reads the circle: who the office brought in waits for a yes."""
    circle_asked_on: Mapped[date | None]

    account: Mapped[Account] = relationship(back_populates="roles_held")
    group: Mapped[Group | None] = relationship()
    fellowship: Mapped[Fellowship | None] = relationship()
    region: Mapped[Region | None] = relationship()

    def reads(self, now: datetime) -> bool:
        """Tell whether this coordinator reads names, contacts and notes of the circle."""
        day = self._day_of(now)
        return not self.is_over(now) and reads(self.reading, self.circle_asked_on, day)

    def is_over(self, now: datetime) -> bool:
        """Tell whether this was a stand-in, whose last day has been: then it is nothing any more."""
        return self.stands_in and is_over(self.until, self._day_of(now))

    def may_be_objected_to(self, now: datetime) -> bool:
        return may_object(self.reading, self.circle_asked_on, self._day_of(now))

    @property
    def reads_from(self) -> date | None:
        """The day from which they read, if nobody says no before."""
        asked_on = self.circle_asked_on
        return asked_on + timedelta(days=DAYS_TO_OBJECT) if asked_on else None

    def _day_of(self, now: datetime) -> date:
        return self.group.day_of(now) if self.group else day_at_home(now)


class Login(Base):
    """One device's log-in, asked at every request: an ended one is dead at the server."""

    __tablename__ = "login"

    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    device: Mapped[str] = mapped_column(String(60), default="")
    """A kind of device such as `Firefox, Android`, never the whole user agent."""
    remembered: Mapped[bool] = mapped_column(default=False)
    passkey_id: Mapped[int | None] = mapped_column(
        ForeignKey("passkey.id", ondelete="SET NULL"), index=True
    )
    """The passkey it was begun with: that stands for password and second step."""
    began_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)

    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)


class FailedLogin(Base):
    """A wrong password or code, by keyed hashes of who and from where; gone within a day."""

    __tablename__ = "failed_login"

    id: Mapped[int] = mapped_column(primary_key=True)
    identity_hash: Mapped[str] = mapped_column(String(64), index=True)
    network_hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Instant, index=True)


def normal_address(email: str) -> str:
    """Return a mail address as accounts keep it."""
    return email.strip().lower()


def find_account(email: str) -> Account | None:
    """Return the account of a normalised mail address."""
    return db.session.scalar(select(Account).where(Account.email == email))


def groups_coordinated_by(account: Account) -> list[Group]:
    """Return the groups that an account coordinates, by name, with their fellowships. One query."""
    query = (
        select(Group)
        .join(RoleRecord, RoleRecord.group_id == Group.id)
        .where(RoleRecord.account_id == account.id)
        .options(joinedload(Group.fellowship))
        .order_by(Group.sorts_as)
    )
    return list(db.session.scalars(query))


def coordinators_of(group_id: int) -> list[RoleRecord]:
    """Return the coordinator roles of a group, the longest serving first. Two queries."""
    return list(
        db.session.scalars(
            select(RoleRecord)
            .where(RoleRecord.group_id == group_id)
            .order_by(RoleRecord.since, RoleRecord.id)
        )
    )


def reads_circle(account: Account, group_id: int, now: datetime) -> bool:
    """Tell whether an account coordinates a group and reads its circle, asked of the table."""
    return any(one.account_id == account.id and one.reads(now) for one in coordinators_of(group_id))


def officers_of(fellowship_id: int) -> list[Account]:
    """Return the officers of a whole fellowship who can log in, the longest serving first."""
    query = (
        select(Account)
        .join(RoleRecord, RoleRecord.account_id == Account.id)
        .where(
            RoleRecord.fellowship_id == fellowship_id,
            RoleRecord.kind == Role.OFFICER,
            Account.active,
        )
        .order_by(RoleRecord.since, RoleRecord.id)
    )
    return list(db.session.scalars(query))


def fellowships_of_officer(account: Account) -> list[Fellowship]:
    """Return the fellowships that an account is an officer of as a whole, by name. One query."""
    query = (
        select(Fellowship)
        .join(RoleRecord, RoleRecord.fellowship_id == Fellowship.id)
        .where(RoleRecord.account_id == account.id, RoleRecord.kind == Role.OFFICER)
    )
    return list(db.session.scalars(query.order_by(Fellowship.name)))


def is_officer(account: Account, fellowship_id: int) -> bool:
    """Tell whether an account is an officer of a whole fellowship, asked of the table itself."""
    query = select(RoleRecord.id).where(
        RoleRecord.account_id == account.id, RoleRecord.fellowship_id == fellowship_id
    )
    return db.session.scalar(query) is not None


def open_logins_of(account: Account) -> list[Login]:
    """Return an account's open log-ins, the latest first."""
    query = (
        select(Login)
        .where(Login.account_id == account.id, Login.ended_at.is_(None))
        .order_by(Login.began_at.desc())
    )
    return list(db.session.scalars(query))


def devices_of(account: Account) -> set[str]:
    """Return the kinds of device that an account logged in on, ended log-ins too. One query."""
    query = select(Login.device).where(Login.account_id == account.id)
    return set(db.session.scalars(query))


def failures_since(identity_hash: str, network_hash: str, since: datetime) -> list[datetime]:
    """Return when this person's log-in failed from this network since an aware instant."""
    query = select(FailedLogin.at).where(
        FailedLogin.identity_hash == identity_hash,
        FailedLogin.network_hash == network_hash,
        FailedLogin.at > since,
    )
    return list(db.session.scalars(query))


def failures_anywhere_since(identity_hash: str, since: datetime) -> list[datetime]:
    """Return when this person's log-in failed from any network since an aware instant."""
    query = select(FailedLogin.at).where(
        FailedLogin.identity_hash == identity_hash, FailedLogin.at > since
    )
    return list(db.session.scalars(query))


def account_by_uniquifier(uniquifier: str) -> Account | None:
    """Return the account that sessions know by this."""
    return db.session.scalar(select(Account).where(Account.fs_uniquifier == uniquifier))
