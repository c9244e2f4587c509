"""The kinds of meeting that a fellowship names: its own, and what codes of its lists mean."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import Field, StringField
from wtforms.validators import ValidationError

from app.actions.national.kinds import forget_kind, name_kind, rename_kind
from app.blueprints.access import my_fellowship
from app.blueprints.web.form import Form, at_most, optional, required
from app.blueprints.web.languages import current
from app.blueprints.web.refusals import pressed
from app.domain.imported import SHUT
from app.domain.kinds.naming import KNOWN, LONGEST_NAME
from app.domain.kinds.of_meeting import LONGEST_CODE
from app.domain.kinds.own import OwnKind
from app.formats.lists.type_names import name_of
from app.formats.meeting_guide.types import (
    AUDIENCES,
    CLOSED,
    FEATURES,
    LANGUAGES,
    OPEN,
    split_types,
)
from app.formats.text import large_first
from app.formats.wording import LANGUAGES as WORDED
from app.formats.wording import language_name
from app.records.fellowships import Fellowship
from app.records.kept_codes import codes_kept

bp = Blueprint("national_kinds", __name__, url_prefix="/national")

_SAID_ELSEWHERE = {*KNOWN, *LANGUAGES, *AUDIENCES, *FEATURES, OPEN, CLOSED, SHUT}


class KindForm(Form):
    key = StringField(lazy_gettext("Code"), [required(), at_most(LONGEST_CODE)])
    kept: frozenset[str] = frozenset()
    """Codes of its lists: they may be named as they are."""

    def validate_key(self, field: Field) -> None:
        if field.data not in self.kept:
            field.data = field.data.upper()
            if split_types([field.data]) != [field.data]:
                raise ValidationError(_("Deze code betekent al iets in lijsten van anderen."))

    def names(self) -> dict[str, str]:
        return {one: self[f"name_{one}"].data or "" for one in WORDED}

    def by_language(self) -> list[tuple[str, Field]]:
        """Return each field with the name of its language."""
        return [(large_first(language_name(one, current())), self[f"name_{one}"]) for one in WORDED]


for _language in WORDED:
    setattr(
        KindForm,
        f"name_{_language}",
        StringField(lazy_gettext("Naam"), [optional(), at_most(LONGEST_NAME)]),
    )


@bp.get("/<slug>/kinds")
@my_fellowship()
def index(fellowship: Fellowship) -> ResponseReturnValue:
    found = codes_kept(fellowship.id)
    named = {kind.code for kind in fellowship.own_kinds}
    unnamed = sorted(
        (program, code, number)
        for (program, code), number in found.items()
        if code not in named and code not in _SAID_ELSEWHERE
    )
    language = current()
    return render_template(
        "national/kinds/index.html",
        fellowship=fellowship,
        kinds=[
            (
                kind,
                kind.called(language, fellowship.language)[0],
                sum(number for (_, code), number in found.items() if code == kind.code),
            )
            for kind in fellowship.own_kinds
        ],
        unnamed=unnamed,
    )


@bp.route("/<slug>/kinds/new", methods=["GET", "POST"])
@my_fellowship(fresh=True)
def new(fellowship: Fellowship) -> ResponseReturnValue:
    program, code = request.args.get("program", ""), request.args.get("code", "")
    known = {f"name_{one}": name_of(program, code, one) for one in WORDED} if code else {}
    form = KindForm(data={"key": code} | known)
    form.kept = frozenset(one for _, one in codes_kept(fellowship.id))
    if form.does(lambda: name_kind(fellowship, form.key.data or "", form.names(), by=current_user)):
        flash(_("Bewaard. Elke groep kan het nu aanvinken."), "good")
        return redirect(url_for("national_kinds.index", slug=fellowship.slug), 303)
    return _page(fellowship, form, None), form.code


@bp.route("/<slug>/kinds/<path:code>/edit", methods=["GET", "POST"])
@my_fellowship(fresh=True)
def edit(fellowship: Fellowship, code: str) -> ResponseReturnValue:
    kind = _named(fellowship, code)
    form = KindForm(data={f"name_{one}": name for one, name in kind.names.items()})
    form.kept = frozenset({kind.code})
    form.key.data = kind.code
    if form.does(lambda: rename_kind(fellowship, kind.code, form.names(), by=current_user)):
        flash(_("Bewaard. Zo heet het nu overal."), "good")
        return redirect(url_for("national_kinds.index", slug=fellowship.slug), 303)
    return _page(fellowship, form, kind), form.code


@bp.post("/<slug>/kinds/<path:code>/forget")
@my_fellowship(fresh=True)
def forget(fellowship: Fellowship, code: str) -> ResponseReturnValue:
    kind = _named(fellowship, code)
    return pressed(
        lambda: forget_kind(fellowship, kind.code, by=current_user),
        _("De naam is weg. Groepen houden de code, en geen bladzijde noemt hem."),
        then=url_for("national_kinds.index", slug=fellowship.slug),
    )


def _named(fellowship: Fellowship, code: str) -> OwnKind:
    return next((one for one in fellowship.own_kinds if one.code == code), None) or abort(404)


def _page(fellowship: Fellowship, form: KindForm, kind: OwnKind | None) -> str:
    return render_template("national/kinds/edit.html", fellowship=fellowship, form=form, kind=kind)
