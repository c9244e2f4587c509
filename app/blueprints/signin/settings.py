"""What Flask-Security is told: features, strengths, keys, and the kinds of its letters."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

from app.domain.signin.lasting import CODE_LASTS, FRESH, RESET_LASTS


def settings_for(config: Mapping[str, Any]) -> dict[str, Any]:
    """Return Flask-Security's settings for an installation."""
    translations = config["TRANSLATIONS"]
    return {
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_PASSWORD_SINGLE_HASH": {"argon2"},
        "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {
            "argon2__time_cost": 3,
            "argon2__memory_cost": 64 * 1024,
            "argon2__parallelism": 2,
        },
        "SECURITY_PASSWORD_LENGTH_MIN": 12,
        # Of what is random already, for a link that works once.
        "SECURITY_HASHING_SCHEMES": ["hex_sha256"],
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_RECOVERABLE": True,
        "SECURITY_RESET_PASSWORD_WITHIN": RESET_LASTS,
        "SECURITY_CHANGEABLE": True,
        "SECURITY_UNIFIED_SIGNIN": True,
        "SECURITY_US_ENABLED_METHODS": ["email"],
        "SECURITY_US_MFA_REQUIRED": ["password", "email"],
        # Looked for so far back and so far ahead: a code works for twice as long at most.
        "SECURITY_US_TOKEN_VALIDITY": int(CODE_LASTS.total_seconds()) // 2,
        "SECURITY_TWO_FACTOR": True,
        "SECURITY_TWO_FACTOR_IMPLEMENTATIONS": {"code": "flask_security.twofactor.CodeTfPlugin"},
        "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
        "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
        "SECURITY_TWO_FACTOR_POST_SETUP_VIEW": "/mf-recovery-codes",
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_N": 10,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS": list(config["TWAALF_SEALING_KEYS"]),
        "SECURITY_TOTP_SECRETS": _totp_secrets(config["TWAALF_SEALING_KEYS"]),
        "SECURITY_TOTP_ISSUER": "Twaalf",
        "SECURITY_FRESHNESS": FRESH,
        "SECURITY_FRESHNESS_GRACE_PERIOD": FRESH,
        "SECURITY_LOGOUT_METHODS": ["POST"],
        "SECURITY_POST_LOGIN_VIEW": "/coordinate/",
        "SECURITY_POST_LOGOUT_VIEW": "/",
        "SECURITY_POST_RESET_VIEW": "/login",
        "SECURITY_POST_CHANGE_VIEW": "/account",
        "SECURITY_EMAIL_TEMPLATE_PASSWORD_RESET": "reset_password",
        "SECURITY_EMAIL_TEMPLATE_PASSWORD_RESET_NOTICE": "password_changed",
        "SECURITY_EMAIL_TEMPLATE_PASSWORD_CHANGE_NOTICE": "password_changed",
        "SECURITY_US_EMAIL_TEMPLATE": "login_code",
        "SECURITY_EMAIL_PLAINTEXT": False,
        "SECURITY_EMAIL_HTML": False,
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_CLI_USERS_NAME": None,
        "SECURITY_CLI_ROLES_NAME": None,
        "SECURITY_I18N_DOMAIN": "messages",
        "SECURITY_I18N_DIRNAME": [translations],
        "SECURITY_US_EMAIL_SUBJECT": "",
    }


def _totp_secrets(sealing_keys: list[str]) -> dict[str, str]:
    """Return the secrets that seal second factors by name, the one that seals first.

    A name comes from its key, so that it stays when other keys come and go.
    """
    derived = [hashlib.sha256(b"second factor:" + key.encode()).digest() for key in sealing_keys]
    return {
        hashlib.sha256(secret).hexdigest()[:8]: urlsafe_b64encode(secret).decode()
        for secret in derived
    }
