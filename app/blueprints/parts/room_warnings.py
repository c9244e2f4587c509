"""Who else stands in the same room, in the reader's words."""

from collections.abc import Iterable

from flask_babel import gettext as _

from app.blueprints.web.languages import current
from app.domain.slot import Slot
from app.domain.week import Week
from app.formats.wording import clock_time, day_in_words, weekday_name
from app.records.groups import Group
from app.records.rooms import Neighbour, others_in_room


def room_warnings(group: Group, slots: Iterable[Slot], this_week: Week) -> list[str]:
    """Return a sentence for each group that overlaps with one of these slots in its room.

    Two queries for each slot in a building.
    """
    found = [
        neighbour_words(one, this_week)
        for slot in slots
        for one in others_in_room(group, slot, this_week=this_week)
    ]
    return list(dict.fromkeys(found))


def neighbour_words(neighbour: Neighbour, this_week: Week) -> str:
    """Return one warning; it names no group that the public does not see there."""
    language = current()
    who = neighbour.name or _("een andere groep")
    when = f"{weekday_name(neighbour.weekday, language)} {clock_time(neighbour.start, language)}"
    if neighbour.since > this_week:
        return _(
            "Let op: in dezelfde ruimte komt vanaf %(day)s ook %(who)s bij elkaar, %(when)s.",
            who=who,
            when=when,
            day=day_in_words(neighbour.since.day(neighbour.weekday), language),
        )
    return _(
        "Let op: in dezelfde ruimte komt ook %(who)s bij elkaar, %(when)s.", who=who, when=when
    )
