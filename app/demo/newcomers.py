"""What each fellowship of the demo tells newcomers about a meeting, in our words."""

_CALL = "Wie kan ik bellen?"
_BRING = "Mag ik iemand meenemen?"
_COST = "Wat kost het?"
_SPEAK = "Moet ik iets vertellen?"

_COMMON = {
    _CALL: "De contactpersoon, onder “Vragen?”. Die is zelf ook een keer voor het eerst gekomen.",
    _BRING: "De eerste keer mag er iemand met je mee. Bel wel even, dan weten we het.",
    _COST: "Niets. Er gaat een pot rond voor koffie en huur. Geven hoeft niet.",
    _SPEAK: "Nee. Ieder vertelt om de beurt, en niemand reageert. Zeg je “ik luister vandaag”, "
    "dan is dat goed.",
}
_OWN = {
    "aa": {
        _SPEAK: "Nee. Je noemt alleen je voornaam, als je wilt. Daarna vertelt ieder om de beurt."
    },
    "na": {_COST: "Niets. Er gaat een mandje rond. De eerste keer laat je het gewoon voorbijgaan."},
    "ca": {_CALL: "De contactpersoon, onder “Vragen?”. Ook ’s avonds."},
    "buitenveldert": {
        _BRING: "Liever niet. Het is een vaste kring. Bel eerst, dan spreken we iets af.",
        _SPEAK: "Nee. De gespreksleider begint, en je bent pas aan de beurt als je dat wilt.",
    },
    "intact": {_BRING: "Ja, je partner of een vriend mag de eerste avond mee."},
    "agog": {
        _BRING: "Ja. Wie met je leeft, mag altijd mee.",
        _COST: "Niets. Er staat geen pot op tafel: geld blijft hier buiten.",
    },
    "al-anon": {
        _SPEAK: "Nee. Je mag komen zitten en luisteren. Het gaat over jou, niet over de ander."
    },
    "lsovd": {
        _CALL: "De gastouder, onder “Vragen?”. Dat is een ouder die hetzelfde heeft meegemaakt.",
        _BRING: "Ja, de andere ouder is ook welkom. Je kind komt niet mee.",
    },
    "cokevanjou": {
        _BRING: "Ja, iemand die ook van hem of haar houdt. Wie zelf gebruikt, komt niet mee."
    },
    "stay-clean": {
        _SPEAK: "Nee. We lezen een kort stuk en zijn even stil. Daarna vertelt wie dat wil. Bidden hoeft niet."
    },
    "jonge-kring": {_CALL: "De contactpersoon, onder “Vragen?”. Een berichtje sturen mag ook."},
    "tienertafel": {
        _BRING: "Ja, neem een vriend of vriendin mee.",
        _CALL: "De contactpersoon, onder “Vragen?”. Een berichtje sturen mag ook.",
    },
    "vrouwenkring": {_BRING: "Ja, een vriendin. Je kinderen mogen ook mee; er is speelgoed."},
    "dubbelspoor": {
        _BRING: "Ja. Je begeleider of iemand die je vertrouwt mag mee, zo vaak je wilt.",
        _SPEAK: "Nee. Wordt het te druk in je hoofd, dan mag je even naar buiten.",
    },
}


def newcomers_text(slug: str) -> str:
    """Return a fellowship's questions and answers, as domain/newcomers.py reads them."""
    answers = _COMMON | _OWN.get(slug, {})
    return "\n\n".join(f"{question}\n{answer}" for question, answer in answers.items())
