"""Lists that an office sends: looked at first, taken over whole or row by row, taken back whole."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app import clock
from app.actions.exchange.sources import name_feed, set_address, take_off_gone
from app.actions.held_texts import decide_text
from app.actions.national.lists import NewDraft, accept_draft, drop_draft, keep_draft, undo_import
from app.actions.national.long_lists import (
    begin_accepting,
    begin_undoing,
    keep_long_list,
    look_again,
)
from app.blueprints.access import my_fellowship
from app.blueprints.national.exchange.draft_page import draft_page
from app.blueprints.parts.exchange.beside import work_beside
from app.blueprints.parts.exchange.drafts import content_of, kept, new_draft, read_list, unread_in
from app.blueprints.web import limits
from app.blueprints.web.languages import current
from app.blueprints.web.refusals import pressed, say
from app.blueprints.web.request_checks import row_sent, takes_files
from app.domain.exchange.held_texts import Decision
from app.domain.exchange.long_lists import LONG_GROUPS, is_long
from app.domain.exchange.undo import UNDONE_WITHIN
from app.domain.imported import BrokenList, Outcome, Report
from app.domain.refusal import Refusal
from app.formats.lists import words
from app.formats.meeting_guide.types import AA
from app.records.exchange.asides import unanswered_in
from app.records.exchange.held_texts import held_text, undecided_in
from app.records.exchange.list_drafts import ListDraft, drafts_of, find_draft
from app.records.exchange.list_imports import find_import, imports_since
from app.records.exchange.list_runs import ListRun, run_of_draft, runs_under_way
from app.records.exchange.list_sources import ListSource, find_source, gone_from, sources_of
from app.records.fellowships import Fellowship

bp = Blueprint("national_lists", __name__, url_prefix="/national")

HELD_SHOWN = 100
RATE = "30/hour"
PROGRAMS = (AA, "NA", "CA", "Al-Anon", "GA")
CHOICES = (Decision.SHOWN, Decision.PARTICIPANTS, Decision.REMOVED)


@bp.route("/<slug>/import", methods=["GET", "POST"])
@my_fellowship(fresh=True)
@takes_files
def index(fellowship: Fellowship) -> ResponseReturnValue:
    broken = ""
    if request.method == "POST":
        limits.count("import", RATE, str(current_user.id))
        name, data = _sent()
        program, source = _whose(fellowship)
        try:
            if is_long(data):
                new = NewDraft(name, program, kept(data), source)
                return _beside(fellowship, keep_long_list(fellowship, new, by=current_user))
            new = new_draft(
                fellowship, data, name=name, program=program, source=source, by=current_user
            )
            draft = keep_draft(fellowship, new, by=current_user)
            return redirect(
                url_for("national_lists.draft", slug=fellowship.slug, draft_id=draft.id), 303
            )
        except BrokenList as fault:
            broken = words.broken_words(fault, current())
        except Refusal as refused:
            say(refused)
    now = clock.now()
    page = render_template(
        "national/lists/index.html",
        fellowship=fellowship,
        broken=broken,
        pasted=request.form.get("text", "")[:100_000] if broken else "",
        programs=PROGRAMS,
        sources=[
            (one, len(gone_from(one)), words.fault_words(one.fault, one.detail, current()))
            for one in sources_of(fellowship.id)
        ],
        drafts=drafts_of(fellowship.id),
        runs=runs_under_way(fellowship.id),
        imports=[
            (one, len(one.new), len(one.changed))
            for one in imports_since(fellowship.id, now - UNDONE_WITHIN)
        ],
        held=undecided_in(fellowship.id, HELD_SHOWN),
        asides=bool(unanswered_in(fellowship.id, 1)),
    )
    return page, 422 if broken else 200


@bp.route("/<slug>/import/<int:draft_id>", methods=["GET", "POST"])
@my_fellowship(fresh=True)
def draft(fellowship: Fellowship, draft_id: int) -> ResponseReturnValue:
    found = find_draft(fellowship.id, draft_id)
    if found is None:
        abort(404)
    here = url_for("national_lists.draft", slug=fellowship.slug, draft_id=found.id)
    run, deed = run_of_draft(found), request.form.get("do")
    if run and run.is_in_the_way and deed != "drop":
        return redirect(_page_of(fellowship, run), 303)
    if deed is None:
        return draft_page(fellowship, found)
    try:
        return _done(fellowship, found, deed, here)
    except BrokenList as fault:
        flash(words.broken_words(fault, current()), "error")
    except Refusal as refused:
        say(refused)
    return redirect(here, 303)


def _done(fellowship: Fellowship, found: ListDraft, deed: str, here: str) -> ResponseReturnValue:
    match deed:
        case "drop":
            back = url_for("national_lists.index", slug=fellowship.slug)
            return pressed(
                lambda: drop_draft(found, by=current_user), _("Niets overgenomen."), then=back
            )
        case "columns":
            columns = _columns_said(found)
            if is_long(content_of(found)):
                return _beside(fellowship, look_again(found, columns, by=current_user))
            _look_anew(fellowship, found, columns)
            flash(_("Opnieuw bekeken."), "good")
            return redirect(here, 303)
        case "accept":
            return _accepted(fellowship, found, here)
    return abort(400)


def _accepted(fellowship: Fellowship, found: ListDraft, here: str) -> ResponseReturnValue:
    row = row_sent("row")
    if is_long(content_of(found)):
        return _beside(fellowship, begin_accepting(found, by=current_user, row=row))
    report = _accept(fellowship, found, row)
    new, changed = report.count(Outcome.NEW), report.count(Outcome.CHANGED)
    flash(_("Overgenomen: %(new)s nieuw, %(changed)s veranderd.", new=new, changed=changed), "good")
    return redirect(here if row else url_for("national_lists.index", slug=fellowship.slug), 303)


@bp.post("/<slug>/imports/<int:import_id>/undo")
@my_fellowship(fresh=True)
def undo(fellowship: Fellowship, import_id: int) -> ResponseReturnValue:
    done = find_import(fellowship.id, import_id)
    if done is None:
        abort(404)
    try:
        if len(done.new) + len(done.changed) > LONG_GROUPS:
            return _beside(fellowship, begin_undoing(done, by=current_user))
        back, stay = undo_import(done, by=current_user)
    except Refusal as refused:
        say(refused)
    else:
        flash(
            ngettext("%(num)s groep is teruggezet.", "%(num)s groepen zijn teruggezet.", back),
            "good",
        )
        if stay:
            flash(
                ngettext(
                    "%(num)s groep blijft zoals die is: daar is sindsdien aan gewerkt.",
                    "%(num)s groepen blijven zoals ze zijn: daar is sindsdien aan gewerkt.",
                    stay,
                ),
                "changed",
            )
    return redirect(url_for("national_lists.index", slug=fellowship.slug), 303)


@bp.post("/<slug>/sources")
@my_fellowship(fresh=True)
def feed(fellowship: Fellowship) -> ResponseReturnValue:
    """Name an address that is read every night."""
    address, program = request.form.get("address", "").strip(), request.form.get("program", "")
    return pressed(
        lambda: name_feed(
            fellowship,
            address,
            name=request.form.get("name", "").strip()[:100],
            program=program[:40] or AA,
            by=current_user,
        ),
        _("Bewaard. De lijst komt vannacht, en ligt dan hier om te bekijken."),
        then=url_for("national_lists.index", slug=fellowship.slug),
    )


@bp.post("/<slug>/sources/<int:source_id>")
@my_fellowship(fresh=True)
def address(fellowship: Fellowship, source_id: int) -> ResponseReturnValue:
    source = _source(fellowship, source_id)
    return pressed(
        lambda: set_address(source, request.form.get("address", "").strip(), by=current_user),
        _("Bewaard."),
        then=url_for("national_lists.index", slug=fellowship.slug),
    )


@bp.post("/<slug>/sources/<int:source_id>/gone")
@my_fellowship(fresh=True)
def take_off(fellowship: Fellowship, source_id: int) -> ResponseReturnValue:
    source = _source(fellowship, source_id)
    reason = _("Staat niet meer in de lijst “%(list)s”.", list=source.name)
    try:
        number = take_off_gone(source, reason, by=current_user)
    except Refusal as refused:
        say(refused)
    else:
        done = ngettext(
            "%(num)s groep is van de site.", "%(num)s groepen zijn van de site.", number
        )
        flash(done, "good")
    return redirect(url_for("national_lists.index", slug=fellowship.slug), 303)


@bp.post("/<slug>/held/<int:held_id>")
@my_fellowship(fresh=True)
def decide(fellowship: Fellowship, held_id: int) -> ResponseReturnValue:
    held = held_text(held_id)
    decision = request.form.get("do", "")
    if held is None or held.group.fellowship_id != fellowship.id:
        abort(404)
    back = url_for("national_lists.index", slug=fellowship.slug) + "#held"
    if decision not in CHOICES:
        return redirect(back)
    return pressed(
        lambda: decide_text(held, Decision(decision), by=current_user, as_officer=True),
        _("Bewaard."),
        then=back,
    )


def _source(fellowship: Fellowship, source_id: int) -> ListSource:
    return find_source(fellowship.id, source_id) or abort(404)


def _whose(fellowship: Fellowship) -> tuple[str, str]:
    """Return whose codes a list has, and which list it is again: both may be left to what is known."""
    chosen = request.form.get("source", "")
    source = next((one for one in sources_of(fellowship.id) if str(one.id) == chosen), None)
    program = request.form.get("program", "")[:40]
    return program or (source.program if source else ""), source.name if source else ""


def _sent() -> tuple[str, bytes]:
    """Return the name and the bytes of a file, or what was pasted."""
    file = request.files.get("file")
    if file is not None and file.filename:
        return file.filename[:200], file.read()
    return _("geplakte lijst"), request.form.get("text", "").encode()


def _beside(fellowship: Fellowship, run: ListRun) -> ResponseReturnValue:
    """Let a long list be worked on beside the request, and go where it says how far it is."""
    answer = redirect(_page_of(fellowship, run), 303)
    work_beside()
    return answer


def _page_of(fellowship: Fellowship, run: ListRun) -> str:
    return url_for("list_runs.show", slug=fellowship.slug, run_id=run.id)


def _columns_said(found: ListDraft) -> dict[str, str]:
    return {
        column: request.form.get(f"column-{number}", "")
        for number, column in enumerate(found.columns)
    }


def _look_anew(fellowship: Fellowship, found: ListDraft, columns: dict[str, str] | None) -> None:
    """Keep a draft of the same list, as it would be taken over now."""
    new = new_draft(
        fellowship,
        content_of(found),
        name=found.name,
        program=found.program,
        source=found.source,
        by=current_user,
        columns=columns,
    )
    keep_draft(fellowship, new, by=current_user, instead_of=found)


def _accept(fellowship: Fellowship, found: ListDraft, row: int | None) -> Report:
    reading = read_list(fellowship, content_of(found), found.program, found.columns)
    entries = [one for one in reading.entries if row is None or one.row == row]
    report = accept_draft(
        found, entries, fellowship, by=current_user, is_all=row is None, unread=unread_in(reading)
    )
    if row is not None:
        _look_anew(fellowship, found, found.columns)
    return report
