"""What Flask-Security is told: features, addresses, strengths, and its sentences in our words."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from app.formats.wording import N_

PUBLIC = frozenset(
    f"security.{name}"
    for name in (
        "login",
        "us_signin",
        "us_signin_send_code",
        "forgot_password",
        "reset_password",
        "two_factor_setup",
        "two_factor_token_validation",
        "mf_recovery",
    )
)
"""Flask-Security's views for who has not logged in, or only half."""

CLOSED = frozenset(
    f"security.{name}"
    for name in (
        "static",
        "tf_select",
        "two_factor_rescue",
        "us_setup",
        "us_setup_validate",
        "us_verify",
        "us_verify_link",
        "us_verify_send_code",
    )
)
"""Views that come along and that we do not use: they answer 404."""

COMMON_SCORE = 2
"""zxcvbn's score below which a password is common or soon guessed."""
FRESH = timedelta(minutes=30)


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
        "SECURITY_PASSWORD_COMPLEXITY_CHECKER": "zxcvbn",
        "SECURITY_ZXCVBN_MINIMUM_SCORE": COMMON_SCORE,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_RECOVERABLE": True,
        "SECURITY_RESET_PASSWORD_WITHIN": timedelta(hours=2),
        "SECURITY_CHANGEABLE": True,
        "SECURITY_UNIFIED_SIGNIN": True,
        "SECURITY_US_ENABLED_METHODS": ["email"],
        "SECURITY_US_MFA_REQUIRED": ["password", "email"],
        "SECURITY_US_SIGNIN_URL": "/login/code",
        "SECURITY_US_SIGNIN_SEND_CODE_URL": "/login/code/send",
        "SECURITY_US_TOKEN_VALIDITY": 300,
        "SECURITY_TWO_FACTOR": True,
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
        "SECURITY_EMAIL_PLAINTEXT": False,
        "SECURITY_EMAIL_HTML": False,
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_CLI_USERS_NAME": False,
        "SECURITY_CLI_ROLES_NAME": False,
        "SECURITY_I18N_DOMAIN": "messages",
        "SECURITY_I18N_DIRNAME": [translations],
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False, "test_environment": True},
        "SECURITY_US_EMAIL_SUBJECT": "",
    }


def _totp_secrets(sealing_keys: list[str]) -> dict[str, str]:
    """Return the secrets that seal second factors: the one with the highest number seals."""
    return {
        str(number): urlsafe_b64encode(
            hashlib.sha256(b"second factor:" + key.encode()).digest()
        ).decode()
        for number, key in enumerate(reversed(sealing_keys), start=1)
    }


_DID_NOT_MATCH = N_(
    "Dit klopt niet. Kijk je mailadres en wachtwoord na, of vraag een code per mail."
)
_WRONG_CODE = N_("Deze code klopt niet, of is al gebruikt. Probeer de volgende.")
_AGAIN = N_("Log opnieuw in om verder te gaan.")

