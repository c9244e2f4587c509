"""What each refusal says to the reader: the field that it is about, and one sentence.

A placeholder is filled with what the refusal holds; who needs more than that is a function.
A field None stands for the whole form.
"""

from datetime import datetime

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from app.blueprints.web.languages import current
from app.blueprints.web.refused.circle import OF_CIRCLE, Sentence
from app.domain.closure import (
    AHEAD,
    LONGEST,
    ClosureIsOver,
    EndsBeforeItBegins,
    LongerThanAYear,
    ShutInThePast,
    TooFarAhead,
)
from app.domain.confirmation import NothingTicked
from app.domain.contact import CannotBeReached, TooManyContacts
from app.domain.exchange.asides import NothingToAccept
from app.domain.exchange.pulled import NotHttps
from app.domain.founding import NotTheirTurn, RequestIsOver
from app.domain.geography.house import HouseIsOtherwise, OneIsNoTwo
from app.domain.geography.region import (
    NotAPart,
    PartIsElsewhere,
    RegionNameInUse,
    TooManyRegions,
)
from app.domain.held import MeetingHasBegun, MeetingIsOver, MovedToThePast, WouldHaveBegun
from app.domain.holiday import HolidayIsOver, NoSuchHoliday
from app.domain.kinds.naming import CodeInUse, NoName, NotACode, TooManyKinds
from app.domain.proposal import MuchWaits, NothingSaid
from app.domain.refusal import (
    ChangedMeanwhile,
    FellowshipHasGroups,
    FellowshipIsClosed,
    LinkIsOver,
    NotTheirs,
    Refusal,
)
from app.domain.roles import (
    AddressInUse,
    AlreadyInvited,
    HasAnswered,
    LastCoordinator,
    LastOfficer,
    OfThatRegionAlready,
    OnlyTheGroupInvitesOfficers,
    OthersCoordinate,
    RegionHasOfficers,
    SomebodyCoordinates,
    StillNeeded,
)
from app.domain.signin.passkey import (
    EnoughPasskeys,
    LastProof,
    PasskeyIsCopied,
    PasskeyIsKnown,
    QuestionTooOld,
    UnknownPasskey,
)
from app.domain.slot import NoSlotToWithdraw, NoSlotYet, StartsInThePast, TooShortOrTooLong
from app.domain.slug import NameInUse
from app.domain.undoing import TooLateToUndo
from app.domain.week import NoSuchWeek, NoSuchWeekday
from app.domain.work import ListHasChanged, NothingPicked, TooManyAtOnce, TooManyLists
from app.formats.duration import duration_in_words
from app.formats.text import large_first
from app.formats.wording import clock_time, day_in_words


def _meeting_is_over(refused: MeetingIsOver) -> LazyString:
    return _(
        "De bijeenkomst van %(day)s is geweest. Daar verander je niets meer aan.",
        day=day_in_words(refused.day, current()),
    )


def _moved_to_the_past(refused: MovedToThePast) -> LazyString:
    return _(
        "%(when)s is al geweest. Kies een dag en een tijd die nog komen.",
        when=_moment(refused.starts),
    )


def _meeting_has_begun(refused: MeetingHasBegun) -> LazyString:
    return _(
        "De bijeenkomst van %(day)s is al begonnen of geweest, en blijft zoals hij was. "
        "Kies de week van %(first)s, of een latere.",
        day=day_in_words(refused.day, current()),
        first=day_in_words(refused.first.monday, current()),
    )


def _would_have_begun(refused: WouldHaveBegun) -> LazyString:
    return _(
        "%(when)s is al geweest. Kies de week van %(first)s, of een latere.",
        when=_moment(refused.starts),
        first=day_in_words(refused.first.monday, current()),
    )


def _moment(starts: datetime) -> str:
    """Return `Maandag 23 november, 19.00`, to begin a sentence with."""
    day = large_first(day_in_words(starts.date(), current()))
    return f"{day}, {clock_time(starts, current())}"


def _too_short_or_too_long(refused: TooShortOrTooLong) -> LazyString:
    return _(
        "Een bijeenkomst duurt minstens %(least)s minuten en hooguit %(most)s uur.",
        least=refused.least,
        most=refused.most // 60,
    )


