"""Finds what should rather not stand in a public text: an address, a handle, a surname, a door's code."""

import re
from enum import StrEnum
from pathlib import Path

_ADDRESS = re.compile(
    r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w.+-])[\w.+-]+(?:\s(?:punt|dot|punkt)\s[\w+-]+)*\s(?:at|apen?staartje|klammeraffe)\s[\w-]+(?:\s(?:punt|dot|punkt)\s[\w-]+)+"
    r"|(?<![\w.+-])[\w.+-]+\s?[\[({]\s?(?:at|apenstaartje)\s?[\])}]\s?[\w-]+(?:\s?(?:\.|[\[({]\s?(?:dot|punt)\s?[\])}])\s?[\w-]+)+",
    re.IGNORECASE,
)
"""Looked for from the start of a word alone, or a long word takes as long as its square."""
_SIGN_OF_ADDRESS = re.compile(r"@|[\[({]\s?[aA]|\s(?:[pP]un[kt]t?|[dD]ot)\s|\s(?:PUNK?T|DOT)\s")
_SIGN_OF_HANDLE = re.compile(r"[@$:=/]")
"""Without such a sign there is none: to look for that is quick, and most texts have none."""
_PAID_WITH = r"venmo|paypal|cash\s?app|zelle|tikkie|bizum|revolut|betaalverzoek"
_REACHED_BY = (
    r"whatsapp|signal|telegram|skype|instagram|insta|facebook|messenger|snapchat|wechat|viber"
)
_HANDLE = re.compile(
    r"\b(?:paypal\.me|tikkie\.me|venmo\.com|cash\.app|wa\.me|t\.me|bunq\.me|m\.me)/[\w@$./?=+-]{2,}"
    r"|(?<![\w@/])@[A-Za-z][\w.-]{2,}"
    r"|(?<![\w$])\$[A-Za-z]\w{2,}"
    rf"|\b(?:{_PAID_WITH}|{_REACHED_BY})\b\s*(?:id|naam|name|handle|account)?\s*[:=]\s*[\w@$.+-]{{3,}}",
    re.IGNORECASE,
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b")
_CODE = re.compile(
    r"\b(?:(?:deur|toegangs|poort|hek|alarm|sleutel(?:kastje|kluis|kast)?|entree|keypad|door|gate|entry|lock|tür|zugangs)[ -]?code"
    r"|code\s+(?:van|voor|of|for|to|der|für)\s+(?:de |het |the |die |das )?(?:deur|toegang|poort|hek|voordeur|entree|ingang|door|gate|entrance|tür))"
    r"\b\s*(?:is|ist|luidt|:|=|-)?\s*#?\d{3,8}(?!\d)",
    re.IGNORECASE,
)
"""What lets anybody in. A code to join a call is for everybody."""
_PARTICLE = r"(?:(?:[Vv]an|[Dd]e|der|den|ten|ter|te|het|'t|in|op|v\.d\.)\s+)"
_WORD = r"[A-ZÀ-Þ][a-zà-ÿ]+"
_FULL_NAME = re.compile(rf"\b({_WORD})\s+({_PARTICLE}*[A-ZÀ-Þ][a-zà-ÿ]{{2,}})\b")
_TITLED = re.compile(
    rf"\b(?:[Dd]hr|[Mm]evr|[Mm]w|[Ff]am|[Mm]eneer|[Mm]evrouw|[Ff]amilie|Mr|Mrs|Ms|Herr|Frau|Familie)\b\.?\s+"
    rf"(?:[A-Z]\.\s?)*{_PARTICLE}*{_WORD}"
)
_BEFORE = 40
"""Characters before a name in which a person may be called."""
_CALLED = re.compile(
    r"\b(?:bel|mail|app|vraag(?:\s+naar)?|contact(?:persoon)?|meld\s+je\s+bij|aanmelden\s+bij|"
    r"call|text|ask(?:\s+for)?|see|hosted\s+by|ruf|kontakt|ansprechpartner(?:in)?)\s*:?\s*$",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\b(?:bij|met|via|door|van|with|by|von|bei|mit|über)\s*:?\s*$", re.IGNORECASE)
_OF_NO_PERSON = re.compile(
    r"(?:station|anonymous|anonymen?|kerk|church|kirche|cent(?:rum|er|re|raal|ral)|huis|house|haus|"
    r"hall|school|plein|stra(?:at|sse|ße)|park|book|boek|steps?|stap|group|groep|club|road|street|"
    r"avenue|lane|gebouw|building|zaal|room|hospital|ziekenhuis|college|universit|library|"
    r"bibliothe|café|cafe|restaurant|hotel|leger|army|sint|saint|santa|north|south|east|west|noord|"
    r"zuid|oost|nieuw|new|old|oud|markt|poort|toren|tower|brug|bridge|gracht|kade|weg|dijk|laan|"
    r"zoom|google|facebook|whatsapp|meeting|online|kapel|chapel|parish|parochie|gemeente|stadt|"
    r"bus|tram|metro|lijn|line|the|het|een|dinsdag|maandag|woensdag|donderdag|vrijdag|zaterdag|zondag)",
    re.IGNORECASE,
)
_FIRST_NAMES = frozenset(Path(__file__).with_name("first_names.txt").read_text("utf-8").split())
"""Common ones in Dutch, English and German: after a word such as “met” only these are people."""


class Finding(StrEnum):
    PHONE = "phone"
    ADDRESS = "address"
    HANDLE = "handle"
    SURNAME = "surname"
    CODE = "code"
    """Of a door."""


def personal_in(text: str) -> dict[Finding, str]:
    """Return what was found, with the words themselves; phone numbers are formats/phone's work.

    Two capitalised words count as a full name only after a word that calls a person, such as
    "bel" or "vraag naar": "Buurthuis De Linde" is a building.
    """
    found = {}
    address = _ADDRESS.search(text) if _SIGN_OF_ADDRESS.search(text) else None
    if address:
        found[Finding.ADDRESS] = address.group()
    if handle := _handle_in(_ADDRESS.sub(" ", text) if address else text):
        found[Finding.HANDLE] = handle
    if name := _called_in(text):
        found[Finding.SURNAME] = name
    if "od" in text.lower() and (code := _CODE.search(text)):
        found[Finding.CODE] = code.group()
    return found


def is_full_name(alias: str) -> bool:
    """Tell whether a chosen name looks like a first name and a surname."""
    return _FULL_NAME.search(alias) is not None


def _handle_in(text: str) -> str:
    """Return where to pay or to reach somebody: a handle, or an account number that adds up."""
    if _SIGN_OF_HANDLE.search(text) and (match := _HANDLE.search(text)):
        return match.group().rstrip(".")  # which may end its sentence
    return next((one.group() for one in _IBAN.finditer(text) if _adds_up(one.group())), "")


def _adds_up(iban: str) -> bool:
    """Tell whether the check digits of an account number are right (ISO 13616)."""
    plain = iban.replace(" ", "")
    digits = "".join(str(int(one, 36)) for one in plain[4:] + plain[:4])
    return int(digits) % 97 == 1


def _called_in(text: str) -> str:
    if match := _TITLED.search(text):
        return match.group()
    for name in _FULL_NAME.finditer(text):
        first, last = name[1], name[2].split()[-1]
        if _OF_NO_PERSON.match(first) or _OF_NO_PERSON.search(last):
            continue
        around = text, max(0, name.start() - _BEFORE), name.start()
        is_person = first.casefold() in _FIRST_NAMES
        if _CALLED.search(*around) or (is_person and _BESIDE.search(*around)):
            return name.group()
    return ""
