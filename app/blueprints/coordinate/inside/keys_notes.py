"""Keys, rent, caretaker, alarm code: what a group's coordinators hand over to each other."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import HiddenField, TextAreaField

from app import clock
from app.actions.inside.keys_notes import write_keys_note
from app.blueprints.access import my_circle
from app.blueprints.web.form import Form, at_most, form_version, optional
from app.blueprints.web.preview import Sent, look_or_save
from app.records.accounts import coordinators_of
from app.records.groups import Group
from app.records.inside.keys_notes import LONGEST, keys_note_of

bp = Blueprint("keys_notes", __name__, url_prefix="/coordinate/<slug>/keys")


class KeysForm(Form):
    words = TextAreaField(
        lazy_gettext("Sleutels, huur, beheerder, codes"), [optional(), at_most(LONGEST)]
    )
    version = HiddenField()


@bp.route("", methods=["GET", "POST"])
@my_circle(fresh=True)
def show(group: Group) -> ResponseReturnValue:
    kept = keys_note_of(group.id)
    version = kept.version if kept else 0
    form = KeysForm(data={"words": kept.words if kept else "", "version": version})
    sent: Sent[None] = look_or_save(
        form,
        look=lambda: None,
        save=lambda: write_keys_note(
            group, form.words.data or "", by=current_user, version=form_version(form)
        ),
        versions=lambda: {"version": version},
    )
    if sent.is_saved:
        flash(_("Bewaard. Alleen wie deze groep coördineert, leest dit."), "good")
        return redirect(url_for("keys_notes.show", slug=group.slug), 303)
    page = render_template(
        "coordinate/inside/keys_note.html",
        group=group,
        form=form,
        stands=sent.meanwhile,
        readers=[one.account.name for one in coordinators_of(group.id) if one.reads(clock.now())],
    )
    return page, sent.code