MESSAGES = {
    f"SECURITY_MSG_{key}": message
    for key, message in {
        "API_ERROR": (N_("Deze link of invoer klopt niet."), "error"),
        "GENERIC_AUTHN_FAILED": (_DID_NOT_MATCH, "error"),
        "GENERIC_RECOVERY": (
            N_("Als er een account is met dit adres, krijg je nu een mail."),
            "info",
        ),
        "GENERIC_US_SIGNIN": (
            N_("Als er een account is met dit adres, krijg je nu een code per mail."),
            "info",
        ),
        "CODE_HAS_BEEN_SENT": (N_("De code is onderweg."), "info"),
        "UNAUTHENTICATED": (N_("Log eerst in."), "error"),
        "UNAUTHORIZED": (N_("Dit is niet voor jou."), "error"),
        "REAUTHENTICATION_REQUIRED": (N_("Vul je wachtwoord nog eens in."), "info"),
        "REAUTHENTICATION_SUCCESSFUL": (N_("Dank je. Je kunt verder."), "success"),
        "PASSWORD_MISMATCH": (N_("De twee wachtwoorden zijn niet hetzelfde."), "error"),
        "RETYPE_PASSWORD_MISMATCH": (N_("De twee wachtwoorden zijn niet hetzelfde."), "error"),
        "INVALID_REDIRECT": (_AGAIN, "error"),
        "INVALID_RECOVERY_CODE": (N_("Deze herstelcode klopt niet, of is al gebruikt."), "error"),
        "NO_RECOVERY_CODES_SETUP": (N_("Er zijn nog geen herstelcodes."), "info"),
        "PASSWORD_RESET_EXPIRED": (
            N_("Deze link is te oud. Vraag hieronder een nieuwe."),
            "error",
        ),
        "INVALID_RESET_PASSWORD_TOKEN": (
            N_("Deze link werkt niet meer. Vraag hieronder een nieuwe."),
            "error",
        ),
        "EMAIL_NOT_PROVIDED": (N_("Vul je mailadres in."), "error"),
        "INVALID_EMAIL_ADDRESS": (N_("Dit is geen mailadres."), "error"),
        "INVALID_CODE": (_WRONG_CODE, "error"),
        "INVALID_INPUT": (N_("Dit klopt niet."), "error"),
        "PASSWORD_NOT_PROVIDED": (N_("Vul je wachtwoord in."), "error"),
        "PASSWORD_INVALID_LENGTH": (
            N_("Neem minstens %(length)s tekens, en hooguit 128."),
            "error",
        ),
        "PASSWORD_TOO_SIMPLE": (
            N_("Dit wachtwoord is te makkelijk te raden. Neem een paar losse woorden."),
            "error",
        ),
        "INVALID_PASSWORD": (N_("Dit wachtwoord klopt niet."), "error"),
        "INVALID_PASSWORD_CODE": (_WRONG_CODE, "error"),
        "PASSWORD_RESET": (N_("Je hebt een nieuw wachtwoord."), "success"),
        "PASSWORD_RESET_NO_LOGIN": (
            N_("Je hebt een nieuw wachtwoord. Log er nu mee in."),
            "success",
        ),
        "PASSWORD_IS_THE_SAME": (N_("Neem een ander wachtwoord dan je had."), "error"),
        "PASSWORD_CHANGE": (
            N_("Je hebt een nieuw wachtwoord. Je andere apparaten zijn uitgelogd."),
            "success",
        ),
        "LOGIN": (N_("Log eerst in."), "info"),
        "REFRESH": (_AGAIN, "info"),
        "ANONYMOUS_USER_REQUIRED": (N_("Je bent al ingelogd."), "info"),
        "TWO_FACTOR_INVALID_TOKEN": (_WRONG_CODE, "error"),
        "TWO_FACTOR_LOGIN_SUCCESSFUL": (N_("Je bent ingelogd."), "success"),
        "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": (
            N_("Inloggen in twee stappen staat aan."),
            "success",
        ),
        "TWO_FACTOR_PERMISSION_DENIED": (_AGAIN, "error"),
        "TWO_FACTOR_METHOD_NOT_AVAILABLE": (N_("Dit kan niet."), "error"),
        "TWO_FACTOR_DISABLED": (N_("Inloggen in twee stappen staat uit."), "success"),
        "TWO_FACTOR_SETUP_EXPIRED": (N_("Dit duurde te lang. Begin opnieuw."), "error"),
        "US_METHOD_NOT_AVAILABLE": (N_("Dit kan niet."), "error"),
        "US_SPECIFY_IDENTITY": (N_("Vul je mailadres in."), "error"),
        "DISABLED_ACCOUNT": (_DID_NOT_MATCH, "error"),
        "USER_DOES_NOT_EXIST": (_DID_NOT_MATCH, "error"),
    }.items()
}
