"""Words, dates and hours in a language; Dutch is what the code says, other languages translate."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations

from app.domain.confirmation import Freshness
from app.domain.evening import Task
from app.domain.founding import RequestStatus
from app.domain.holiday import HolidayName
from app.domain.listing import Audience, Feature, Listing, Subject
from app.domain.meeting import Difference, Meeting, Status
from app.domain.place import Kind, Place, Visibility
from app.domain.roles import Role
from app.domain.search import PartOfDay, Sort, Whom
from app.domain.seating import Availability, Seating
from app.domain.themes import Theme

LANGUAGES = ("nl", "en", "de", "fr", "pl", "tr", "uk", "ar")
"""In which all that readers are shown is worded: pages, feeds, letters, paper. Groups may speak others."""
DESKS = ("nl", "en")
"""In which the desks of coordinators and offices are worded, their accounts, and letters to them."""
READ_BY_NATIVES = frozenset({"nl", "en"})
"""The languages that somebody has read who grew up with them; the foot of a page says of others that nobody did."""
KEPT = lru_cache(2048)  # the library puts the same few days and names together anew each time
_FOLDER = Path(__file__).resolve().parent.parent / "translations"


def N_(text: str) -> str:  # noqa: N802 - gettext's own name: marks a sentence for extraction
    return text


_FOR_WHOM: dict[str, str] = {
    Audience.EVERYONE: N_("voor iedereen met dit probleem"),
    Audience.RELATIVES: N_("voor familie en vrienden"),
    Audience.YOUNG: N_("voor jongeren"),
    Audience.TEENS: N_("voor tieners"),
    Audience.WOMEN: N_("voor vrouwen"),
    Audience.MEN: N_("voor mannen"),
    Audience.LGBTQ: N_("voor lhbtqi+’ers"),
    Audience.DUAL_DIAGNOSIS: N_("bij een dubbele diagnose"),
}
WORDS: dict[type, dict[str, str]] = {
    Status: {
        Status.PREPARING: N_("in oprichting"),
        Status.ACTIVE: N_("actief"),
        Status.PAUSED: N_("even gestopt"),
        Status.CLOSED: N_("gestopt"),
    },
    Freshness: {
        Freshness.GREEN: N_("bevestigd"),
        Freshness.AMBER: N_("wordt nagevraagd"),
        Freshness.ASK_FIRST: N_("vraag dit eerst na"),
    },
    Audience: _FOR_WHOM,
    Subject: {
        Subject.ALCOHOL: N_("alcohol"),
        Subject.DRUGS: N_("drugs"),
        Subject.COCAINE: N_("cocaïne"),
        Subject.GAMBLING: N_("gokken"),
        Subject.ADDICTION: N_("verslaving in het algemeen"),
        Subject.OTHER: N_("iets anders"),
    },
    Whom: {str(Whom.SELF): N_("voor wie er zelf mee zit")}
    | {whom: words for whom, words in _FOR_WHOM.items() if whom != Audience.EVERYONE},
    PartOfDay: {
        PartOfDay.MORNING: N_("’s ochtends"),
        PartOfDay.AFTERNOON: N_("’s middags"),
        PartOfDay.EVENING: N_("’s avonds"),
    },
    Sort: {
        Sort.SOONEST: N_("wat het eerst komt"),
        Sort.NEAREST: N_("wat het dichtst bij is"),
    },
    Feature: {
        Feature.WHEELCHAIR: N_("toegankelijk met rolstoel"),
        Feature.ACCESSIBLE_TOILET: N_("rolstoeltoilet"),
        Feature.HEARING_LOOP: N_("ringleiding"),
        Feature.SIGN_LANGUAGE: N_("gebarentaal"),
        Feature.CHILDCARE: N_("kinderopvang"),
        Feature.FRAGRANCE_FREE: N_("parfumvrij"),
    },
    Kind: {
        Kind.BUILDING: N_("in een gebouw"),
        Kind.ONLINE: N_("online"),
        Kind.BOTH: N_("in een gebouw en online"),
    },
    Visibility: {
        Visibility.WHOLE: N_("iedereen mag het adres zien"),
        Visibility.TOWN: N_("iedereen ziet alleen de plaats"),
        Visibility.NOTHING: N_("alleen deelnemers zien waar het is"),
    },
    Availability: {
        Availability.FREE: N_("plek vrij"),
        Availability.FULL: N_("vol – wachtlijst"),
        Availability.PREPARING: N_("in oprichting"),
        Availability.WALK_IN: N_("loop gewoon binnen"),
    },
    Seating: {
        Seating.SEATS_ITSELF: N_("Een vrije plek krijg je meteen."),
        Seating.WELCOMES: N_("Een vrije plek krijg je meteen; iemand heet je welkom."),
        Seating.BY_CONTACT: N_("Je spreekt eerst even met de contactpersoon."),
        Seating.WALK_IN: N_("Je kunt gewoon binnenlopen."),
    },
    RequestStatus: {
        RequestStatus.ASKED: N_("wacht op jullie antwoord"),
        RequestStatus.ASKED_BACK: N_("wacht op de aanvrager"),
        RequestStatus.FOUNDED: N_("groep opgericht"),
        RequestStatus.NOT_YET: N_("nog niet"),
        RequestStatus.WITHDRAWN: N_("ingetrokken"),
    },
    Task: {
        Task.OPENER: N_("opent"),
        Task.CHAIR: N_("leidt de bijeenkomst"),
        Task.TEA: N_("zet thee"),
        Task.KEY: N_("heeft de sleutel"),
    },
    Difference: {
        Difference.CANCELLED: N_("gaat niet door"),
        Difference.SHUT: N_("gaat niet door"),
        Difference.PAUSED: N_("even gestopt"),
        Difference.MOVED: N_("verplaatst"),
        Difference.ELSEWHERE: N_("andere locatie"),
        Difference.THEME: N_("ander thema"),
        Difference.OPEN: N_("deze keer open voor iedereen"),
        Difference.CLOSED: N_("deze keer alleen voor de groep"),
        Difference.HOLIDAY: N_("vraag dit even na"),
        Difference.NOTE: N_("let op"),
    },
    HolidayName: {
        HolidayName.NEW_YEAR: N_("Nieuwjaarsdag"),
        HolidayName.GOOD_FRIDAY: N_("Goede Vrijdag"),
        HolidayName.EASTER_SUNDAY: N_("Eerste Paasdag"),
        HolidayName.EASTER_MONDAY: N_("Tweede Paasdag"),
        HolidayName.KINGS_DAY: N_("Koningsdag"),
        HolidayName.LIBERATION_DAY: N_("Bevrijdingsdag"),
        HolidayName.ASCENSION_DAY: N_("Hemelvaartsdag"),
        HolidayName.PENTECOST: N_("Eerste Pinksterdag"),
        HolidayName.WHIT_MONDAY: N_("Tweede Pinksterdag"),
        HolidayName.CHRISTMAS_DAY: N_("Eerste Kerstdag"),
        HolidayName.SECOND_CHRISTMAS_DAY: N_("Tweede Kerstdag"),
        HolidayName.CHRISTMAS_BREAK: N_("Kerstvakantie"),
        HolidayName.SPRING_BREAK: N_("Voorjaarsvakantie"),
        HolidayName.MAY_BREAK: N_("Meivakantie"),
        HolidayName.SUMMER_BREAK: N_("Zomervakantie"),
        HolidayName.AUTUMN_BREAK: N_("Herfstvakantie"),
    },
    Role: {
        Role.COORDINATOR: N_("coördinator"),
        Role.OFFICER: N_("landelijk beheerder"),
        Role.REGIONAL: N_("regionaal beheerder"),
        Role.OVERSEER: N_("koepelbeheerder"),
    },
}

_WHOLE_DAY = {
    "de": "EEEE, d. MMMM", "pl": "EEEE, d MMMM", "tr": "d MMMM EEEE", "uk": "EEEE, d MMMM",
    "ar": "EEEE، d MMMM",
}  # fmt: skip
"""Of CLDR's full dates the part without a year, where it is not as Dutch has it."""
_SHORT_DATE = {"de": "d. MMM"}


