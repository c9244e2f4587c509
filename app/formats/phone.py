"""Phone numbers: found in texts, read from fields, and written for reading and for calling."""

import phonenumbers

from app.domain.personal import Finding, personal_in

COUNTRY = "NL"


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


def findings_in(text: str, country: str = COUNTRY) -> dict[Finding, str]:
    """Return all that should rather not stand in a public text."""
    found = personal_in(text)
    for match in phonenumbers.PhoneNumberMatcher(text, country):
        found[Finding.PHONE] = match.raw_string
        break
    return found
