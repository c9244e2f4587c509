"""Refusals in the reader's language, each with the field that it is about."""

from collections.abc import Callable

from flask import flash, redirect
from flask_babel import gettext as _
from flask_babel import ngettext

from app.domain import refusal
from app.domain.proposal import MuchWaits, NothingSaid


def say(refused: refusal.Refusal) -> None:
    """Tell on the next page why what one button asks was not done."""
    flash(refusal_in_words(refused)[1], "error")


def pressed(deed: Callable[[], object], done: str, *, then: str):
    """Do what one button asks, and say on the page that comes then that it is done, or why not."""
    try:
        deed()
        flash(done, "good")
    except refusal.Refusal as refused:
        say(refused)
    return redirect(then, 303)


def refusal_in_words(refused: refusal.Refusal) -> tuple[str | None, str]:
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
        case refusal.NoSlotYet():
            return None, _("Deze groep heeft nog geen vaste tijd. Vul die eerst in.")
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
        case refusal.OnlyTheGroupInvitesOfficers():
            return "email", _(
                "Dit is iemand van de organisatie zelf. Die komt er alleen bij als een coördinator "
                "van de groep het vraagt: wie coördineert, ziet namen."
            )
        case refusal.AlreadyInvited():
            return "email", _(
                "Dit adres heeft al een uitnodiging. Wil je opnieuw uitnodigen? Trek die dan eerst in."
            )
        case refusal.LastOfficer():
            return None, _(
                "Zonder beheerder kan niemand coördinatoren uitnodigen. Nodig eerst een opvolger uit."
            )
        case refusal.SomebodyCoordinates():
            return None, _("Deze groep heeft weer een coördinator. Nodig er gewoon iemand bij uit.")
        case refusal.FellowshipIsClosed():
            return None, _("Deze organisatie is gestopt.")
        case refusal.FellowshipHasGroups():
            return None, _(
                "Deze organisatie heeft groepen. Sluit haar in plaats van haar weg te halen."
            )
        case refusal.OthersCoordinate():
            return None, _(
                "Dit kan alleen bij een groep met één coördinator. Zijn er meer, dan regelen zij het samen."
            )
        case refusal.HasAnswered():
            return None, _("Deze coördinator zei net nog te blijven. Bel of mail elkaar eerst.")
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
        case refusal.NothingPicked():
            return None, _("Vink eerst minstens één punt aan.")
        case NothingSaid():
            return "words", _("Vertel kort wat er niet klopt.")
        case MuchWaits():
            return None, _(
                "Er wachten al veel meldingen bij deze groep. Deze is niet bewaard. "
                "Vraag het de contactpersoon, of probeer het over een paar weken weer."
            )
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
        case refusal.RequestIsOver():
            return None, _("Deze aanvraag is al beantwoord of ingetrokken.")
        case refusal.NotTheirTurn():
            return None, _("Er is nu geen vraag om te beantwoorden.")
        case refusal.PeopleWait():
            return None, _("Er wachten mensen. Een vrije stoel is voor wie vooraan staat.")
        case _:
            return None, _("Dit mag je hier niet (meer) veranderen.")
