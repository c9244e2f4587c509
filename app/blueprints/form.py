"""Forms: their base, and the one place where a refusal becomes a sentence at its field."""

from collections.abc import Callable, Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext, lazy_ngettext, ngettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from app.blueprints.languages import current
from app.domain import refusal
from app.domain.personal import Finding
from app.formats.phone import findings_in
from app.formats.text import plain
from app.formats.wording import weekday_name


class Form(FlaskForm):
    """Every text comes in trimmed, in composed Unicode, without control characters."""

    class Meta(FlaskForm.Meta):
        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            filters = unbound_field.kwargs.get("filters", [])
            if not getattr(unbound_field.field_class, "keeps_input", False):
                options["filters"] = [*filters, _plain]
            return unbound_field.bind(form=form, **options)

    def refuse(self, refused: refusal.Refusal) -> None:
        """Put the sentence for a refusal at the field it is about, or on top of the form."""
        name, sentence = _words(refused)
        field = getattr(self, name, None) if name else None
        if field is None:
            self.form_errors.append(sentence)
        else:
            field.errors = [*field.errors, sentence]


def _plain(value: Any) -> Any:
    return plain(value) if isinstance(value, str) else value


def required(sentence: Any = None) -> DataRequired:
    return DataRequired(sentence or lazy_gettext("Vul dit nog in."))


def at_most(length: int) -> Length:
    return Length(
        max=length,
        message=lazy_ngettext(
            "Houd het bij %(max)d teken.", "Houd het bij %(max)d tekens.", length, max=length
        ),
    )


def optional() -> Optional:
    return Optional()


class Published:
    """Asks once whether something personal may really stand in a public text.

    The form has a BooleanField named by `agree`; it is shown, and asked, only after a finding.
    """

    def __init__(self, agree: str = "publish_anyway"):
        self.agree = agree

    def __call__(self, form: FlaskForm, field: Field) -> None:
        found = findings_in(field.data or "")
        if not found or form[self.agree].data:
            return
        form[self.agree].asked = True
        raise ValidationError(" ".join(_personal_words(found)))


class Agreement(BooleanField):
    """A box that is shown only when there is something to agree to."""

    asked = False

    @property
    def is_shown(self) -> bool:
        return self.asked or bool(self.data)


def choices_of(enumeration: type, worded: Callable[[Any, str], str]) -> list[tuple[str, str]]:
    """Return a domain enumeration as choices in the reader's language."""
    return [(str(value), worded(value, current())) for value in enumeration]  # type: ignore[attr-defined]


def weekday_choices() -> list[tuple[int, str]]:
    return [(number, weekday_name(number, current())) for number in range(1, 8)]


def _personal_words(found: dict[Finding, str]) -> Iterable[str]:
    sentences = {
        Finding.PHONE: _("Hier staat een telefoonnummer: %(found)s."),
        Finding.ADDRESS: _("Hier staat een mailadres: %(found)s."),
        Finding.SURNAME: _("Dit lijkt een achternaam: %(found)s."),
    }
    for finding, words in found.items():
        yield sentences[finding] % {"found": words}
    yield _("Iedereen kan dit lezen. Haal het weg, of vink hieronder aan dat het zo mag.")


