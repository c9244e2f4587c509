"""The fellowships of the demo: real organisations by name, described in our words.

Their websites are made up, and stand under `.example`.
"""

from dataclasses import dataclass

from app.domain.listing import Audience, Subject


@dataclass(frozen=True)
class DemoFellowship:
    slug: str
    name: str
    identity: str
    colour: str
    subject: Subject
    audience: Audience = Audience.EVERYONE
    full_name: str = ""
    closed_words: str = ""
    in_english: tuple[tuple[str, str], ...] = ()
    """The same three texts, by name."""
    under_sixteen: bool = False
    coordinator_word: str = ""
    sponsor_word: str = ""
    titles: tuple[tuple[str, str], ...] = ()
    """Title and question of each of the twelve steps."""
    regions: tuple[tuple[str, str], ...] = ()
    """Name of each, and of what it is drawn."""
    kinds: tuple[tuple[str, str, str], ...] = ()
    """Code of each kind of meeting of its own, and its name in Dutch and English."""


REGIONS = (
    ("Noord", "Groningen, Friesland, Drenthe"),
    ("Oost", "Overijssel, Gelderland, Flevoland"),
    ("Amsterdam", "gemeente Amsterdam"),
    ("West", "Noord-Holland, Zuid-Holland, Utrecht"),
    ("Zuid", "Zeeland, Noord-Brabant, Limburg"),
)


STEPS_IN_OUR_WORDS = (
    ("Het lukt niet meer alleen", "Waaraan merkte je dat je het niet meer in de hand had?"),
    ("Er is hulp", "Wie of wat gaf je voor het eerst weer hoop?"),
    ("Het stuur uit handen", "Wat durf je vandaag aan een ander over te laten?"),
    ("Eerlijk kijken", "Wat zie je als je zonder oordeel terugkijkt?"),
    ("Het uitspreken", "Tegen wie kun je alles zeggen?"),
    ("Bereid zijn", "Welke gewoonte mag van je weg?"),
    ("Vragen om verandering", "Hoe vraag je om hulp bij wat je zelf niet kunt veranderen?"),
    ("Een lijst maken", "Wie heeft last gehad van wat jij deed?"),
    ("Goedmaken", "Wat kun je herstellen zonder een ander opnieuw pijn te doen?"),
    ("Elke dag bijhouden", "Wat ging er vandaag goed, en wat wil je rechtzetten?"),
    ("Stil worden", "Waar vind jij rust?"),
    ("Doorgeven", "Wat gun je iemand die hier voor het eerst komt?"),
)

TITLES_OF_BELIEVERS = (
    ("Leeg en eerlijk", "Wat kun je niet meer dragen?"),
    ("Vertrouwen wagen", "Wat betekent geloven voor jou, vandaag?"),
    ("Je leven in Gods hand", "Wat geef je over, en wat houd je nog vast?"),
    ("In het licht", "Wat mag er gezien worden?"),
    ("Geen geheimen meer", "Wat verandert er als een ander het weet?"),
    ("Klaar om te veranderen", "Waar verlang je naar?"),
    ("Bidden om een nieuw begin", "Waarom is vragen zo moeilijk?"),
    ("Wie heb ik pijn gedaan", "Wie komt er als eerste in je op?"),
    ("De weg terug", "Welke stap zet je deze week?"),
    ("Wakker blijven", "Hoe houd je je dagen schoon?"),
    ("Tijd voor stilte", "Wanneer luister jij?"),
    ("Een ander meenemen", "Wie nam jou mee?"),
)

TITLES_OF_RELATIVES = (
    ("Ik heb het niet veroorzaakt", "Waarvoor gaf jij jezelf de schuld?"),
    ("Er is ook hulp voor mij", "Wanneer vroeg je voor het laatst iets voor jezelf?"),
    ("Loslaten met liefde", "Wat is niet jouw taak?"),
    ("Naar mezelf kijken", "Waar ben je goed in, en waar loop je vast?"),
    ("Mijn verhaal vertellen", "Wat heb je nog nooit gezegd?"),
    ("Oude gewoonten", "Wat doe je uit angst?"),
    ("Vragen mag", "Bij wie kun je terecht?"),
    ("Wie bleef er liggen", "Wie kreeg te weinig van je aandacht?"),
    ("Weer naast elkaar", "Met wie wil je het goedmaken?"),
    ("Mijn grens van vandaag", "Waar zei je nee, of had je dat gewild?"),
    ("Rust in huis", "Wat helpt je om stil te worden?"),
    ("Samen verder", "Wat neem je mee naar morgen?"),
)

