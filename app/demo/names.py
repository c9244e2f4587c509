"""Names of the demo: buildings, streets and people that are plainly made up."""

import random

BUILDINGS = (
    "Buurthuis De Kring", "Dorpshuis De Brug", "Wijkcentrum Het Anker", "De Twaalf Stoelen",
    "Kerkzaal De Lantaarn", "Huis van de Buurt", "Gemeenschapshuis De Kom", "Het Theehuis",
    "Parochiezaal Het Kompas", "Inloophuis De Deur", "Speeltuinhuis De Wip", "Zaal De Lindeboom",
    "Ontmoetingskerk De Ark", "Het Koetshuis", "Leeszaal De Bladwijzer", "Cultuurhuis De Klok",
)  # fmt: skip

STREETS = (
    "Stoelenstraat", "Kringlaan", "Koffiekade", "Theelichtpad", "Tafelweg", "Lampionplein",
    "Luisterlaan", "Stiltestraat", "Rondetafelplein", "Beurtlingsweg", "Kapstokstraat",
    "Sleutelhofje", "Stappenpad", "Vergeetmenietlaan", "Morgenweer", "Dagvoordagstraat",
)  # fmt: skip

DIRECTIONS = (
    "",
    "De groene deur naast de fietsenrekken.",
    "Bel aan bij “zaal 2”, dan komt iemand je halen.",
    "Achterom, langs de speeltuin.",
    "Eerste verdieping; de lift is links.",
    "",
)

QUARTERS = (
    "Oost", "West", "Noord", "Zuid", "Centrum", "Haven", "Zandpad", "Molenwijk", "Stationsbuurt",
    "Rivierenbuurt", "Vogelbuurt", "Bloemenbuurt", "Vinkhof", "Kerkpolder", "Lindenhof",
    "Oude Dorp", "Binnenstad", "Parkzijde", "De Hoef", "Westeinde",
)  # fmt: skip

THINGS = (
    "De Brug", "De Lantaarn", "De Vuurtoren", "Het Anker", "De Oever", "De Drempel", "De Haven",
    "Nieuw Begin", "Twaalf om Tafel", "De Kring", "De Open Deur", "Vandaag", "De Kachel",
    "Stap voor Stap", "De Veerpont", "Het Baken",
)  # fmt: skip

DESCRIPTIONS = (
    "Een kleine kring. Kom gerust een keer langs; je hoeft niets te zeggen.",
    "We lezen een stukje en vertellen om de beurt. De koffie staat klaar.",
    "Je bent welkom zoals je bent. Kom je voor het eerst? Kom dan een kwartier eerder.",
    "Ieder vertelt om de beurt. We luisteren; we reageren niet op elkaar.",
    "",
)

DAYS = ("Maandag", "Dinsdag", "Woensdag", "Donderdag", "Vrijdag", "Zaterdag", "Zondag")

ALIASES = (
    "Aardbei", "Bas", "Bever", "Bo", "Cas", "Dee", "Duin", "Esmee", "Fien", "Fladder", "Gijs",
    "Hanna", "Hert", "Ilse", "Jip", "Joris", "Kees", "Koe", "Lente", "Lot", "Maan", "Mies", "Nel",
    "Noor", "Otter", "Pien", "Pluis", "Quint", "Rik", "Roos", "Saar", "Sterre", "Teun", "Tijm",
    "Uil", "Vera", "Vlinder", "Wies", "Yara", "Zeeman",
)  # fmt: skip

WOMEN = (
    "Annet", "Corrie", "Elly", "Greet", "Ineke", "Katja", "Marga", "Paula", "Ria", "Tineke",
)  # fmt: skip
CONTACTS = (
    *WOMEN, "Bram", "Dirk-Jan", "Frits", "Henk", "Jaap", "Leo", "Niek", "Ortwin", "Sjoerd", "Wim",
)  # fmt: skip


def evening(weekday: int, hour: int) -> str:
    """Return `Maandagavond`, `Zaterdagochtend`: the day and the part of it."""
    part = "ochtend" if hour < 12 else "middag" if hour < 18 else "avond"
    return DAYS[weekday - 1] + part


def group_name(rng: random.Random, weekday: int, hour: int) -> str:
    """Return a name as groups have them: after an evening, a neighbourhood, or a hope."""
    return rng.choice(
        (
            f"{evening(weekday, hour)} {rng.choice(QUARTERS)}",
            rng.choice(QUARTERS),
            rng.choice(THINGS),
            f"{rng.choice(THINGS)} {rng.choice(QUARTERS)}",
        )
    )


def phone(number: int) -> str:
    """Return a number in 06 0…, a range that is given to nobody: it cannot ring."""
    return f"+3160{number % 10_000_000:07}"
