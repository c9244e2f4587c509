"""Countries: their names in five languages, the form of their postcodes, and how far they reach."""

import re
from functools import cache, lru_cache

from babel import Locale
from babel.core import get_global

from app.domain.geography.gazetteer import province_named
from app.domain.place import Position

_SPOKEN_IN = ("en", "nl", "de", "fr", "es")
_ALSO_COUNTRIES = {
    "usa": "US", "u.s.a.": "US", "u.s.": "US", "united states of america": "US", "uk": "GB",
    "the netherlands": "NL", "holland": "NL", "the united states": "US", "england": "GB",
    "scotland": "GB", "wales": "GB", "northern ireland": "GB", "great britain": "GB",
    "groot-brittannië": "GB", "groot brittannie": "GB", "belgie": "BE", "italie": "IT",
    "curacao": "CW", "oesterreich": "AT", "osterreich": "AT", "republic of ireland": "IE",
    "españa": "ES", "espana": "ES", "deutschland": "DE", "polska": "PL", "italia": "IT",
    "brd": "DE", "portugal": "PT", "sverige": "SE", "danmark": "DK", "norge": "NO",
    "česko": "CZ", "czech republic": "CZ", "turkey": "TR", "st maarten": "SX",
}  # fmt: skip
STATES = {
    "US": frozenset(
        [
            "AL",
            "AK",
            "AZ",
            "AR",
            "CA",
            "CO",
            "CT",
            "DE",
            "DC",
            "FL",
            "GA",
            "HI",
            "ID",
            "IL",
            "IN",
            "IA",
            "KS",
            "KY",
            "LA",
            "ME",
            "MD",
            "MA",
            "MI",
            "MN",
            "MS",
            "MO",
            "MT",
            "NE",
            "NV",
            "NH",
            "NJ",
            "NM",
            "NY",
            "NC",
            "ND",
            "OH",
            "OK",
            "OR",
            "PA",
            "PR",
            "RI",
            "SC",
            "SD",
            "TN",
            "TX",
            "UT",
            "VT",
            "VA",
            "WA",
            "WV",
            "WI",
            "WY",
        ]
    ),
    "CA": frozenset(["AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT"]),
    "AU": frozenset(["NSW", "QLD", "SA", "TAS", "VIC", "WA", "ACT", "NT"]),
}
_PROVINCES = {
    "US": (
        "alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|"
        "hawaii|idaho|illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|"
        "michigan|minnesota|mississippi|missouri|montana|nebraska|nevada|new hampshire|new jersey|"
        "new mexico|new york|north carolina|north dakota|ohio|oklahoma|oregon|pennsylvania|"
        "rhode island|south carolina|south dakota|tennessee|texas|utah|vermont|virginia|washington|"
        "west virginia|wisconsin|wyoming"
    ),
    "CA": (
        "alberta|british columbia|manitoba|new brunswick|newfoundland and labrador|nova scotia|"
        "ontario|prince edward island|quebec|québec|saskatchewan|yukon"
    ),
    "AU": "new south wales|queensland|south australia|tasmania|victoria|western australia",
    "BE": (
        "antwerpen|limburg|oost-vlaanderen|west-vlaanderen|vlaams-brabant|waals-brabant|henegouwen|"
        "luik|luxemburg|namen|vlaanderen|wallonië|brabant wallon|hainaut|liège|namur|"
        "antwerp|flanders|east flanders|west flanders|flemish brabant"
    ),
    "DE": (
        "baden-württemberg|bayern|berlin|brandenburg|bremen|hamburg|hessen|mecklenburg-vorpommern|"
        "niedersachsen|nordrhein-westfalen|rheinland-pfalz|saarland|sachsen|sachsen-anhalt|"
        "schleswig-holstein|thüringen|bavaria|saxony|lower saxony|north rhine-westphalia|hesse"
    ),
}
POSTCODES = {
    "NL": r"[1-9]\d{3} ?[A-Z]{2}|[1-9]\d{3}", "BE": r"[1-9]\d{3}", "LU": r"\d{4}", "DE": r"\d{5}",
    "FR": r"\d{5}", "ES": r"\d{5}", "IT": r"\d{5}", "AT": r"\d{4}", "CH": r"\d{4}", "DK": r"\d{4}",
    "NO": r"\d{4}", "HU": r"\d{4}", "PL": r"\d{2}-\d{3}", "PT": r"\d{4}(?:-\d{3})?",
    "SE": r"\d{3} ?\d{2}", "CZ": r"\d{3} ?\d{2}", "SK": r"\d{3} ?\d{2}", "FI": r"\d{5}",
    "US": r"\d{5}(?:-\d{4})?", "CA": r"[A-Z]\d[A-Z] ?\d[A-Z]\d", "AU": r"\d{4}", "NZ": r"\d{4}",
    "GB": r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", "IE": r"[A-Z]\d[\dW] ?[A-Z\d]{4}", "TR": r"\d{5}",
}  # fmt: skip
OF_ONE_COUNTRY = ("NL", "GB", "CA", "IE", "PL")
"""Whose whole postcode no other country writes: `1012 JS`, `SW1A 1AA`, `K1A 0B1`, `00-001`."""
_REACH = {
    "NL": (50.7, 53.6, 3.3, 7.3), "BE": (49.4, 51.6, 2.5, 6.5), "DE": (47.2, 55.1, 5.8, 15.1),
    "LU": (49.4, 50.2, 5.7, 6.6), "FR": (41.2, 51.2, -5.3, 9.7), "GB": (49.8, 61.0, -8.7, 1.9),
    "IE": (51.3, 55.5, -10.7, -5.9), "ES": (27.5, 43.9, -18.3, 4.4), "PT": (32.3, 42.3, -31.4, -6.1),
    "AT": (46.3, 49.1, 9.5, 17.2), "CH": (45.8, 47.9, 5.9, 10.6), "IT": (35.4, 47.2, 6.6, 18.6),
    "PL": (49.0, 54.9, 14.1, 24.2), "DK": (54.5, 57.8, 8.0, 15.3), "SE": (55.2, 69.1, 10.9, 24.2),
    "US": (17.8, 71.5, -180.0, -65.0), "CA": (41.6, 83.2, -141.1, -52.5),
}  # fmt: skip
"""Least and most latitude and longitude, with a margin; of the Netherlands its part in Europe."""


