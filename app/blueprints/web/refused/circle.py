"""What refusals about the circle, its evenings and its own words say."""

from collections.abc import Callable
from typing import Any, TypeAlias

from flask_babel import lazy_gettext as _
from flask_babel import lazy_ngettext
from flask_babel.speaklater import LazyString

from app.blueprints.web.languages import current
from app.domain.evening import WEEKS_AHEAD, NotThisEvening, TaskIsTaken, TooManyGuests
from app.domain.head_count import NoMeetingToCount, NoSuchCount, NotBegun
from app.domain.inside.announcement import EnoughSaid
from app.domain.inside.handing_over import HandsOverToOneself
from app.domain.inside.stand_in import StandsInBackwards, StandsInTooLong
from app.domain.refusal import NobodyCoachesHimself, Refusal
from app.domain.seating import (
    SEATS,
    AsksElsewhere,
    ChairsTaken,
    NobodyIsRefused,
    NoChairLeft,
    NotMeeting,
    NotShownYet,
    PeopleWait,
    Seating,
)
from app.formats.languages.numbers import cardinal

Sentence: TypeAlias = LazyString | Callable[[Any], LazyString]


def _asks_elsewhere(refused: AsksElsewhere) -> LazyString:
    if refused.seating == Seating.WALK_IN:
        return _("Een plek vragen hoeft hier niet. Je kunt gewoon binnenlopen.")
    return _("Vraag het aan de contactpersoon: die zoekt een plek voor je.")


def _too_many_guests(refused: TooManyGuests) -> LazyString:
    return lazy_ngettext(
        "Er is plek voor %(num)s gast: wie een plek heeft, gaat voor.",
        "Er is plek voor %(num)s gasten: wie een plek heeft, gaat voor.",
        refused.fit,
    )


OF_CIRCLE: dict[type[Refusal], tuple[str | None, Sentence]] = {
    # the circle's own
    StandsInBackwards: (
        "last",
        _("Kies twee dagen vanaf vandaag: eerst de eerste, dan de laatste."),
    ),
    StandsInTooLong: (
        "last",
        lambda refused: _(
            "Waarnemen kan hooguit %(days)s dagen. Nodig diegene anders gewoon uit als coördinator.",
            days=refused.days,
        ),
    ),
    HandsOverToOneself: ("email", _("Dat ben je zelf. Vul het adres in van wie het overneemt.")),
    EnoughSaid: (
        "words",
        _(
            "Je zei vandaag al %(most)s keer iets. Wacht tot morgen: wie te veel mail krijgt, "
            "zet alle mail uit."
        ),
    ),
    # seats and evenings
    AsksElsewhere: (None, _asks_elsewhere),
    NotShownYet: (
        None,
        _("Bevestigen kan alleen met de link in je mail, of via de coördinator."),
    ),
    NobodyIsRefused: (None, _("Iedereen is hier welkom. Heet eerst welkom, of wacht even.")),
    NotMeeting: (None, _("Deze groep komt nu niet bij elkaar. Een plek vragen kan nu niet.")),
    NoChairLeft: (None, _("Alle %(chairs)s stoelen zijn bezet.")),
    ChairsTaken: (
        "chairs",
        _("Er zijn al %(taken)s stoelen bezet. Minder stoelen kan pas als er een vrijkomt."),
    ),
    PeopleWait: (None, _("Er wachten mensen. Een vrije stoel is voor wie vooraan staat.")),
    NobodyCoachesHimself: (None, _("Een sponsor is iemand anders dan jijzelf.")),
    TooManyGuests: ("number", _too_many_guests),
    TaskIsTaken: (None, _("Iemand anders was je net voor. Het is geregeld.")),
    NotThisEvening: (
        None,
        lambda _refused: _(
            "Dit kan alleen voor een bijeenkomst van deze week of de %(number)s erna.",
            number=cardinal(WEEKS_AHEAD - 1, current()),
        ),
    ),
    NoSuchCount: (
        None,
        lambda _refused: _("Kies een aantal van 0 tot %(most)s, of meer.", most=SEATS),
    ),
    NoMeetingToCount: (None, _("In deze week was er geen bijeenkomst om te tellen.")),
    NotBegun: (None, _("Deze bijeenkomst is nog niet begonnen.")),
}
