"""Phone numbers: found in texts, read from fields, and written for reading and for calling."""

import re
from urllib.parse import quote

import phonenumbers

from app.domain.personal_text import Finding, personal_in

COUNTRY = "NL"
_MANY_DIGITS = re.compile(r"(?:\d[\s()./-]*){6}")
_OF_A_ROOM = re.compile(
    r"\b(?:id|zoom|meeting|kamer|room|code|passcode|password|wachtwoord|passwort|pin|kvk|btw|iban|vergadering)\b[^\w]*(?:id|nr|nummer|number|code|is)?[\s.:#=-]*$",
    re.IGNORECASE,
)
_CALLED_AT = re.compile(
    r"\b(?:bel|bellen|tel|telefoon|telefoonnummer|app|appen|whatsapp|sms|mobiel|mob|gsm|nummer|"
    r"call|text|phone|ph|cell|contact|ruf|telefon|handy|naar|op|at)\b[^\d+]{0,25}$",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}|(?:19|20)\d\d\s?-\s?(?:19|20)\d\d")
_DUTCH_MOBILE = re.compile(r"(?<!\d)(?:\+31|0031|0)[\s-]?\(?0?\)?6(?:[\s.-]?\d){8}(?!\d)")
_TYPE = phonenumbers.PhoneNumberType
_UNKNOWN = _TYPE.UNKNOWN
_FOR_ANYBODY = (_TYPE.TOLL_FREE, _TYPE.PREMIUM_RATE, _TYPE.SHARED_COST, _TYPE.UAN)
_CARRIED = (_TYPE.MOBILE, _TYPE.PERSONAL_NUMBER, _TYPE.PAGER)
_SAID = "een|één|eins?|one|twee|zwei|two|drie|drei|three|vier|four|vijf|fünf|five|zes|sechs|six|zeven|sieben|seven|acht|eight|negen|neun|nine|nul|null|zero|oh"
_IN_WORDS = re.compile(
    rf"\b(?:nul|null|zero|0\d{{0,3}})(?:[\s,.-]+(?:{_SAID}|tien|elf|twaalf|\w{{2,6}}tien|\d{{1,4}})){{5,11}}\b"
    rf"|(?:tel|bel|app|mob(?:iel)?|nummer|call|phone|ruf)\w*\W{{1,3}}(?:(?:{_SAID})[\s,.-]+){{5,11}}(?:{_SAID})\b",
    re.IGNORECASE,
)
_SIGN_OF_WORDS = re.compile(r"[nN]ul|[zZ]e[rsv]|[tT]w[ea]|[dD]rie|[zZ]wei")
"""One of these is in every number of which figures are written as words."""
_JOINED = re.compile(r"(?P<number>[+(]?[\d\s().-]*\d)")
"""What stands before the pauses and codes of a dial-in number."""


def read_phone(text: str, country: str = COUNTRY) -> str | None:
    """Return a typed number as E.164 (`+31612345678`), or None when it is not one."""
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def spoken_phone(number: str, country: str = COUNTRY) -> str:
    """Return an E.164 number as people write it in a country: `06 12345678`."""
    parsed = phonenumbers.parse(number, country)
    is_from_here = phonenumbers.region_code_for_number(parsed) == country
    shape = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(
        parsed, shape.NATIONAL if is_from_here else shape.INTERNATIONAL
    )


def to_call(text: str) -> tuple[str, str]:
    """Return a typed number as a phone dials it and as people read it; no number, nothing to dial."""
    dials = read_phone(text) if text else None
    return (dials, spoken_phone(dials)) if dials else ("", text)


def to_join(text: str) -> tuple[str, str]:
    """Return a dial-in number as a phone dials it, waiting and all, and whole as it was written.

    `,` and `p` wait two seconds, `#` and `*` are keys, `;ext=12` and a code behind a word are
    dialled after a wait. No number in front: nothing to dial.
    """
    written = text.strip().removeprefix("tel:").removeprefix("TEL:")
    match = _JOINED.match(written)
    number = read_phone(match["number"]) if match else None
    if not match or not number:
        return "", written
    behind = written[match.end("number") :]
    if not any(mark in behind for mark in ",;pPwW*#") and any(one.isdigit() for one in behind):
        behind = "," + behind
    dialled = re.sub(r"(?i)[;\s]*(ext|extension|toestel)\s*[=.:]?\s*|;", ",", behind)
    tones = "".join(
        "," if one in ",pPwW" else one for one in dialled if one.isdigit() or one in ",pPwW*#"
    )
    if number.startswith(("+31800", "+3190")):
        number = f"0{number.removeprefix('+31')}"  # no such number is reached from abroad
    return number + quote(tones if any(one.isdigit() for one in tones) else "", safe=",*"), written


def findings_in(
    text: str, country: str = COUNTRY, *, is_for_calls: bool = False
) -> dict[Finding, str]:
    """Return all that should rather not stand in a public text.

    A number that anybody may ring, such as 0800, is nobody's own; one behind "Meeting ID" is none.
    `is_for_calls` says that the text tells how to join a call: a number to dial in belongs there.
    """
    found = personal_in(text)
    if _SIGN_OF_WORDS.search(text) and (spelled := _spelled(text)):
        found[Finding.PHONE] = spelled
        return found
    if not _MANY_DIGITS.search(text):
        return found
    for leniency in (phonenumbers.Leniency.VALID, phonenumbers.Leniency.POSSIBLE):
        for match in phonenumbers.PhoneNumberMatcher(text, country, leniency):
            before = text[max(0, match.start - 30) : match.start]
            if _OF_A_ROOM.search(before) or _DATE.fullmatch(match.raw_string.strip()):
                continue
            kind = phonenumbers.number_type(match.number)
            is_called = _CALLED_AT.search(before) is not None
            if kind in _FOR_ANYBODY or (kind == _UNKNOWN and not is_called):
                continue
            if is_for_calls and kind not in _CARRIED and not is_called:
                continue
            found[Finding.PHONE] = match.raw_string
            return found
    if mobile := _DUTCH_MOBILE.search(text):
        found[Finding.PHONE] = mobile.group()
    return found


def _spelled(text: str) -> str:
    """Return a number of which some figures are words, as people write to keep robots off."""
    found = (one.group() for one in _IN_WORDS.finditer(text))
    return next((one for one in found if any(map(str.isalpha, one))), "")
