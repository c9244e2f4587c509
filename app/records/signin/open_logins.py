"""Whose request it is: every one of somebody who logged in asks it."""

from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload

from app.db import db
from app.records.accounts import Account, Login


def find_login(key_hash: str) -> Login | None:
    """Return an open log-in with its account and roles. One query."""
    return db.session.scalars(_open_logins(), {"key": key_hash}).unique().one_or_none()


@cache
def _open_logins() -> Select[Login]:
    query = select(Login).where(Login.key_hash == bindparam("key"), Login.ended_at.is_(None))
    return query.options(joinedload(Login.account).joinedload(Account.roles_held))
