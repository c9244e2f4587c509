"""The first screen's questions, as every list asks them again: where, for whom, about what, tonight."""

from dataclasses import dataclass, replace

from app.blueprints.parts import search_form
from app.blueprints.parts.search_form import Option
from app.blueprints.web.languages import current
from app.blueprints.web.languages import gettext as _
from app.domain.listing import Subject
from app.domain.search import Day, Search, Sort, Whom
from app.formats import wording
from app.formats.search import query_of
from app.formats.search_words import day_asked

SOUGHT = (Subject.ALCOHOL, Subject.DRUGS, Subject.COCAINE, Subject.GAMBLING)
"""Groups for any addiction answer to each of these."""


@dataclass(frozen=True)
class Seeking:
    """What the first screen asks: place, for whom, about what, today; the rest goes along."""

    near: str
    whom: list[Option]
    subjects: list[Option]
    day: Option
    kept: list[tuple[str, str]]
    more_href: str


def seeking(search: Search, *, is_evening: bool, view: str | None = None) -> Seeking:
    """Return the questions with what was answered already."""
    language = current()
    today = _("vanavond") if is_evening else _("vandaag")
    day = search.day or Day.TODAY
    query = query_of(search) | ({"view": view} if view else {})
    asked = {"near", "for", "subject", "day"}
    whom = search.whom if search.whom not in (None, Whom.SELF, Whom.RELATIVES) else None
    choices = [(Whom.SELF, _("voor mezelf")), (Whom.RELATIVES, _("voor iemand om wie ik geef"))]
    if whom:
        choices.append((whom, wording.word(whom, language)))
    return Seeking(
        near=search.near,
        whom=[Option(one, text, one == search.whom) for one, text in choices],
        subjects=[
            Option(one, wording.word(one, language), one == search.subject)
            for one in Subject
            if one in SOUGHT or one == search.subject
        ],
        day=Option(
            str(day), today if day == Day.TODAY else day_asked(day, language), bool(search.day)
        ),
        kept=[(name, value) for name, value in query.items() if name not in asked],
        more_href=search_form.address(replace(search, sort=search.sort or Sort.SOONEST)) + "#meer",
    )
