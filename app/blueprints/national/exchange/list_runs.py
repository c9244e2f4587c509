"""The page of what is done with a long list beside the request: how far it is, and how it ended."""

from flask import (
    Blueprint,
    abort,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user

from app import clock
from app.actions.national.long_lists import begin_again
from app.blueprints.access import my_fellowship
from app.blueprints.parts.exchange.beside import work_beside
from app.blueprints.web.languages import current
from app.blueprints.web.refusals import pressed
from app.domain.exchange.long_lists import Deed, Fault, State, Step
from app.domain.imported import BrokenList, Problem
from app.formats.figures import amount
from app.formats.lists import words
from app.records.exchange.list_runs import ListRun, find_run, is_stuck
from app.records.fellowships import Fellowship

bp = Blueprint("list_runs", __name__, url_prefix="/national")

SECONDS_BETWEEN = 3
TITLES = {
    Deed.LOOK: lazy_gettext("We bekijken de lijst"),
    Deed.ACCEPT: lazy_gettext("We nemen de lijst over"),
    Deed.UNDO: lazy_gettext("We zetten alles terug"),
}
STEPS = {
    Step.READING: lazy_gettext("%(done)s van %(of)s rijen gelezen."),
    Step.COMPARING: lazy_gettext("%(done)s van %(of)s groepen bekeken."),
    Step.WRITING: lazy_gettext("%(done)s van %(of)s groepen geschreven."),
    Step.UNDOING: lazy_gettext("%(done)s van %(of)s groepen teruggezet."),
}
FAULTS = {
    Fault.CLOSED: lazy_gettext("De organisatie is gestopt."),
    Fault.NOT_THEIRS: lazy_gettext("Wie dit vroeg, beheert deze organisatie niet meer."),
    Fault.TOO_LATE: lazy_gettext("Dit is al teruggezet, of het is te lang geleden."),
    Fault.GONE: lazy_gettext("De lijst is er niet meer."),
    Fault.UNFORESEEN: lazy_gettext("Er ging iets mis. Het staat in het logboek van wie deze Twaalf beheert."),
}  # fmt: skip


@bp.get("/<slug>/import/work/<int:run_id>")
@my_fellowship(fresh=True)
def show(fellowship: Fellowship, run_id: int) -> ResponseReturnValue:
    run = find_run(fellowship.id, run_id) or abort(404)
    if run.state == State.DONE and run.deed == Deed.LOOK:
        return redirect(_where_it_lies(fellowship, run))
    folder = current_app.config["LISTS_FOLDER"]
    stuck = is_stuck(run, folder, clock.now())
    is_busy = run.state in (State.WAITING, State.WORKING) and not stuck
    is_calm = "calm" in request.args
    figure = run.figure(folder)
    answer = make_response(
        render_template(
            "national/lists/run.html",
            fellowship=fellowship,
            run=run,
            title=TITLES[Deed(run.deed)],
            is_busy=is_busy,
            is_stuck=stuck,
            is_calm=is_calm,
            figure=figure if run.state == State.WORKING and figure.of else None,
            how_far=STEPS[figure.step]
            % {"done": amount(figure.done, current()), "of": amount(figure.of, current())},
            why=_why(run),
            may_try_again=stuck or _may_go_well(run),
        )
    )
    if is_busy and not is_calm:
        answer.headers["Refresh"] = str(SECONDS_BETWEEN)
    return answer


@bp.post("/<slug>/import/work/<int:run_id>/again")
@my_fellowship(fresh=True)
def again(fellowship: Fellowship, run_id: int) -> ResponseReturnValue:
    """Try once more what failed, or what nobody is busy with any more."""
    run = find_run(fellowship.id, run_id) or abort(404)
    here = url_for("list_runs.show", slug=fellowship.slug, run_id=run.id)
    folder = current_app.config["LISTS_FOLDER"]
    if not is_stuck(run, folder, clock.now()) and not _may_go_well(run):
        return redirect(here, 303)
    heard_at = run.heard_at
    answer = pressed(
        lambda: begin_again(run, heard_at, by=current_user), _("We beginnen opnieuw."), then=here
    )
    work_beside()
    return answer


def _where_it_lies(fellowship: Fellowship, run: ListRun) -> str:
    if run.draft_id is None:
        return url_for("national_lists.index", slug=fellowship.slug)
    return url_for("national_lists.draft", slug=fellowship.slug, draft_id=run.draft_id)


def _may_go_well(run: ListRun) -> bool:
    """Tell whether what failed may go well another time: a list that is broken stays so."""
    return run.state == State.FAILED and run.fault in (Fault.UNFORESEEN, Fault.NOT_THEIRS)


def _why(run: ListRun) -> str:
    """Return why a list was not done, in words."""
    if run.state != State.FAILED:
        return ""
    if run.fault == Fault.BROKEN:
        said = run.detail
        where = int(said["line"]), int(said["column"])
        broken = BrokenList(Problem(said["problem"]), *where, detail=said["detail"])
        return words.broken_words(broken, current())
    return str(FAULTS[Fault(run.fault)])