FELLOWSHIPS = (
    DemoFellowship(
        "aa",
        "AA",
        "Mensen die willen stoppen met drinken en elkaar daarbij helpen. Je hoeft niets te "
        "betalen en niets te tekenen. Wie wil stoppen, is welkom.",
        "#1f4e8c",
        Subject.ALCOHOL,
        coordinator_word="groepsvertegenwoordiger",
        titles=STEPS_IN_OUR_WORDS,
        regions=REGIONS,
        full_name="Anonieme Alcoholisten",
        closed_words="alleen voor wie zelf wil stoppen met drinken",
        in_english=(
            (
                "identity",
                (
                    "People who want to stop drinking and help each other with it. There is nothing to pay "
                    "and nothing to sign. Whoever wants to stop is welcome."
                ),
            ),
            ("closed_words", "only for people who want to stop drinking themselves"),
        ),
    ),
    DemoFellowship(
        "na",
        "NA",
        "Mensen voor wie drugs een groot probleem zijn geworden. We komen elke week bij elkaar om "
        "clean te blijven. Welk middel het was, maakt niet uit.",
        "#0f5e59",
        Subject.DRUGS,
        coordinator_word="trusted servant",
        titles=STEPS_IN_OUR_WORDS,
        full_name="Narcotics Anonymous",
        closed_words="alleen voor wie zelf wil stoppen met drugs",
        in_english=(
            (
                "identity",
                (
                    "People for whom drugs have become a big problem. We meet every week to stay clean. "
                    "Which drug it was does not matter."
                ),
            ),
            ("closed_words", "only for people who want to stop using drugs themselves"),
        ),
    ),
    DemoFellowship(
        "ca",
        "CA",
        "Voor wie wil stoppen met cocaïne en andere middelen. We delen onze ervaring en kracht; "
        "niemand weet het beter dan een ander.",
        "#7a2e6e",
        Subject.COCAINE,
        full_name="Cocaine Anonymous",
        closed_words="alleen voor wie zelf wil stoppen",
    ),
    DemoFellowship(
        "buitenveldert",
        "Buitenveldertgroepen",
        "Kleine groepen met een vaste kring. Na een behandeling, of zonder: je komt elke week, "
        "luistert en vertelt om de beurt.",
        "#5b6b1f",
        Subject.ADDICTION,
        coordinator_word="gespreksleider",
    ),
    DemoFellowship(
        "intact",
        "Intact",
        "Zelfhulp bij alcohol, drugs of medicijnen. Je bent met mensen die hetzelfde meemaken; "
        "in de groep beslist niemand voor een ander.",
        "#8a4b0f",
        Subject.ADDICTION,
        coordinator_word="groepsbegeleider",
        sponsor_word="maatje",
    ),
    DemoFellowship(
        "agog",
        "AGOG",
        "Voor mensen die te veel gokken, en voor wie met hen leeft. Stoppen begint met aan tafel "
        "gaan zitten.",
        "#9b1c1c",
        Subject.GAMBLING,
        full_name="Anonieme Gokkers en Omgeving Gokkers",
    ),
    DemoFellowship(
        "al-anon",
        "Al-Anon",
        "Voor partners, familie en vrienden van iemand die drinkt. Hier gaat het een avond over "
        "jou.",
        "#2d6f9e",
        Subject.ALCOHOL,
        audience=Audience.RELATIVES,
        titles=TITLES_OF_RELATIVES,
        closed_words="alleen voor wie iemand heeft die drinkt",
    ),
    DemoFellowship(
        "lsovd",
        "LSOVD",
        "Ouders van kinderen die drugs gebruiken. Je hoeft hier niets uit te leggen: de ander kent "
        "het ook.",
        "#4a5d23",
        Subject.DRUGS,
        audience=Audience.RELATIVES,
        coordinator_word="gastouder",
        full_name="Landelijke Stichting Ouders en Verwanten van Drugsverslaafden",
    ),
    DemoFellowship(
        "cokevanjou",
        "CokevanJou",
        "Voor wie houdt van iemand die cocaïne gebruikt: partners, ouders, broers, zussen en "
        "vrienden.",
        "#b0487a",
        Subject.COCAINE,
        audience=Audience.RELATIVES,
    ),
    DemoFellowship(
        "stay-clean",
        "Stay Clean",
        "Christelijke groepen met de twaalf stappen; de Bijbel staat er in het midden. Ze zijn er ook "
        "om terugval te voorkomen. Iedereen die dat respecteert is welkom, wat je ook gelooft.",
        "#c27b0e",
        Subject.ADDICTION,
        coordinator_word="kartrekker",
        sponsor_word="reisgenoot",
        titles=TITLES_OF_BELIEVERS,
        closed_words="voor wie zelf een weg uit zijn verslaving zoekt",
        kinds=(("LOFZANG", "met samen zingen", "with singing together"),),
    ),
    DemoFellowship(
        "jonge-kring",
        "De Jonge Kring",
        "Voor jongeren van 18 tot 27 die willen stoppen of minderen. Met elkaar, zonder preken.",
        "#3f3fa8",
        Subject.ADDICTION,
        audience=Audience.YOUNG,
    ),
    DemoFellowship(
        "tienertafel",
        "De Tienertafel",
        "Voor tieners met iemand thuis die te veel drinkt of gebruikt. Je mag gewoon komen luisteren.",
        "#1f8a5b",
        Subject.OTHER,
        audience=Audience.TEENS,
        under_sixteen=True,
    ),
    DemoFellowship(
        "vrouwenkring",
        "De Vrouwenkring",
        "Vrouwen onder elkaar, over alles wat je wilde verdoven. Kinderen mogen mee.",
        "#a3324f",
        Subject.ADDICTION,
        audience=Audience.WOMEN,
    ),
    DemoFellowship(
        "dubbelspoor",
        "Dubbelspoor",
        "Voor mensen met een verslaving en daarnaast iets anders: angst, depressie, een psychose, "
        "ADHD of autisme. Wie medicijnen gebruikt, is hier gewoon.",
        "#54606b",
        Subject.ADDICTION,
        audience=Audience.DUAL_DIAGNOSIS,
        sponsor_word="buddy",
    ),
)
