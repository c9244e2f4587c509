"""The work list of a fellowship's office: what asks for attention, and a letter about it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from flask_login import current_user
from werkzeug.datastructures import MultiDict
from wtforms import TextAreaField

from app import clock
from app.actions.work import put_aside, put_back, write_coordinators
from app.blueprints import limits
from app.blueprints.access import my_fellowship
from app.blueprints.asking import Chip
from app.blueprints.form import Form, at_most, optional
from app.blueprints.paging import beside, page_asked
from app.blueprints.refusals import say
from app.blueprints.work_lines import CONCERNS, in_one_line
from app.domain.refusal import Refusal
from app.domain.work import SNOOZES, Concern
from app.formats.letter import word_letter
from app.records.fellowships import Fellowship
from app.records.work import Work, work_of
from app.records.work_letters import Draft, drafts_of, still_so

bp = Blueprint("national_work", __name__, url_prefix="/national")

PER_PAGE = 50
LETTERS_RATE = "30/hour"
SORTS = {
    "oldest": lambda one: (one.point.since, one.name),
    "town": lambda one: (one.town.casefold(), one.name.casefold(), one.point.since),
    "concern": lambda one: (list(Concern).index(one.point.concern), one.point.since),
    "group": lambda one: (one.name.casefold(), one.point.since),
}


@dataclass(frozen=True)
class Wanted:
    """What an officer asks to see."""

    concern: Concern | None = None
    province: str = ""
    sort: str = "oldest"
    hidden: bool = False

    @classmethod
    def of(cls, given: MultiDict[str, str]) -> "Wanted":
        """Read the filters of an address; what is not understood asks nothing."""
        sort = given.get("sort", "")
        return cls(
            concern={str(one): one for one in Concern}.get(given.get("concern", "")),
            province=given.get("province", ""),
            sort=sort if sort in SORTS else "oldest",
            hidden=given.get("hidden") == "yes",
        )

    def query(self) -> dict[str, str]:
        """Return the filters as an address says them."""
        said = {
            "concern": str(self.concern or ""),
            "province": self.province,
            "sort": self.sort if self.sort != "oldest" else "",
            "hidden": "yes" if self.hidden else "",
        }
        return {name: value for name, value in said.items() if value}

    def picks(self, one: Work) -> bool:
        return self.concern in (None, one.point.concern) and self.province in ("", one.province)


class LetterForm(Form):
    words = TextAreaField(
        lazy_gettext("Iets erbij in je eigen woorden"), [optional(), at_most(600)]
    )


@bp.get("/<slug>/work")
@my_fellowship()
def index(fellowship: Fellowship):
    wanted = Wanted.of(request.args)
    page = page_asked()
    everything = work_of(fellowship.id, _today(fellowship))
    there = [one for one in everything if one.is_hidden == wanted.hidden]
    shown = sorted((one for one in there if wanted.picks(one)), key=SORTS[wanted.sort])
    counts = Counter(one.point.concern for one in there)
    some = shown[(page - 1) * PER_PAGE : page * PER_PAGE]
    return render_template(
        "national/work.html",
        fellowship=fellowship,
        wanted=wanted,
        asked=wanted.query(),
        chosen=_chosen(fellowship, wanted),
        counts=[(one, counts[one]) for one in Concern if counts[one]],
        total=len(there),
        hidden=sum(one.is_hidden for one in everything),
        lines=[(one, in_one_line(one.point)) for one in some],
        provinces=[(name, name) for name in sorted({one.province for one in there} - {""})],
        words_for=CONCERNS,
        snoozes=SNOOZES,
        **beside(page, has_more=len(shown) > page * PER_PAGE, **wanted.query()),
    )


@bp.post("/<slug>/work")
@my_fellowship()
def mark(fellowship: Fellowship):
    """Do to the picked points what the button says: tick off, put aside, put back, or write."""
    picked = frozenset(request.form.getlist("point"))
    asked = Wanted.of(request.args).query()
    deed = request.form.get("do", "")
    if deed == "letter" and picked:
        points = sorted(picked)
        return redirect(url_for("national_work.letter", slug=fellowship.slug, point=points), 303)
    try:
        flash(_mark(fellowship, picked, deed), "good")
    except Refusal as refused:
        say(refused)
    then = url_for("national_work.index", slug=fellowship.slug, **asked)  # type: ignore[arg-type]
    return redirect(then, 303)


@bp.route("/<slug>/work/letter", methods=["GET", "POST"])
@my_fellowship(fresh=True)
def letter(fellowship: Fellowship):
    form = LetterForm()
    picked = frozenset(request.values.getlist("point"))
    is_sent = form.validate_on_submit() and request.form.get("do") == "save"
    if is_sent:
        limits.count("work", LETTERS_RATE, str(current_user.id))
        try:
            number = write_coordinators(
                fellowship, picked, words=form.words.data or "", by=current_user
            )
        except Refusal as refused:
            say(refused)
        else:
            flash(_sent(number), "good")
        return redirect(url_for("national_work.index", slug=fellowship.slug), 303)
    today = _today(fellowship)
    points = still_so(fellowship, picked, today)
    words = "" if form.errors else form.words.data or ""
    drafts = drafts_of(fellowship, points, words=words, today=today)
    page = render_template(
        "national/work_letter.html",
        fellowship=fellowship,
        form=form,
        points=[one.point.key for one in points],
        groups=len({one.slug for one in points if one.has_coordinator}),
        left_out=sorted({one.name for one in points if not one.has_coordinator}),
        letters=[(draft, *_in_words(draft)) for draft in drafts],
    )
    return page, 422 if form.errors else 200


def _chosen(fellowship: Fellowship, wanted: Wanted) -> list[Chip]:
    """Return what the list is narrowed to, with the address of the list without it."""
    said = {
        "concern": str(CONCERNS[wanted.concern]) if wanted.concern else "",
        "province": wanted.province,
    }
    query: dict[str, Any] = dict(wanted.query())
    return [
        Chip(text, url_for("national_work.index", slug=fellowship.slug, **query | {name: None}))
        for name, text in said.items()
        if text
    ]


def _mark(fellowship: Fellowship, picked: frozenset[str], deed: str) -> str:
    """Return what was done in words. Raises Refusal."""
    if deed == "back":
        number = put_back(fellowship, picked, by=current_user)
        return ngettext(
            "%(num)s punt staat weer op de lijst.", "%(num)s punten staan weer op de lijst.", number
        )
    weeks = {str(one): one for one in SNOOZES}.get(deed)
    number = put_aside(fellowship, picked, weeks=weeks, by=current_user)
    if weeks is None:
        return ngettext(
            "%(num)s punt afgevinkt. Het komt terug als er iets verandert.",
            "%(num)s punten afgevinkt. Ze komen terug als er iets verandert.",
            number,
        )
    return ngettext("%(num)s punt weggelegd.", "%(num)s punten weggelegd.", number)


def _sent(number: int) -> str:
    if not number:
        return _("Deze mails waren vandaag al verstuurd. Er gaat niets dubbel uit.")
    return ngettext("%(num)s mail is onderweg.", "%(num)s mails zijn onderweg.", number)


def _in_words(draft: Draft) -> tuple[str, str]:
    """Return subject and body exactly as they will be sent."""
    return word_letter(
        "work", draft.language, draft.values, current_app.config["TWAALF_PUBLIC_URL"]
    )


def _today(fellowship: Fellowship) -> date:
    return fellowship.day_of(clock.now())
