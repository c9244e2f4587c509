"""What we use of Flask-Security and Flask-Login that they do not promise to keep.

All of it stands here, by our names; `LEANED_ON` has theirs, and one test asks for each of them.
The release is pinned in pyproject.toml: who raises it runs that test first.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import current_app, session
from flask_security import Security
from flask_security.proxies import _datastore
from flask_security.tf_plugin import tf_clean_session
from flask_security.totp import Totp
from flask_security.utils import (
    check_and_update_authn_fresh,
    get_message,
    password_length_validator,
    set_request_attr,
)
from passlib.totp import TOTP, AppWallet, TotpMatch

from app import clock

__all__ = ["get_message", "password_length_validator"]

LEANED_ON = {
    "flask_security.proxies": ("_datastore", "_security"),
    "flask_security.tf_plugin": ("tf_clean_session",),
    "flask_security.totp": ("Totp.__init__", "Totp.get_totp_uri", "Totp.verify_totp"),
    "flask_security.utils": (
        "check_and_update_authn_fresh",
        "get_message",
        "password_length_validator",
        "set_request_attr",
    ),
    "flask_security": (
        "views.login",
        "views.two_factor_setup",
        "views.two_factor_token_validation",
        "views.forgot_password",
        "views.reset_password",
        "views.change_password",
        "views.verify",
        "views.logout",
        "unified_signin.us_signin",
        "unified_signin.us_signin_send_code",
        "unified_signin.us_verify",
        "unified_signin.us_verify_send_code",
        "recovery_codes.mf_recovery",
        "recovery_codes.mf_recovery_codes",
        "twofactor.CodeTfPlugin",
        "UserDatastore.find_user",
        "UserDatastore.mf_delete_recovery_code",
        "UserDatastore.us_get_totp_secrets",
        "UserMixin.check_tf_required",
        "UserMixin.check_tf_required_setup",
        "UserMixin.verify_and_update_password",
    ),
}
"""Their names, by module; a dot goes into a class or a module."""
OF_THE_EXTENSION = ("_totp_factory", "password_util", "principal", "render_template")
"""What `app.extensions["security"]` has."""

ACCOUNT, REMEMBER, REMEMBER_SECONDS = "_user_id", "_remember", "_remember_seconds"
"""Flask-Login's keys in the session."""
AUTHENTICATED_AT, BETWEEN_STEPS, STEP = "fs_paa", "tf_user_id", "tf_state"
"""Flask-Security's: when somebody proved who they are, who has taken the first of two steps, and
which step comes next."""
SETTING_UP = "validating_profile"
"""The step in which somebody shows the first code of a new second factor."""


class SealedTotp(Totp):
    """One-time codes under several keys: the first seals, the others open what they sealed."""

    def __init__(self, secrets: dict[str, str], issuer: str) -> None:
        self._totp = TOTP.using(
            issuer=issuer, wallet=AppWallet(secrets, default_tag=next(iter(secrets)))
        )

    def match(self, code: str, sealed: str, **how: Any) -> TotpMatch:
        """Return the time step that a code is of. Raises passlib's TokenError."""
        return self._totp.verify(code, sealed, **how)

    def seal(self, secret: str) -> str:
        """Return a base32 secret as accounts keep it."""
        sealed: str = self._totp(secret, "base32").to_json(encrypt=True)
        return sealed

    def code_now(self, sealed: str) -> str:
        return self.generate_totp_password(sealed)


def totp() -> SealedTotp:
    """Return what makes and reads the codes of second factors."""
    factory: SealedTotp = current_app.extensions["security"]._totp_factory  # noqa: SLF001 - no other way in
    return factory


def validate_password(password: str, about: Sequence[str] = ()) -> tuple[list[str] | None, str]:
    """Return why a new password will not do, or None; and the password as it is hashed.

    `about` are names that belong to who chooses it.
    """
    util = current_app.extensions["security"].password_util
    answer: tuple[list[str] | None, str] = util.validate(password, True, about=about)
    return answer


def mailed_code_secrets(account: Any) -> dict[str, str]:
    """Return the secrets of the codes that we mail to an account."""
    secrets: dict[str, str] = _datastore.us_get_totp_secrets(account)
    return secrets


def forget_permissions(security: Security) -> None:
    """Switch off what asks for permissions: ours are not theirs, and it loads a user per request."""
    security.principal.identity_loaders.clear()


def know_by_session() -> None:
    """Say that the session told who this is: without it their views take nobody for logged in."""
    set_request_attr("fs_authn_via", "session")
    set_request_attr("fs_paa", session.get(AUTHENTICATED_AT, 0))


def proved_at(seconds: float) -> None:
    """Note at which second since 1970 somebody proved who they are."""
    session[AUTHENTICATED_AT] = seconds


def proved_now() -> None:
    """Note that somebody proved just now who they are."""
    proved_at(clock.now().timestamp())


def proved_within(time: timedelta) -> bool:
    """Tell whether somebody proved who they are so long ago at most, or is still at work since."""
    set_request_attr("fs_paa", session.get(AUTHENTICATED_AT, 0))
    return bool(check_and_update_authn_fresh(time, time))


def who_is_asked() -> str:
    """Return the uniquifier of who is asked for a password or code, or an empty text."""
    return str(session.get(BETWEEN_STEPS) or session.get(ACCOUNT) or "")


def is_between_steps() -> bool:
    """Tell whether a second step is under way."""
    return STEP in session


def is_setting_up() -> bool:
    """Tell whether a code now sent sets a second factor up."""
    return bool(session.get(STEP) == SETTING_UP)


def forget_steps() -> None:
    """Forget a second step that is under way."""
    tf_clean_session()  # type: ignore[no-untyped-call]  # it says nothing of its types


def take_wish_to_be_remembered() -> bool:
    """Tell whether this log-in is to be remembered, and keep it from Flask-Login's own cookie."""
    session.pop(REMEMBER_SECONDS, None)
    return bool(session.pop(REMEMBER, None) == "set")
