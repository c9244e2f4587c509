"""An office takes everything of its fellowship along, as far as it may read it: one file, sealed in part."""

import io

from flask import Blueprint, Response, render_template, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import PasswordField, ValidationError

from app.actions.exchange.archives import take_archive
from app.blueprints.access import my_fellowship
from app.blueprints.web import limits
from app.blueprints.web.form import Form, at_most, required
from app.domain.exchange.archive import LEAST_PASSPHRASE, Reach
from app.formats.upkeep.archive import write_archive
from app.records.fellowships import Fellowship

bp = Blueprint("national_archives", __name__, url_prefix="/national")

RATE = "10/hour"


class ArchiveForm(Form):
    passphrase = PasswordField(lazy_gettext("Wachtzin"), [required(), at_most(200)])
    again = PasswordField(lazy_gettext("Nog een keer"), [required(), at_most(200)])

    def validate_passphrase(self, field: PasswordField) -> None:
        if len(field.data or "") < LEAST_PASSPHRASE:
            raise ValidationError(_("Kies minstens %(least)s tekens.", least=LEAST_PASSPHRASE))

    def validate_again(self, field: PasswordField) -> None:
        if field.data != self.passphrase.data:
            raise ValidationError(_("Dit is niet hetzelfde als hierboven."))


@bp.route("/<slug>/archive", methods=["GET", "POST"])
@my_fellowship(fresh=True)
def index(fellowship: Fellowship) -> ResponseReturnValue:
    form = ArchiveForm()
    if form.validate_on_submit():
        limits.count("archive", RATE, str(current_user.id))
        return _file(fellowship, form.passphrase.data or "")
    page = render_template(
        "national/lists/archive.html", fellowship=fellowship, form=form, least=LEAST_PASSPHRASE
    )
    return page, 422 if request.method == "POST" else 200


def _file(fellowship: Fellowship, passphrase: str) -> Response:
    archive = take_archive(fellowship, Reach.OFFICE, by=current_user)
    return send_file(
        io.BytesIO(write_archive(archive, passphrase)),
        mimetype="application/zip",
        as_attachment=True,
        download_name=f"{archive.fellowship}.zip",
    )
