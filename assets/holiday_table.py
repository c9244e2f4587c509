"""Makes app/domain/holidays.csv: the holidays of the Netherlands and of its school regions.

Run by hand when a new release of the package `holidays` knows more years: `.venv/bin/python -m assets.holiday_table`. A
line is `first,last,name,region`; a public holiday is of no region. The app reads the file alone: the package takes in
the holidays of all countries with those of one, 18 MB in each worker. A test holds the file to the package.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import holidays

from app.domain.holiday import TABLE, Holiday, HolidayName, Region

YEARS = range(2000, 2100)
SATURDAY, SUNDAY = 6, 7

_SUBDIVISIONS = {Region.NORTH: "Noord", Region.MIDDLE: "Midden", Region.SOUTH: "Zuid"}
_NAMES = {
    "Nieuwjaarsdag": HolidayName.NEW_YEAR,
    "Goede vrijdag": HolidayName.GOOD_FRIDAY,
    "Eerste paasdag": HolidayName.EASTER_SUNDAY,
    "Tweede paasdag": HolidayName.EASTER_MONDAY,
    "Koninginnedag": HolidayName.KINGS_DAY,
    "Koningsdag": HolidayName.KINGS_DAY,
    "Bevrijdingsdag": HolidayName.LIBERATION_DAY,
    "Hemelvaartsdag": HolidayName.ASCENSION_DAY,
    "Eerste pinksterdag": HolidayName.PENTECOST,
    "Tweede pinksterdag": HolidayName.WHIT_MONDAY,
    "Eerste kerstdag": HolidayName.CHRISTMAS_DAY,
    "Tweede kerstdag": HolidayName.SECOND_CHRISTMAS_DAY,
    "Kerstvakantie": HolidayName.CHRISTMAS_BREAK,
    "Voorjaarsvakantie": HolidayName.SPRING_BREAK,
    "Meivakantie": HolidayName.MAY_BREAK,
    "Zomervakantie": HolidayName.SUMMER_BREAK,
    "Herfstvakantie": HolidayName.AUTUMN_BREAK,
}


def written() -> str:
    """Return the file as it should be."""
    found = [(one, "") for one in _public()]
    found += [(one, str(region)) for region in Region for one in _breaks(region)]
    lines = sorted(
        f"{one.first.isoformat()},{one.last.isoformat()},{one.name},{region}\n"
        for one, region in found
    )
    return "first,last,name,region\n" + "".join(lines)


def _public() -> Iterator[Holiday]:
    """Yield the days that are of the whole country. A day may have two names: Ascension Day on Liberation Day."""
    days = holidays.country_holidays(
        "NL", years=YEARS, categories=("public", "optional"), language="nl"
    )
    for day, names in days.items():
        yield from (Holiday(day, day, _NAMES[name]) for name in names.split("; "))


def _breaks(region: Region) -> Iterator[Holiday]:
    """Join the days of the school holidays, which the package has one by one.

    A break goes from Saturday to Sunday; what does not has an end that is not published yet.
    """
    days = holidays.country_holidays(
        "NL", subdiv=_SUBDIVISIONS[region], years=YEARS, categories=("school",), language="nl"
    )
    stretch: list[date] = []
    for day, name in sorted(days.items()):
        stretch.append(day)
        if days.get(day + timedelta(days=1)) == name:
            continue
        if (stretch[0].isoweekday(), day.isoweekday()) == (SATURDAY, SUNDAY):
            yield Holiday(stretch[0], day, _NAMES[name])
        stretch = []


if __name__ == "__main__":
    TABLE.write_text(written(), "utf-8")
