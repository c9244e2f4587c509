"""Flask-Security's way to the accounts."""

import hashlib
import hmac
import json
from base64 import b32encode
from typing import Any

from flask_security import SQLAlchemyUserDatastore

from app.db import db
from app.records.accounts import Account, RoleRecord

MAILED_CODE_DIGITS = 8
"""Eight, not six: a mailed code's secret always exists, so guessing must be hopeless."""


class Datastore(SQLAlchemyUserDatastore):
    """Accounts; the secret behind mailed codes is derived, and stands in no table."""

    def __init__(self, secret_key: str) -> None:
        super().__init__(db, Account, RoleRecord)  # type: ignore[arg-type]  # roles are ours
        self._secret_key = secret_key.encode()

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