def country_code(value: object) -> str | None:
    """Return the ISO 3166 code of a country's code or name, None when it is not known."""
    return _code_of(str(value or ""))


@lru_cache(4096)
def _code_of(text: str) -> str | None:
    written = " ".join(text.split()).strip(". ")
    # Casefolding spells out letters: `ß` is no South Sudan.
    return _countries().get(written.casefold()) if len(written.casefold()) == len(written) else None


@cache
def country_of_zone(name: str) -> str:
    """Return the country a zone belongs to: `NL` for Europe/Amsterdam, and where it is not known."""
    return country_in_zone(name) or "NL"


@cache
def country_in_zone(name: str) -> str:
    """Return the country a zone belongs to; empty where it is of none."""
    code = get_global("zone_territories").get(name, "")
    return code if len(code) == 2 and code.isalpha() else ""


def is_postcode_of(country: str, postcode: str) -> bool:
    """Tell whether a country's postcodes look so; of one whose postcodes we do not know, always."""
    form = POSTCODES.get(country)
    return form is None or re.fullmatch(form, postcode, re.IGNORECASE) is not None


def country_of_postcode(postcode: str) -> str:
    """Return the one country that writes its postcodes so, or nothing."""
    if re.fullmatch(r"[1-9]\d{3}", postcode):
        return ""
    found = [one for one in OF_ONE_COUNTRY if is_postcode_of(one, postcode.upper())]
    return found[0] if len(found) == 1 else ""


def is_province_of(country: str, name: str) -> bool:
    """Tell whether a name, or a code such as `PA`, is that of a state or province of a country."""
    if country == "NL":
        return province_named(name) is not None
    is_code = name.isupper() and name in STATES.get(country, ())
    return is_code or name.casefold() in _PROVINCES.get(country, "").split("|")


def lies_in(position: Position, country: str) -> bool:
    """Tell whether a position can be in a country; in one whose reach we do not know, it can."""
    if country not in _REACH:
        return True
    south, north, west, east = _REACH[country]
    return south <= position.latitude <= north and west <= position.longitude <= east


@cache
def _countries() -> dict[str, str]:
    found = {}
    for language in _SPOKEN_IN:
        for code, name in Locale(language).territories.items():
            if len(str(code)) == 2:
                found[str(name).casefold()] = str(code)
                found[str(code).casefold()] = str(code)
    return found | _ALSO_COUNTRIES