def _words(refused: refusal.Refusal) -> tuple[str | None, str]:
    """Return the field that a refusal is about, or None for the whole form, and its sentence."""
    match refused:
        case refusal.NoSuchWeek():
            return "since", _("Deze week bestaat niet.")
        case refusal.NoSuchWeekday():
            return "weekday", _("Kies een van de zeven dagen.")
        case refusal.TooShortOrTooLong(least=least, most=most):
            return "minutes", _(
                "Een bijeenkomst duurt minstens %(least)s minuten en hooguit %(most)s uur.",
                least=least,
                most=most // 60,
            )
        case refusal.StartsInThePast():
            return "since", _("Kies deze week of een week die nog komt.")
        case refusal.WeekIsOver():
            return None, _("Deze week is geweest. Daar verander je niets meer aan.")
        case refusal.DayIsOver():
            return "weekday", _("Deze dag is al geweest. Kies een dag die nog komt.")
        case refusal.TooLateToUndo():
            return None, _("Ongedaan maken kan niet meer. Verander het zelf.")
        case refusal.NoSlotToWithdraw():
            return None, _("Deze vaste tijd is al begonnen. Intrekken kan niet meer.")
        case refusal.EndsBeforeItBegins():
            return "last", _("De laatste dag ligt vóór de eerste dag.")
        case refusal.ShutInThePast():
            return "last", _("Deze dag is al geweest. Kies vandaag of een dag die nog komt.")
        case refusal.LongerThanAYear():
            return "last", _(
                "Dit is langer dan een jaar. Zet de groep op ‘even gestopt’ als jullie zo lang "
                "niet bij elkaar komen."
            )
        case refusal.TooFarAhead():
            return "first", _("Dit is meer dan twee jaar vooruit. Klopt het jaar?")
        case refusal.ClosureIsOver():
            return None, _("Dit is intussen voorbij of ingetrokken.")
        case refusal.ChangedMeanwhile(by=by):
            who = by or _("iemand anders")
            return None, _(
                "Dit is intussen veranderd door %(who)s. Wat jij typte, staat er nog. "
                "Kijk wat er nu staat en bewaar het nog eens als het zo moet worden.",
                who=who,
            )
        case refusal.TooManyContacts(most=most):
            return None, _("Een groep heeft hooguit %(most)s contactpersonen.", most=most)
        case refusal.LastCoordinator():
            return None, _(
                "Je bent de enige coördinator. Nodig eerst iemand uit die het overneemt."
            )
        case refusal.CannotBeReached():
            return "email", _("Vul een mailadres in: daar vragen we of het mag.")
        case refusal.HolidayIsOver():
            return None, _("Deze dag is al voorbij. Aan wat geweest is, verander je niets meer.")
        case refusal.NameInUse():
            return "name", _("Deze naam is al in gebruik.")
        case refusal.NoSuchCount():
            return None, _("Kies een aantal van 0 tot 12, of meer dan twaalf.")
        case refusal.NoMeetingToCount():
            return None, _("In deze week was er geen bijeenkomst om te tellen.")
        case refusal.NotBegun():
            return None, _("Deze bijeenkomst is nog niet begonnen.")
        case refusal.NothingTicked():
            return "right", _("Vink aan wat nog klopt.")
        case refusal.AsksElsewhere(seating="walk_in"):
            return None, _("Een plek vragen hoeft hier niet. Je kunt gewoon binnenlopen.")
        case refusal.AsksElsewhere():
            return None, _("Vraag het aan de contactpersoon: die zoekt een plek voor je.")
        case refusal.NotMeeting():
            return None, _("Deze groep komt nu niet bij elkaar. Een plek vragen kan nu niet.")
        case refusal.NoChairLeft(chairs=chairs):
            return None, _("Alle %(chairs)s stoelen zijn bezet.", chairs=chairs)
        case refusal.ChairsTaken(taken=taken):
            return "chairs", _(
                "Er zijn al %(taken)s stoelen bezet. Minder stoelen kan pas als er een vrijkomt.",
                taken=taken,
            )
        case refusal.TooManyGuests(fit=fit):
            return "number", ngettext(
                "Er is plek voor %(num)d gast: wie een plek heeft, gaat voor.",
                "Er is plek voor %(num)d gasten: wie een plek heeft, gaat voor.",
                fit,
            )
        case refusal.TaskIsTaken():
            return None, _("Iemand anders was je net voor. Het is geregeld.")
        case refusal.NotThisEvening():
            return None, _("Dit kan alleen voor een bijeenkomst van deze week of de vijf erna.")
        case refusal.PeopleWait():
            return None, _("Er wachten mensen. Een vrije stoel is voor wie vooraan staat.")
        case _:
            return None, _("Dit mag je hier niet (meer) veranderen.")
