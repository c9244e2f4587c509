"""Flask-Security's forms, where ours ask less or answer otherwise."""

from typing import Any

from flask_babel import lazy_gettext
from flask_security import forms, recovery_codes, unified_signin
from wtforms import HiddenField, RadioField, StringField

from app.blueprints.signin.codes import LONGEST_PASSWORD
from app.blueprints.web.form import required
from app.blueprints.web.next_page import is_own_page

_METHOD = "email"
"""The one way in which we send a code; nobody is asked to choose."""


def _code() -> Any:
    return StringField("", [required(lazy_gettext("Vul de code in."))], filters=[_as_printed])


def _as_printed(code: str | None) -> str | None:
    return code.strip().lower() if code else code


class _Onward:
    """Forgets an address to go on to that is not ours, rather than refuse the log-in for it."""

    def validate_next(self, field: Any) -> None:
        if field.data and not is_own_page(field.data):
            field.data = ""


class LoginForm(_Onward, forms.LoginForm):
    def validate(self, **more: Any) -> bool:
        """For an address that nobody has the library hashes what was typed as it is, however long."""
        self.password.data = (self.password.data or "")[: LONGEST_PASSWORD + 1]
        return bool(super().validate(**more))


class VerifyForm(_Onward, forms.VerifyForm):
    pass


class CodeForm(_Onward, unified_signin.UnifiedSigninForm):
    """Log in with a code sent by mail: first the address, then the code."""

    chosen_method = HiddenField(default=_METHOD)


class VerifyByCodeForm(_Onward, unified_signin.UnifiedVerifyForm):
    chosen_method = HiddenField(default=_METHOD)


class SecondFactorForm(forms.TwoFactorSetupForm):
    """Set up or switch off the second factor: `setup` is `authenticator` or `disable`."""

    setup = HiddenField(default="authenticator")


class SecondStepForm(forms.TwoFactorVerifyCodeForm):
    code = _code()


class RecoveryForm(recovery_codes.MfRecoveryForm):
    """One of the ten codes on paper."""

    code = _code()


class NoRescueForm(forms.Form):
    """Takes the place of a form that we do not show; Flask-Security adds choices to it."""

    help_setup = RadioField(choices=[])


FORMS: dict[str, Any] = {
    "login_form": LoginForm,
    "verify_form": VerifyForm,
    "us_signin_form": CodeForm,
    "us_verify_form": VerifyByCodeForm,
    "two_factor_setup_form": SecondFactorForm,
    "two_factor_verify_code_form": SecondStepForm,
    "two_factor_rescue_form": NoRescueForm,
    "mf_recovery_form": RecoveryForm,
}
