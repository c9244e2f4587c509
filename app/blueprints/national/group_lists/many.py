"""Many groups at once: first what will happen to whom, then it happens."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from flask_login import current_user
from wtforms import SelectField, StringField, TextAreaField

from app import clock
from app.actions.national.many_groups import (
    confirm_after_call,
    list_groups,
    write_to_groups,
)
from app.actions.national.mending import say_of_group
from app.blueprints.access import my_region
from app.blueprints.national.group_lists.asked import query_of, read_wanted
from app.blueprints.national.group_lists.inviting import invite_page
from app.blueprints.web import limits
from app.blueprints.web.form import Form, at_most, optional, required
from app.blueprints.web.languages import current
from app.blueprints.web.refusals import say
from app.blueprints.web.request_checks import takes_lists, whole_number
from app.domain.listing import Audience
from app.domain.work import MOST_AT_ONCE, ListHasChanged, NothingPicked, TooManyAtOnce
from app.formats.wording import language_name, word
from app.records.fellowships import Fellowship
from app.records.group_lists.lines import (
    GroupLine,
    groups_with,
    ids_of,
    languages_of,
    lines_of,
)
from app.records.group_lists.sight import Sight

bp = Blueprint("many_groups", __name__, url_prefix="/national")

RATE = "60/hour"
NAMED = 200
"""Groups that the page names; the rest it counts."""


class WriteForm(Form):
    words = TextAreaField(lazy_gettext("Wat wil je zeggen?"), [required(), at_most(1200)])


class UnlistForm(Form):
    reason = StringField(
        lazy_gettext("Waarom?"), [required(lazy_gettext("Zeg in één zin waarom.")), at_most(300)]
    )


class PlainForm(Form):
    """Asks nothing but whether it is meant."""


class SayForm(Form):
    language = SelectField(lazy_gettext("Taal"), [optional()])
    audience = SelectField(lazy_gettext("Voor wie"), [optional()])

    def offer(self, languages: list[str]) -> None:
        as_it_is = ("", _("blijft zoals het is"))
        known = sorted({"nl", "en", "de", "fr", "pl", "tr", "ar", "es", *languages})
        self.language.choices = [as_it_is, *((one, language_name(one, current())) for one in known)]
        self.audience.choices = [as_it_is, *((str(one), word(one, current())) for one in Audience)]

    def validate(self, extra_validators: Any = None) -> bool:
        is_right = bool(super().validate(extra_validators))
        if is_right and not (self.language.data or self.audience.data):
            self.form_errors.append(_("Kies een taal, of voor wie de groep is."))
            return False
        return is_right


@dataclass(frozen=True)
class Deed:
    """What can be done to many groups: its form, the action, and what it says it did."""

    form: type[Form]
    do: Callable[[Sight, list[int], Any], int]
    done: Callable[[int], str]


def _write(sight: Sight, ids: list[int], form: Any) -> int:
    words = form.words.data
    return write_to_groups(sight.fellowship, ids, words=words, today=clock.today(), by=current_user)


def _say(sight: Sight, ids: list[int], form: Any) -> int:
    audience = Audience(form.audience.data) if form.audience.data else None
    language = form.language.data or None
    return sum(
        say_of_group(group, language=language, audience=audience, by=current_user)
        for group in groups_with(sight, ids, clock.today())
    )


DEEDS = {
    "write": Deed(
        WriteForm,
        _write,
        lambda n: ngettext("%(num)s mail is onderweg.", "%(num)s mails zijn onderweg.", n),
    ),
    "list": Deed(
        PlainForm,
        lambda sight, ids, _form: list_groups(
            sight.fellowship, ids, listed=True, reason="", by=current_user
        ),
        lambda n: ngettext(
            "%(num)s groep staat nu in de lijst.", "%(num)s groepen staan nu in de lijst.", n
        ),
    ),
    "unlist": Deed(
        UnlistForm,
        lambda sight, ids, form: list_groups(
            sight.fellowship, ids, listed=False, reason=form.reason.data, by=current_user
        ),
        lambda n: ngettext(
            "%(num)s groep is uit de lijst.", "%(num)s groepen zijn uit de lijst.", n
        ),
    ),
    "confirm": Deed(
        PlainForm,
        lambda sight, ids, _form: confirm_after_call(sight.fellowship, ids, by=current_user),
        lambda n: ngettext(
            "%(num)s vermelding is bevestigd.", "%(num)s vermeldingen zijn bevestigd.", n
        ),
    ),
    "say": Deed(
        SayForm,
        _say,
        lambda n: ngettext("%(num)s groep is veranderd.", "%(num)s groepen zijn veranderd.", n),
    ),
}


@bp.post("/<slug>/groups/many")
@my_region(fresh=True)
@takes_lists
def act(sight: Sight) -> ResponseReturnValue:
    wanted, fellowship = read_wanted(request.args), sight.fellowship
    here = url_for("group_lists.index", slug=fellowship.slug, **query_of(wanted))  # type: ignore[arg-type]  # words all
    is_all = request.form.get("all") == "yes"
    picked = ids_of(sight, wanted, clock.today()) if is_all else _ticked()
    groups = lines_of(sight, picked[: MOST_AT_ONCE + 1], clock.today())
    name = request.form.get("do", "")
    wrong = _wrong(len(groups), is_all=is_all)
    if name == "invite" and (wrong is None or not groups):
        return invite_page(fellowship, groups, is_all=is_all, back=here)
    if name not in DEEDS or (wrong and not isinstance(wrong, ListHasChanged)):
        say(wrong or NothingPicked())
        return redirect(here, 303)
    deed = DEEDS[name]
    is_sure = request.form.get("sure") == "yes"
    form = deed.form() if is_sure else deed.form(formdata=None)
    if isinstance(form, SayForm):
        form.offer(languages_of(sight, clock.today()))
    if wrong:
        form.refuse(wrong)
    elif is_sure:
        limits.count("many", RATE, str(current_user.id))
        numbers: list[int] = []
        if form.does(lambda: numbers.append(_do(deed, sight, groups, form))):
            flash(deed.done(numbers[0]), "good")
            return redirect(here, 303)
    return _page(fellowship, groups, name, form, here, is_all=is_all)


def _do(deed: Deed, sight: Sight, groups: list[GroupLine], form: Form) -> int:
    return deed.do(sight, [one.id for one in groups], form)


def _page(
    fellowship: Fellowship,
    groups: list[GroupLine],
    name: str,
    form: Form,
    back: str,
    *,
    is_all: bool,
) -> ResponseReturnValue:
    page = render_template(
        "national/group_lists/many.html",
        fellowship=fellowship,
        form=form,
        deed=name,
        groups=groups[:NAMED],
        number=len(groups),
        more=max(0, len(groups) - NAMED),
        uncoordinated=sum(not one.coordinators for one in groups),
        is_all=is_all,
        asked=query_of(read_wanted(request.args)),
        back=back,
    )
    return page, form.code


def _wrong(number: int, *, is_all: bool) -> NothingPicked | TooManyAtOnce | ListHasChanged | None:
    """Return why this cannot be done to so many groups, or to another list than was counted."""
    if not number:
        return NothingPicked()
    if number > MOST_AT_ONCE:
        return TooManyAtOnce(MOST_AT_ONCE)
    if is_all and request.form.get("sure") == "yes":
        counted = request.form.get("number", type=whole_number)
        return None if counted == number else ListHasChanged()
    return None


def _ticked() -> list[int]:
    return request.form.getlist("g", type=whole_number)
