"""A form with a look beforehand: seen, saved, or refused because somebody saved meanwhile."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request

from app.blueprints.web.form import Form
from app.domain.refusal import ChangedMeanwhile, NotTheirs, Refusal

Seen = TypeVar("Seen")


@dataclass
class Sent(Generic[Seen]):
    """What became of a form that was sent, if it was."""

    form: Form
    preview: Seen | None = None
    """What would be, when that was asked: nothing is saved yet."""
    is_saved: bool = False
    meanwhile: Any = None
    """What stands now, when somebody else saved since the form was opened."""

    @property
    def code(self) -> int:
        """Return the status of the page that shows the form again."""
        return 422 if self.form.is_submitted() and self.preview is None else 200


def look_or_save(
    form: Form,
    *,
    look: Callable[[], Seen],
    save: Callable[[], object],
    versions: Callable[[], Mapping[str, object]] = dict,
) -> Sent[Seen]:
    """Show what a sent form would do (do=preview), or do it; a refusal is put at its field.

    When somebody saved meanwhile, the form goes on from what stands now, by the fields that
    `versions` gives: whoever then saves has seen it.
    """
    sent: Sent[Seen] = Sent(form)
    if not form.validate_on_submit():
        return sent
    try:
        if request.form.get("do") == "preview":
            sent.preview = look()
        else:
            save()
            sent.is_saved = True
    except ChangedMeanwhile as refused:
        form.refuse(refused)
        for name, version in versions().items():
            form[name].data = str(version)
        sent.meanwhile = refused.current
    except NotTheirs:
        raise  # the door, not the form
    except Refusal as refused:
        form.refuse(refused)
    return sent