@cache
def translations(language: str) -> NullTranslations:
    """Return a language's catalogue; what it does not say yet, it says in English."""
    if language == "nl":
        return NullTranslations()
    found = Translations.load(str(_FOLDER), [language])
    if language != "en":
        found.add_fallback(translations("en"))
    return found


def known(language: str) -> str:
    """Return the language itself when we speak it, else English."""
    return language if language in LANGUAGES else "en"


@KEPT
def gettext_in(language: str) -> Callable[..., str]:
    """Return gettext for a language: takes the Dutch sentence, and named values for it."""
    translate = translations(known(language)).gettext

    def gettext(message: str, **values: object) -> str:
        text = translate(message)
        return text % values if values else text

    return gettext


def ngettext_in(language: str) -> Callable[[str, str, int], str]:
    """Return ngettext for a language: takes two Dutch sentences with `%(num)s`, and the number."""
    translate = translations(known(language)).ngettext

    def ngettext(one: str, many: str, number: int) -> str:
        written = format_decimal(number, locale=known(language))
        return translate(one, many, number) % {"num": written}

    return ngettext


def word(value: object, language: str) -> str:
    """Return the word for a value of one of the domain's enumerations."""
    return gettext_in(language)(WORDS[type(value)][str(value)])


@KEPT
def day_in_words(day: date, language: str, *, year: bool = False) -> str:
    """Return `maandag 30 november`, with the year if asked; in German `Montag, 30. November`."""
    spoken = known(language)
    with_year = "EEEE d MMMM y" if spoken in DESKS else "full"
    pattern = with_year if year else _WHOLE_DAY.get(spoken, "EEEE d MMMM")
    return format_date(day, pattern, locale=spoken)


