"""Paper for the group itself: a list of twelve empty lines for an evening, and a year on one page."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app import clock
from app.blueprints.access import my_group
from app.blueprints.parts.meeting_lines import week_line
from app.blueprints.web.languages import current
from app.domain.held import coming_meeting, coming_meetings
from app.domain.seating import SEATS
from app.domain.week import Week
from app.formats.text import large_first
from app.formats.wording import day_in_words, hours, theme_name
from app.records.groups import Group
from app.records.listings import schedule_of

bp = Blueprint("sheets", __name__, url_prefix="/coordinate/<slug>/paper")

WEEKS = 52


@bp.get("")
@my_group()
def show(group: Group) -> ResponseReturnValue:
    now = clock.now()
    week = Week.at(now, group.timezone)
    schedule = schedule_of(group, (week, week + WEEKS), public=True)
    coming = coming_meeting(schedule, now)
    language, today = current(), group.day_of(now)
    return render_template(
        "coordinate/inside/sheets.html",
        group=group,
        day=large_first(day_in_words(coming.day, language)) if coming else "",
        hours=hours(coming, language) if coming else "",
        theme=theme_name(coming.theme, language) if coming else "",
        lines=range(1, SEATS + 1),
        year=[
            week_line(one, today, for_public=True) for one in coming_meetings(schedule, now, WEEKS)
        ],
    )
