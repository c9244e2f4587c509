"""The words by which lists say things aside, Dutch, English and German, as patterns."""

import re

from app.domain.themes import LAST
from app.formats.lists.prose.names import PART_OF_MONTH, months, names_of, weekdays


def _any(*words: str) -> re.Pattern[str]:
    either = "|".join(words).replace("geen", "g[eé][eé]n")
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


_MEETING = r"(?:meetings?|bijeenkomst(?:en)?|groep(?:savond)?|vergadering(?:en)?|avond|samenkomst(?:en)?|treffen|gruppe)"
_FOR_NOW = (
    r"tijdelijk|voorlopig|vooralsnog|momenteel|op dit moment|even|tot (?:nader order|nader bericht|verdere berichtgeving)"
    r"|temporarily|currently|for now|until further notice|till further notice"
    r"|vorübergehend|derzeit|zurzeit|zur zeit|momentan|bis auf weiteres"
)
NO_MEETING = _any(
    rf"(?:is er |er is |zijn er )?(?:dan )?geen (?:\w+[- ])?{_MEETING}",
    rf"(?:{_MEETING} )?(?:gaat|gaan) (?:dan |\w+ )?niet (?:door|plaatsvinden)",
    r"(?:komt te )?verval(?:t|len)|vervalt", r"valt (?:dan )?uit", r"afgelast", r"geannuleerd",
    r"wij zijn er (?:dan )?niet", r"kom(?:en|t) (?:we |wij |de groep )?(?:dan )?niet (?:bij elkaar|bijeen|samen)",
    r"niet (?:op|tijdens|gedurende)", r"sla(?:an|at) (?:we |wij )?over", r"wordt overgeslagen", r"we skip", r"not (?:on|during)",
    r"nicht (?:am|während)", r"behalve(?: op)?", r"m\.?u\.?v\.?", r"uitgezonderd",
    r"there (?:is|will be) no (?:\w+ )?meetings?", r"no (?:\w+ )?meetings?(?: on)?", r"cancell?ed",
    r"(?:(?:meetings? )?(?:will|does|do|did|is|are) not (?:be )?(?:meet|take place|held))", r"(?:won't|doesn't|don't) meet", r"not meeting",
    r"except(?: on)?", r"kein(?:e)? (?:\w+[- ])?(?:meetings?|treffen|gruppe)", r"entf[äa]llt", r"f[äa]llt (?:[\w.]+ )*aus",
    r"nicht statt", r"abgesagt", r"außer(?: am)?",
)  # fmt: skip
SHUT = _any(
    r"(?:zijn (?:we|wij) |is )?gesloten(?! (?:meeting|bijeenkomst|groep|karakter|deur))", r"(?:zijn (?:we|wij) |is )?dicht",
    r"(?:zomer|winter|kerst)(?:sluiting|stop|reces)", r"met (?:zomer)?(?:vakantie|reces)", r"ligt stil", r"stopt",
    r"(?:we are |is )?closed(?! (?:meeting|group|captions?))", r"on (?:summer )?break", r"(?:ist )?geschlossen(?!e)",
    r"sommerpause", r"winterpause",
)  # fmt: skip
PAUSED = _any(
    rf"(?:{_FOR_NOW})(?:[ ,]+\w+){{0,2}}?[ ,]+(?:gesloten|dicht|gestopt|stop(?:gezet)?|niet|geen (?:fysieke )?(?:meetings?|bijeenkomst(?:en)?)|closed|suspended|paused|on hold|not meeting|no (?:in[- ]person )?meetings?|geschlossen|ausgesetzt|kein(?:e)? (?:meetings?|treffen|gruppe)|nicht statt)",
    rf"(?:gesloten|dicht|gestopt|closed|suspended|paused|on hold|geschlossen|ausgesetzt)[ ,]+(?:{_FOR_NOW})",
    rf"geen (?:meetings?|bijeenkomst(?:en)?)[ ,]+(?:{_FOR_NOW})", rf"no meetings?[ ,]+(?:{_FOR_NOW})",
    r"(?:ligt|staat) (?:tijdelijk |even )?(?:stil|on hold)", r"on hiatus", r"gaat (?:voorlopig|tijdelijk) niet door",
)  # fmt: skip
RESUMES = _any(
    r"(?:gaat |is |zijn (?:we|wij) )?weer (?:open|van start|begonnen|gestart|live|fysiek|bij elkaar|meeting(?:s)?|terug)",
    r"(?:starten?|beginnen?|gaan|start) (?:\w+ )?weer", r"hervat(?:ten)?", r"heropent", r"wordt hervat",
    r"re-?opens?(?:ing)?", r"resum(?:es|ing|e)", r"(?:starts|starting|open|meeting) again", r"back (?:open|on)",
    r"wieder (?:geöffnet|offen|statt|los|da|ab)", r"wieder", r"beginnt wieder",
)  # fmt: skip
ELSEWHERE = _any(
    r"(?:tijdelijk |eenmalig |op (?:een|'n) )*(?:ander[e]?|nieuwe?|alternatieve?) (?:tijdelijke? )?(?:locatie|adres|zaal|plek|ruimte|plaats|gebouw)",
    r"(?:tijdelijke|vervangende|uitwijk)[ -]?(?:locatie|adres|zaal|plek|ruimte)", r"elders", r"uitwijken naar",
    r"wijk(?:t|en) (?:we |wij )?uit", r"(?:zitten (?:we|wij)|(?:we|wij) (?:zijn|zitten|komen) dan) (?:dan )?(?:in|bij|op)", r"(?:tijdelijk|eenmalig|voorlopig|deze week) (?:verhuisd|verplaatst)(?: naar)?",
    rf"(?:tijdelijk|eenmalig) (?:op|in|bij|aan) (?:de |het )?(?!(?:{names_of(weekdays())}|{names_of(months())})\b)(?-i:[A-Z])\w+", r"verhuisd naar",
    r"(?:another|other|different|alternate|alternative|temporary|new) (?:location|venue|room|address|place|building)",
    r"temporarily (?:at|in|moved|meeting at)", r"(?:ander(?:er|en|e[ms])?|neue[rn]?|alternative[rn]?) (?:ort|raum|adresse|räum\w+)",
    r"(?:ausweich|ersatz)(?:ort|raum|adresse|quartier)\w*", r"vorübergehend (?:in|im|bei)", r"woanders", r"verlegt",
)  # fmt: skip
ONLINE = _any(
    rf"(?:{_FOR_NOW})(?:[ ,]+\w+){{0,2}}?[ ,]+(?:online|via zoom|per zoom|op zoom|on zoom)",
    rf"(?:alleen |nur |only )?(?:online|zoom)[ ,]+(?:{_FOR_NOW})",
)  # fmt: skip
ONLINE_THEN = re.compile(
    r"(?!.{0,30}\b(?:ook|also|auch|weer|again|wieder|niet|not|nicht)\b)[^.;!?]{0,30}?\b(?:online|(?:via|per|op|on|über) zoom)\b",
    re.IGNORECASE,
)
"""Behind days."""
SIGNING_UP = re.compile(r"aanmeld|inschrij|opgeven|registr|sign up|rsvp|anmeld", re.IGNORECASE)
MOVED = _any(
    r"verzet(?: naar)?", r"verplaatst(?: naar)?", r"verschoven(?: naar)?", r"i\.?p\.?v\.?", r"in plaats van", r"eenmalig",
    r"rescheduled(?: to)?", r"moved to", r"instead of", r"verschoben(?: auf)?", r"anstatt", r"statt um",
    r"schui(?:ft|ven) (?:\w+ ){0,5}(?:op|door)", r"begin(?:t|nen) (?:we |wij )?(?:dan )?(?:pas )?om", r"andere tijd", r"different time", r"andere uhrzeit", r"we start at", r"starts at", r"beginnt um",
)  # fmt: skip
UNTIL = re.compile(r"(?:\btot|\buntil|\btill?)\s+(?:aan\s+|en\s+)?$", re.IGNORECASE)
FROM = re.compile(
    r"(?:\bvanaf|\bper|\bfrom|\bas of|\bstarting|\bsinds|\bab|\bseit)\s+(?:de\s+|the\s+|dem\s+)?$",
    re.IGNORECASE,
)
TO_END = re.compile(
    r"(?:\s*(?:tot(?: en met)?|t/m|until|till?|bis(?: zum)?|through|to)\s+)$", re.IGNORECASE
)
HOLIDAYS = _any(
    rf"(?:{PART_OF_MONTH})[ -](?:van |of )?(?:{names_of(months())})",
    rf"(?:eerste|laatste|tweede|first|last|second|erste[nr]?|letzte[nr]?) (?:\w+ )?(?:week|weken|weeks?|woche[n]?) (?:van|of|in|im) (?:{names_of(months())})",
    r"(?:school|zomer|kerst|herfst|mei|voorjaars)?vakanties?", r"feestdagen", r"zomermaanden", r"zomer",
    r"(?:school|public|bank|summer|christmas|easter)[ -](?:holidays?|vacations?|break)", r"holidays",
    r"(?:schul|sommer|winter|weihnachts|oster|herbst)?ferien", r"feiertage[n]?", r"kerst", r"pasen", r"pinksteren", r"hemelvaart(?:sdag)?",
)  # fmt: skip