def short_day(day: date, language: str) -> str:
    """Return `ma 30 nov`."""
    return f"{short_weekday(day.isoweekday(), language)} {short_date(day, language)}"


@KEPT
def short_date(day: date, language: str, *, year: bool = False) -> str:
    """Return `30 nov`, with the year if asked."""
    pattern = _SHORT_DATE.get(known(language), "d MMM")
    written = format_date(day, f"{pattern} y" if year else pattern, locale=known(language))
    return written.replace(".", "") if known(language) in DESKS else written


def weekday_name(weekday: int, language: str) -> str:
    """Return `maandag` for 1 to `zondag` for 7."""
    return _weekdays("wide", language)[weekday - 1]


def short_weekday(weekday: int, language: str) -> str:
    """Return `ma` for 1 to `zo` for 7, in English `Mon` to `Sun`."""
    return _weekdays("abbreviated", language)[weekday - 1]


@cache
def _weekdays(width: str, language: str) -> Mapping[int, str]:
    names: Mapping[int, str] = Locale(known(language)).days["format"][width]
    return names


def clock_time(moment: time | datetime, language: str) -> str:
    """Return `19.30` in Dutch, `19:30` elsewhere."""
    return moment.strftime("%H.%M" if known(language) == "nl" else "%H:%M")


def hours(meeting: Meeting, language: str) -> str:
    """Return `19.30–21.30`, or `19.30` where nobody said when it ends."""
    starts = clock_time(meeting.starts, language)
    return f"{starts}–{clock_time(meeting.ends, language)}" if meeting.end_said else starts


def theme_name(theme: Theme | None, language: str) -> str:
    """Return `Stap 4: title`, `Stap 4`, the title alone, or nothing."""
    if theme is None:
        return ""
    if theme.step is None:
        return theme.title
    _ = gettext_in(language)
    if not theme.title:
        return _("Stap %(step)s", step=theme.step)
    return _("Stap %(step)s: %(title)s", step=theme.step, title=theme.title)


def where(place: Place | None, listing: Listing, language: str) -> str:
    """Return the place in one line, as far as it may be seen: `De Linde, Lindengracht 93, …`."""
    _ = gettext_in(language)
    if place is None:
        return _("Locatie volgt")
    if place.kind is Kind.ONLINE:
        return _("Online")
    parts = [place.name, place.address] if not place.hidden else [place.town or listing.town]
    line = ", ".join(part for part in parts if part)
    if place.kind is Kind.BOTH:
        return _("%(place)s (ook online)", place=line) if line else _("Online en in een zaal")
    return line or _("Adres bij de contactpersoon")


@KEPT
def language_name(code: str, language: str) -> str:
    """Return `Nederlands` for `nl`; the code itself when no name is known."""
    try:
        return Locale.parse(code).get_language_name(known(language)) or code
    except (UnknownLocaleError, ValueError):
        return code
