"""Flask-Security's way to the accounts."""

import hashlib
import hmac
import json
from base64 import b32encode
from typing import Any

from flask_security import SQLAlchemyUserDatastore
from sqlalchemy import func, select

from app.db import db, is_writing
from app.records.accounts import Account, RoleRecord

MAILED_CODE_DIGITS = 8
"""Eight, not six: a mailed code's secret always exists, so guessing must be hopeless."""


class Datastore(SQLAlchemyUserDatastore):
    """Accounts; the secret behind mailed codes is derived, and stands in no table."""

    def __init__(self, secret_key: str) -> None:
        super().__init__(db, Account, RoleRecord)  # type: ignore[arg-type]  # roles are ours
        self._secret_key = secret_key.encode()

    def find_user(self, case_insensitive: bool = False, **kwargs: Any) -> Account | None:
        """Return an account by one column; in a writing transaction its row is held.

        So a code that works once works once, also when two requests bring it at the same moment.
        """
        ((name, value),) = kwargs.items()
        column = getattr(Account, name)
        same = func.lower(column) == func.lower(value) if case_insensitive else column == value
        query = select(Account).where(same)
        if is_writing():
            query = query.with_for_update(of=Account).execution_options(populate_existing=True)
        return db.session.scalar(query)

    def mf_delete_recovery_code(self, user: Any, idx: int) -> bool:
        """Take a code that was used off the list.

        The list is replaced: SQLAlchemy does not see a JSON value that only changed within, and
        the code would work again.
        """
        codes = list(user.mf_recovery_codes or [])
        if idx >= len(codes):
            return False
        del codes[idx]
        user.mf_recovery_codes = codes
        return True

    def us_get_totp_secrets(self, user: Any) -> dict[str, str]:
        message = b"mailed code:" + user.fs_uniquifier.encode()
        digest = hmac.digest(self._secret_key, message, hashlib.sha256)
        source = {
            "v": 1,
            "type": "totp",
            "alg": "sha1",
            "key": b32encode(digest[:20]).decode(),
            "digits": MAILED_CODE_DIGITS,
        }
        return {"email": json.dumps(source)}
