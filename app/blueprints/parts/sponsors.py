"""The part of a participant's own page about sponsors, as one of a pair sees it."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import BooleanField

from app.blueprints.web.form import Form
from app.records.participants import ParticipantRecord
from app.records.seats.sponsorships import Sponsorship, sponsorships_of, willing_sponsors


class MarksForm(Form):
    willing = BooleanField(lazy_gettext("Ik wil dit voor iemand zijn. Wie zoekt, ziet mijn naam."))
    looking = BooleanField(lazy_gettext("Ik zoek iemand."))


@dataclass(frozen=True)
class PairLine:
    """One pair as one of the two sees it: what is, and what they may do."""

    id: int
    words: str
    may_agree: bool
    end_words: str


def sponsor_marks(person: ParticipantRecord) -> list[str]:
    """Return the two marks in words, as the coordinator sees them: nothing of any pair."""
    word = person.group.fellowship.sponsor_word or _("sponsor")
    marks = [
        (person.is_looking, _("zoekt een %(word)s", word=word)),
        (person.is_willing, _("wil %(word)s zijn", word=word)),
    ]
    return [words for is_set, words in marks if is_set]


def sponsor_part(person: ParticipantRecord) -> dict[str, Any]:
    """Return what the partial template of the seat page shows. Two queries."""
    return {
        "word": person.group.fellowship.sponsor_word or _("sponsor"),
        "pairs": [_line(pair, person) for pair in sponsorships_of(person.id)],
        "willing": willing_sponsors(person) if person.is_looking else [],
        "form": MarksForm(formdata=None, willing=person.is_willing, looking=person.is_looking),
    }


def _line(pair: Sponsorship, person: ParticipantRecord) -> PairLine:
    is_sponsor = pair.sponsor_id == person.id
    other = pair.sponsee.alias if is_sponsor else pair.sponsor.alias
    has_begun = pair.began_on is not None
    word = person.group.fellowship.sponsor_word or _("sponsor")
    if has_begun:
        words = (
            _("Je bent %(word)s van %(name)s.", word=word, name=other)
            if is_sponsor
            else _("%(name)s is je %(word)s.", word=word, name=other)
        )
        return PairLine(pair.id, words, False, _("Stop hiermee"))
    if is_sponsor:
        words = _("%(name)s vraagt of jij %(word)s wilt zijn.", word=word, name=other)
        return PairLine(pair.id, words, True, _("Nee, nu niet"))
    words = _("Je vroeg %(name)s. Er is nog geen antwoord.", name=other)
    return PairLine(pair.id, words, False, _("Trek mijn vraag in"))
