"""A form for anyone: a robot sends it in vain, and no word of a person is lost."""

from datetime import timedelta
from typing import Any

from flask import Response, after_this_request, current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from itsdangerous import BadSignature, TimestampSigner
from wtforms import HiddenField, StringField

from app import clock
from app.blueprints.web.languages import current
from app.blueprints.web.limits import FORM_RATE, number_within_hour, one_more
from app.blueprints.web.security_log import log_event
from app.config import secret_keys
from app.domain.patience import FILL_TIME, WINDOW, patience
from app.formats.duration import lasts


class PublicForm(FlaskForm):
    """Among the bases of a form, which names as what it is counted and shows `form.trap`.

    It knows since when it is open, and how much was sent with it from this network. When in doubt
    it asks whoever sent it to wait a moment and send it again, with every word kept.
    """

    counted_as = ""
    trap = StringField(lazy_gettext("Laat dit leeg"))
    shown = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._waits = False
        if not self.is_submitted():
            self.shown.data = _now_signed()

    @property
    def code(self) -> int:
        """Return the status of a page that shows this form: 429 while its sender is to wait."""
        return 429 if self._waits else 422 if self.is_submitted() else 200

    def validate(self, extra_validators: Any = None) -> bool:
        return bool(super().validate(extra_validators)) and self._is_taken()

    def _is_taken(self) -> bool:
        """Count one more, unless its sender is to try again."""
        has_limits, open_for = current_app.config["TWAALF_LIMITS"], self._open_for()
        if self.trap.data or (has_limits and open_for < FILL_TIME):
            self.trap.data, self.shown.data = "", _now_signed()
            return self._ask_again(_in_doubt())
        if not has_limits:
            return True
        wait = patience(number_within_hour(self.counted_as))
        if wait is None:
            log_event("too_many", what=self.counted_as)
            return self._ask_again(_much_too_much(), WINDOW)
        if open_for < wait:
            return self._ask_again(_much(wait - open_for), wait - open_for)
        one_more(self.counted_as, FORM_RATE)
        return True

    def _open_for(self) -> timedelta:
        """Return since when the form is open; no time when it does not say so itself."""
        try:
            _form, shown_at = _signer().unsign(self.shown.data or "", return_timestamp=True)
        except BadSignature:
            return timedelta(0)
        return clock.now() - shown_at

    def _ask_again(self, sentence: str, wait: timedelta | None = None) -> bool:
        self.form_errors.append(sentence)
        if wait is not None:
            self._waits = True
            seconds = _seconds(wait)

            @after_this_request
            def _say_when(response: Response) -> Response:
                response.headers["Retry-After"] = str(seconds)
                return response

        return False


def _in_doubt() -> str:
    return _(
        "Alles wat je schreef, staat er nog. Wacht een paar tellen en druk nog een keer op de knop. "
        "Zo weten we dat een mens dit stuurt."
    )


def _much(wait: timedelta) -> str:
    return _(
        "Er komt nu veel van jouw netwerk. Dat kan in een kliniek of op een telefoon zo zijn; aan "
        "jou ligt het niet. Alles wat je schreef, staat er nog. Wacht %(seconds)s seconden en druk "
        "dan nog een keer op de knop.",
        seconds=_seconds(wait),
    )


def _much_too_much() -> str:
    return _(
        "Er kwam het laatste uur heel veel van jouw netwerk. Alles wat je schreef, staat er nog. "
        "Probeer het over %(time)s nog een keer, of bel de contactpersoon.",
        time=lasts("form_again", current()),
    )


def _seconds(wait: timedelta) -> int:
    return int(wait.total_seconds()) + 1


def _now_signed() -> str:
    return _signer().sign(b"form").decode()


def _signer() -> TimestampSigner:
    # The last of them signs (itsdangerous, "Key Rotation").
    return TimestampSigner(secret_keys(current_app.config)[::-1], salt="form shown")