def _changed_meanwhile(refused: ChangedMeanwhile) -> LazyString:
    return _(
        "Dit is intussen veranderd door %(who)s. Wat jij typte, staat er nog. "
        "Kijk wat er nu staat en bewaar het nog eens als het zo moet worden.",
        who=refused.by or _("iemand anders"),
    )


def _not_a_part(refused: NotAPart) -> LazyString:
    return _(
        "Dit is geen provincie, gemeente of postcode: %(words)s.", words=", ".join(refused.words)
    )


WORDS: dict[type[Refusal], tuple[str | None, Sentence]] = {
    # of anything
    ChangedMeanwhile: (None, _changed_meanwhile),
    NotTheirs: (None, _("Dit mag je hier niet (meer) veranderen.")),
    LinkIsOver: (None, _("Deze link werkt niet meer.")),
    TooLateToUndo: (None, _("Ongedaan maken kan niet meer. Verander het zelf.")),
    NotHttps: (None, _("Geef een adres dat begint met https://.")),
    NothingToAccept: (None, _("Hier valt niets over te nemen. Laat het staan, of haal het weg.")),
    HouseIsOtherwise: (None, _("Het adres is daarna nog eens veranderd. Verander het zelf.")),
    OneIsNoTwo: (None, _("Kies twee of meer adressen die één gebouw zijn.")),
    NameInUse: ("name", _("Deze naam is al in gebruik.")),
    # weeks and standing times
    NoSuchWeek: ("since", _("Deze week bestaat niet.")),
    NoSuchWeekday: ("weekday", _("Kies een van de zeven dagen.")),
    MeetingIsOver: (None, _meeting_is_over),
    MovedToThePast: ("weekday", _moved_to_the_past),
    MeetingHasBegun: ("since", _meeting_has_begun),
    WouldHaveBegun: ("since", _would_have_begun),
    TooShortOrTooLong: ("minutes", _too_short_or_too_long),
    StartsInThePast: ("since", _("Kies deze week of een week die nog komt.")),
    NoSlotYet: (None, _("Deze groep heeft nog geen vaste tijd. Vul die eerst in.")),
    NoSlotToWithdraw: (None, _("Deze vaste tijd is al begonnen. Intrekken kan niet meer.")),
    # closures and holidays
    EndsBeforeItBegins: ("last", _("De laatste dag ligt vóór de eerste dag.")),
    ShutInThePast: ("last", _("Deze dag is al geweest. Kies vandaag of een dag die nog komt.")),
    LongerThanAYear: (
        "last",
        lambda _refused: _(
            "Dit is langer dan %(time)s. Zet de groep op ‘even gestopt’ als jullie zo lang "
            "niet bij elkaar komen.",
            time=duration_in_words(LONGEST, current()),
        ),
    ),
    TooFarAhead: (
        "first",
        lambda _refused: _(
            "Dit is meer dan %(time)s vooruit. Klopt het jaar?",
            time=duration_in_words(AHEAD, current()),
        ),
    ),
    ClosureIsOver: (None, _("Dit is intussen voorbij of ingetrokken.")),
    NoSuchHoliday: (None, _("Deze dag is voor jullie geen feestdag of vakantie.")),
    HolidayIsOver: (None, _("Deze dag is al voorbij. Aan wat geweest is, verander je niets meer.")),
    # the listing
    TooManyContacts: (None, _("Een groep heeft hooguit %(most)s contactpersonen.")),
    CannotBeReached: ("email", _("Vul een mailadres in: daar vragen we of het mag.")),
    NothingTicked: ("right", _("Vink aan wat nog klopt.")),
    NothingSaid: ("words", _("Vertel kort wat er niet klopt.")),
    MuchWaits: (
        None,
        _(
            "Er wachten al veel meldingen bij deze groep. Deze is niet bewaard. Vraag het de contactpersoon, of probeer het over een paar weken weer."
        ),
    ),
    # coordinators and officers
    LastCoordinator: (
        None,
        _("Je bent de enige coördinator. Nodig eerst iemand uit die het overneemt."),
    ),
    RegionHasOfficers: (
        None,
        _(
            "Deze regio heeft nog beheerders. Geef hun eerst een andere regio, of stop hen als beheerder."
        ),
    ),
    OfThatRegionAlready: (None, _("Deze beheerder heeft die regio al.")),
    LastOfficer: (
        None,
        _("Zonder beheerder kan niemand coördinatoren uitnodigen. Nodig eerst een opvolger uit."),
    ),
    StillNeeded: (
        None,
        _("Dit kan nog niet: zonder jou is er niemand. Doe eerst wat hieronder staat."),
    ),
    OnlyTheGroupInvitesOfficers: (
        "email",
        _(
            "Dit is iemand van de organisatie zelf. Die komt er alleen bij als een coördinator van de groep het vraagt: wie coördineert, ziet namen."
        ),
    ),
    AlreadyInvited: (
        "email",
        _("Dit adres heeft al een uitnodiging. Wil je opnieuw uitnodigen? Trek die dan eerst in."),
    ),
    AddressInUse: (
        "email",
        _("Er is al een account met dit mailadres. Log daarmee in."),
    ),
    SomebodyCoordinates: (
        None,
        _("Deze groep heeft weer een coördinator. Nodig er gewoon iemand bij uit."),
    ),
    OthersCoordinate: (
        None,
        _(
            "Dit kan alleen bij een groep met één coördinator. Zijn er meer, dan regelen zij het samen."
        ),
    ),
    HasAnswered: (None, _("Deze coördinator zei net nog te blijven. Bel of mail elkaar eerst.")),
    FellowshipIsClosed: (None, _("Deze organisatie is gestopt.")),
    FellowshipHasGroups: (
        None,
        _("Deze organisatie heeft groepen. Weghalen kan dan niet, sluiten wel."),
    ),
    NothingPicked: (None, _("Vink er eerst minstens één aan.")),
    TooManyAtOnce: (None, _("Dit zijn er te veel voor één keer: neem er hooguit %(most)s.")),
    ListHasChanged: (None, _("De lijst is intussen veranderd. Om zoveel groepen gaat het nu.")),
    TooManyLists: ("name", _("Er zijn al %(most)s lijsten bewaard. Vergeet er eerst een.")),
    **OF_CIRCLE,
    # regions
    NotAPart: ("drawn_of", _not_a_part),
    PartIsElsewhere: ("drawn_of", _("Dit hoort al bij %(region)s: %(part)s.")),
    RegionNameInUse: ("name", _("Er is al een regio die zo heet.")),
    TooManyRegions: (
        "drawn_of",
        _("Houd het bij %(regions)s regio’s, van hooguit %(parts)s delen elk."),
    ),
    # kinds of meeting
    NotACode: ("key", _("Een code is vier tot zestien letters, zonder spaties.")),
    CodeInUse: ("key", _("De code %(code)s heeft al een naam.")),
    NoName: ("name_nl", _("Schrijf in minstens één taal hoe het heet.")),
    TooManyKinds: ("key", _("Houd het bij %(most)s soorten.")),
    # requests for a group
    RequestIsOver: (None, _("Deze aanvraag is al beantwoord of ingetrokken.")),
    NotTheirTurn: (None, _("Er is nu geen vraag om te beantwoorden.")),
    # passkeys
    QuestionTooOld: (
        None,
        _("Dit duurde te lang, of is al een keer verstuurd. Probeer het nog eens."),
    ),
    UnknownPasskey: (None, _("Deze passkey werkt hier niet (meer). Log in met je wachtwoord.")),
    PasskeyIsCopied: (None, _("Deze passkey is vaker gebruikt dan hij zelf weet. Haal hem weg.")),
    PasskeyIsKnown: (None, _("Deze passkey is er al.")),
    EnoughPasskeys: (None, _("Je hebt er al %(most)s. Haal er eerst een weg.")),
    LastProof: (
        None,
        _(
            "Dit is je enige tweede stap. Maak eerst een andere passkey, of zet inloggen in twee stappen aan."
        ),
    ),
}