_ORDINALS = {
    1: "1e|1ste|1st|1\\.|eerste|first|erste[rnms]?", 2: "2e|2de|2nd|2\\.|tweede|second|zweite[rnms]?",
    3: "3e|3de|3rd|3\\.|derde|third|dritte[rnms]?", 4: "4e|4de|4th|4\\.|vierde|fourth|vierte[rnms]?",
    5: "5e|5de|5th|5\\.|vijfde|fifth|fünfte[rnms]?", LAST: "laatste|last|letzte[rnms]?",
}  # fmt: skip
_ORDINAL = "(?:" + "|".join(_ORDINALS.values()) + ")"
_OR = r"\s*(?:,|/|&|\+|\ben\b(?:\s+de\b)?|\band\b(?:\s+the\b)?|\bund\b(?:\s+der\b|\s+die\b)?)\s*"
_OF_MONTH = r"(?:\s*(?:in|van|of|per|des|im|v/d|vd|v\.d\.)\s*(?:de|het|elke|iedere|each|every|the|a|jeden|jedem)?\s*(?:maand|month|monats?))"
_DAYPART = r"(?:avond|ochtend|middag|abend|nachmittag)?"
_EVERY = r"(?:(?:op|on|am|an|in|elke|elk|iedere|ieder|de|the|every|each|jede[nrms]?|der|die|den|immer|altijd|always|is)\s+)*"
NTH = re.compile(
    rf"(?<![\w.])(?P<every>{_EVERY})(?P<nths>{_ORDINAL}(?:{_OR}{_ORDINAL})*)\s+"
    rf"(?:(?P<weekday>{names_of(weekdays())}){_DAYPART}s?\b|(?P<week>week|woche)\b|(?:meeting|bijeenkomst|avond|treffen)(?={_OF_MONTH}))"
    rf"(?P<of>{_OF_MONTH})?",
    re.IGNORECASE,
)
WEEK_NUMBER = re.compile(
    rf"(?<!\w)(?:week|woche)\s?(?P<nths>[1-5](?:{_OR}[1-5])*)(?:\s*[.:=\-–]+\s*|\s+)(?=[^\W\d_]|')",
    re.IGNORECASE,
)
WEEK_OF_SOME = re.compile(
    rf"(?<!\w)(?:(?:week|woche)\s?[1-5]|{_ORDINAL}(?:{_OR}{_ORDINAL})*\s+(?:week|woche))\b",
    re.IGNORECASE,
)
TO_WEEKDAY = re.compile(
    rf"\b(?:naar|to|auf|wordt|dan op)\s+(?:de\s+|den\s+)?(?P<weekday>{names_of(weekdays())})\b",
    re.IGNORECASE,
)
ONLY = re.compile(
    r"(?<!\w)(?:alleen|slechts|enkel|uitsluitend|only|nur|ausschließlich)\s+(?:nog\s+)?(?:open\s+|meeting\s+)?$",
    re.IGNORECASE,
)
NOT_THESE = re.compile(
    r"\b(?:je|jouw|uw|mijn|my|your|dein|deine|vorige|the very|sinds de|since the)\s+$",
    re.IGNORECASE,
)
FILLER = re.compile(
    rf"(?:\b(?:deze|dit|onze|wij|we|is|er|een|a|the|this|our|meets?|vindt|plaats|findet|statt|takes|place|komt|komen|bijeen|bij|elkaar|samen"
    rf"|groep|group|gruppe|om|at|um|van|tot|from|to|uur|uhr|pm|am|alleen|only|nur|maandelijks\w*|monthly|monatlich\w*|de|het|das|die|op|on|er is)\b|{_MEETING}\b|\d{{1,2}}[.:]\d\d|[\s.,:;!()\-–*'\"])*",
    re.IGNORECASE,
)
CAPACITY = re.compile(
    r"(?<!\w)(?:(?P<max>max(?:imaal|imum|imal|\.)?|hoogstens|ten hoogste|höchstens)|(?:beperkt tot|limited to|no more than|niet meer dan|(?:er is )?(?:plaats|plek|ruimte) voor|room for|space for|platz für|begrenzt auf|beschränkt auf))"
    r"\s*(?P<noun>aantal\s+(?:personen|deelnemers|bezoekers|mensen)|(?:number of|capacity|capaciteit|anzahl)\s*(?:people|attendees|participants|teilnehmer)?)?\s*(?:van|of|is|von|[:=])?\s*"
    r"(?P<number>\d{1,3})(?![\d.,:]\d|\d|\s*(?:e\b|ste\b|de\b|th\b|[x%]))\s*"
    r"(?P<of>personen|persoon|pers\.?|deelnemers?|bezoekers?|mensen|man\b|plaatsen|plekken|zitplaatsen|stoelen|people|persons|participants|attendees|seats|teilnehmer\w*|leute|plätze|leden|members)?"
    r"(?P<unit>\s*(?:min|uur|u\b|euro|€|km|m\b|m2|weken|week|dagen|keer|maal|times|hours?|weeks|days|minutes|x\b|vragen|woord|stunden?|mal|jaar|years|pagina|pages))?",
    re.IGNORECASE,
)
CLOCK = re.compile(
    r"(?:\bom|\bat|\bum|\bvanaf|\bnaar)\s+(\d{1,2})(?:[.:](\d\d))?\s*(uur|u\b|h\b|uhr|am|pm)?",
    re.IGNORECASE,
)
REASON = re.compile(
    r"\s*[,:]?\s*(?:wegens|i\.?v\.?m\.?|vanwege|in verband met|door|due to|because of|wegen|aufgrund)\b[^()|;\n]*",
    re.IGNORECASE,
)
LEAD = re.compile(r"(?:(?:let op|nb|n\.b\.|attentie|attention|note|achtung|nieuws|update)\s*[:!]*\s*|[(\[*!|:;,–\-]\s*|\b(?:op|on|am|in|im|van|from|vom|de|is|zijn|wij|we|vanaf|per|ab)\s+)+$", re.IGNORECASE)  # fmt: skip
TRAIL = re.compile(r"^(?:\s*[)\]*!.]|\s*[,;|:–\-](?=\s|$))+")


def nths_in(text: str) -> tuple[int, ...]:
    """Return which weeks of the month ordinals or numbers say."""
    found = [
        number
        for part in re.split(_OR, text, flags=re.IGNORECASE)
        for number, words in _ORDINALS.items()
        if re.fullmatch(words, part.strip(), re.IGNORECASE) or part.strip() == str(number)
    ]
    return tuple(dict.fromkeys(found))
