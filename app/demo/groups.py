"""The groups that are in every demo: each kind of group there can be, at least once."""

from dataclasses import dataclass

from app.domain.head_count import MORE
from app.domain.listing import Audience, Feature, Subject
from app.domain.meeting import Status
from app.domain.place import Kind, Visibility
from app.domain.seating import SEATS, Seating
from app.domain.slot import MINUTES
from app.domain.zones import HOME


@dataclass(frozen=True)
class DemoGroup:
    """One group, as the demo tells it; days and weeks count from today."""

    fellowship: str
    name: str
    postcode: str = ""
    """Four digits, for town, province and position; empty for a group that is only online."""
    weekday: int = 1
    start: str = "19:30"
    minutes: int = MINUTES
    status: Status = Status.ACTIVE
    status_days: int = 420
    first_week: int = -60
    has_slot: bool = True
    seating: Seating = Seating.SEATS_ITSELF
    capacity: int = SEATS
    named: int = 5
    unnamed: int = 0
    waiting: int = 0
    kind: Kind | None = Kind.BUILDING
    """None: no place is known yet."""
    building: str = ""
    """Groups with the same building in the same town share the house."""
    visibility: Visibility = Visibility.WHOLE
    join_is_public: bool = False
    themes: str = "rotation"
    subject: Subject | None = None
    audience: Audience | None = None
    """None for both: the fellowship's."""
    language: str = "nl"
    zone: str = HOME.key
    is_open: bool = False
    features: tuple[Feature, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    """What kind of meeting it is, as lists say it."""
    confirmed: int | None = 10
    counts: tuple[int | None, ...] = ()
    """How many came in the weeks before this one, the latest first; None was not counted."""
    agreed: int = 1
    asked: int = 0
    listed: bool = True
    may_be_indexed: bool = True
    imported: bool = False
    former: str = ""
    description: str = ""


PREPARING, PAUSED, CLOSED = Status.PREPARING, Status.PAUSED, Status.CLOSED
WELCOMES, BY_CONTACT, WALK_IN = Seating.WELCOMES, Seating.BY_CONTACT, Seating.WALK_IN
ONLINE, BOTH = Kind.ONLINE, Kind.BOTH
TOWN, NOTHING = Visibility.TOWN, Visibility.NOTHING
WHEELCHAIR, TOILET = Feature.WHEELCHAIR, Feature.ACCESSIBLE_TOILET
G = DemoGroup

FEATURED = (
    G("aa", "Maandagavond Oost", "1093", 1, named=8, waiting=0, features=(WHEELCHAIR, TOILET),
      building="Buurthuis De Kring", confirmed=3, counts=(None, 9, 11, 8, 12, 10, 9, 7), agreed=2,
      former="oost-aan-de-kade",
      description="Een vaste kring in Oost. Kom gerust een keer langs; je hoeft niets te zeggen."),
    G("aa", "Donderdagavond Oost", "1093", 4, "20:00", named=10, unnamed=2, waiting=3,
      building="Buurthuis De Kring", confirmed=62, counts=(12, MORE, 12, 11, 12, 10), agreed=2, features=(WHEELCHAIR,)),
    G("na", "Stap voor Stap", "3021", 2, "20:00", 90, seating=WELCOMES, named=6, is_open=True,
      building="Wijkcentrum Het Anker", themes="month", asked=1),
    G("al-anon", "De Drempel", "3511", 3, "19:30", 90, seating=BY_CONTACT, named=7,
      visibility=TOWN, confirmed=120, building="Inloophuis De Deur"),
    G("stay-clean", "Morgenrood Assen", "9401", status=PREPARING, status_days=20, kind=None,
      has_slot=False, named=3, confirmed=20, description="We zoeken nog een zaal, en een dag."),
    G("stay-clean", "De Ark Middelburg", "4331", 2, status=PREPARING, status_days=35, kind=None,
      first_week=3, named=4, confirmed=15),
    G("stay-clean", "Nieuw Begin Urk", "8321", 5, "20:00", status=PREPARING, status_days=50,
      first_week=2, named=5, building="Kerkzaal De Lantaarn", seating=WELCOMES),
    G("stay-clean", "De Veerpont", "3262", status=PREPARING, status_days=6, kind=None,
      has_slot=False, named=0, unnamed=1, confirmed=6, agreed=0, asked=1),
    G("aa", "English Speaking Sunday", "1071", 7, "11:00", 60, language="en", is_open=True,
      seating=WALK_IN, named=0, unnamed=9, themes="none", confirmed=30,
      description="An English speaking meeting in the south of the city. All are welcome."),
    G("aa", "Wieczór w Eindhoven", "5611", 6, "18:00", 90, language="pl", named=5, confirmed=45,
      building="Buurtkamer De Linde",
      description="Spotkanie po polsku. Zapraszamy."),
    G("aa", "Avond in Toronto", "", 3, "19:00", 60, kind=ONLINE, zone="America/Toronto", named=6,
      join_is_public=True, themes="none", confirmed=60,
      description="Voor Nederlanders in Canada; de tijden zijn die van Toronto."),
    G("na", "Maasoever", "3011", 5, "19:30", 90, named=12, waiting=5, building="Zaal De Lindeboom"),
    G("na", "Nachtlicht", "", 7, "23:15", 60, kind=ONLINE, join_is_public=True, named=11,
      confirmed=9, is_open=True),
    G("na", "Clean in de Kop", "1781", 4, kind=BOTH, named=4, confirmed=200, themes="none"),
    G("na", "Het Baken", "8232", 1, "20:00", 75, seating=WALK_IN, named=0, unnamed=4, imported=True,
      confirmed=None, agreed=0, is_open=True),
    G("na", "Nijmegen Vandaag", "6511", 6, "10:30", 90, named=9, capacity=10, confirmed=380),
    G("ca", "De Lantaarn", "2511", 2, "20:00", 60, named=7, visibility=NOTHING,
      building="Huis van de Buurt"),
    G("ca", "Binnenstad", "3512", 4, "19:00", 60, seating=WALK_IN, named=0, unnamed=12,
      imported=True, confirmed=None, agreed=0),
    G("ca", "De Kade", "4811", 5, "20:30", 75, named=3, status=PAUSED, status_days=10,
      confirmed=10),
    G("buitenveldert", "Zuid 1", "1081", 1, "20:00", named=12, waiting=1, seating=WELCOMES,
      building="De Twaalf Stoelen"),
    G("buitenveldert", "Zuid 2", "1081", 2, "20:00", named=8, unnamed=1, seating=WELCOMES,
      building="De Twaalf Stoelen", confirmed=95),
    G("buitenveldert", "Laren", "1251", 3, "19:30", named=6, visibility=TOWN, confirmed=20),
    G("intact", "Zwolle Centrum", "8011", 2, "19:30", named=7, building="Cultuurhuis De Klok"),
    G("intact", "Zwolle Wijde Kring", "8011", 4, "19:30", named=2, building="Cultuurhuis De Klok",
      capacity=8),
    G("intact", "Apeldoorn", "7311", 1, "19:00", 90, named=4, seating=BY_CONTACT, confirmed=170),
    G("intact", "Heerlen Woensdag", "6411", 3, named=1, confirmed=410, themes="none"),
    G("agog", "Utrecht aan tafel", "3521", 3, "20:00", named=8, themes="none",
      description="Spelers en wie met hen leeft zitten hier in één kring."),
    G("agog", "Enschede", "7511", 1, "20:00", named=5, confirmed=75, kind=BOTH),
    G("agog", "Partners in Breda", "4812", 2, "20:00", named=3, audience=Audience.RELATIVES,
      seating=BY_CONTACT),
    G("agog", "Winschoten", "9671", 4, "19:30", named=2, status=CLOSED, status_days=30,
      confirmed=60),
    G("al-anon", "Leeuwarder Kring", "8911", 2, "19:30", 90, named=6, themes="rotation"),
    G("al-anon", "Zaterdag in Haarlem", "2011", 6, "10:00", 60, imported=True, seating=WALK_IN, named=0,
      unnamed=4, confirmed=None, agreed=0, asked=2),
    G("al-anon", "Lunch online", "", 5, "12:15", 60, kind=ONLINE, named=9, join_is_public=False),
    G("al-anon", "Haarlem Zaterdag", "2011", 6, "10:00", 60, seating=WALK_IN, named=0, unnamed=7,
      features=(Feature.HEARING_LOOP, WHEELCHAIR), is_open=True),
    G("lsovd", "Ouders in Groningen", "9711", 1, "20:00", named=9, themes="none"),
    G("lsovd", "Ouders in Den Bosch", "5211", 3, "20:00", named=12, waiting=2, themes="none",
      visibility=TOWN),
    G("lsovd", "Ouders online", "", 2, "20:30", 90, kind=ONLINE, named=5, themes="none"),
    G("cokevanjou", "Amersfoort", "3811", 4, "19:30", named=6, themes="month"),
    G("cokevanjou", "Maastricht", "6211", 2, "19:30", named=4, visibility=NOTHING, confirmed=110),
    G("cokevanjou", "Emmen", "7811", 5, status=PREPARING, status_days=14, first_week=5, kind=None,
      named=2),
    G("stay-clean", "De Kandelaar", "3771", 1, "19:45", named=10, seating=WELCOMES,
      building="Ontmoetingskerk De Ark", features=(WHEELCHAIR, Feature.CHILDCARE)),
    G("stay-clean", "Twaalf om Tafel", "7411", 3, "19:30", named=7, confirmed=100,
      codes=(("", "LOFZANG"), ("AA", "ST"))),
    G("stay-clean", "Veenendaal Zuid", "3905", 2, "19:30", named=12, waiting=0),
    G("stay-clean", "Gorinchem", "4201", status=PREPARING, status_days=90, kind=None,
      has_slot=False, named=6, waiting=0, confirmed=90),
    G("jonge-kring", "Jong in Leiden", "2311", 4, "19:00", 90, named=7, seating=BY_CONTACT,
      visibility=TOWN),
    G("jonge-kring", "Jong in Tilburg", "5011", 2, "19:00", 90, named=4, seating=BY_CONTACT),
    G("tienertafel", "Na school", "1315", 3, "16:00", 60, named=6, seating=BY_CONTACT,
      visibility=NOTHING, capacity=8, subject=Subject.OTHER, may_be_indexed=False),
    G("tienertafel", "Woensdag in Hoogeveen", "7901", 3, "15:30", 60, named=3, seating=BY_CONTACT,
      capacity=6, visibility=TOWN),
    G("vrouwenkring", "Vrouwen in de Vogelbuurt", "6812", 4, "10:00", 90, named=8, visibility=TOWN,
      features=(Feature.CHILDCARE, Feature.FRAGRANCE_FREE)),
    G("vrouwenkring", "Vrouwen online", "", 1, "20:30", 60, kind=ONLINE, named=10),
    G("dubbelspoor", "Spoor Eindhoven", "5612", 6, "17:00", 90, named=5, confirmed=180,
      building="Buurtkamer De Linde"),
    G("dubbelspoor", "Spoor Den Haag", "2512", 2, "13:30", 75, named=6, seating=BY_CONTACT,
      features=(WHEELCHAIR, TOILET, Feature.SIGN_LANGUAGE)),
    G("aa", "Terneuzen", "4531", 2, "20:00", 60, imported=True, seating=WALK_IN, named=0, unnamed=5,
      confirmed=None, agreed=0, is_open=True, themes="none"),
    G("aa", "Vlieland", "8899", 6, "17:00", 60, audience=Audience.LGBTQ, imported=True, seating=WALK_IN, named=0, unnamed=0,
      confirmed=None, agreed=0, themes="none", former="eilandgroep"),
    G("aa", "Roermond Vroeg", "6041", 7, "09:00", 60, named=2, status=CLOSED, status_days=130,
      confirmed=200),
    G("aa", "Sneek", "8601", 1, "19:30", 90, named=7, status=PAUSED, status_days=40, confirmed=40),
    G("aa", "Veendam", "9641", 3, "19:30", named=0, listed=False, confirmed=12),
    G("aa", "Zutphen", "7201", 5, "19:30", 90, named=6, themes="month", confirmed=89,
      audience=Audience.MEN),
    G("aa", "Lelystad Haven", "8243", 4, "19:30", named=3, kind=None, confirmed=91, asked=1),
    G("na", "De Oever", "7941", 2, "19:30", 90, named=5, first_week=-8, confirmed=2),
)  # fmt: skip
"""Sixty of them. The first three belong to the people in people.py, so that a small demo has them."""
