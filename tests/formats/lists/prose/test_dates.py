"""Days in prose: what is looked for at a glance leaves out none of their names."""

from datetime import date

import pytest
from babel import Locale

from app.formats.lists.prose.dates import days_in

NEAR = date(2026, 6, 1)
MONTHS = {
    name.rstrip(".")
    for language in ("nl", "en", "de")
    for width in ("wide", "abbreviated")
    for name in Locale(language).months["format"][width].values()
}


@pytest.mark.parametrize("month", sorted(MONTHS | {"mrt", "sept", "maerz", "Jänner"}))
def test_a_day_of_every_month_is_found(month: str):
    found = days_in(f"Geen meeting op 12 {month}", NEAR)

    assert [days.first.day for days in found] == [12]


@pytest.mark.parametrize(
    "named",
    [
        "Beide kerstdagen", "1e kerstdag", "Christmas Day", "zweiter Weihnachtstag", "Boxing Day", "Heilig Abend",
        "Oudejaarsavond", "New Year's Eve", "Silvester", "Oud en nieuw", "Nieuwjaarsdag", "Neujahr", "Koningsdag",
        "King's Day", "Sinterklaas", "Pakjesavond", "Bevrijdingsdag",
    ],
)  # fmt: skip
def test_a_day_with_a_name_is_found(named: str):
    assert days_in(f"{named}: geen meeting", NEAR)


@pytest.mark.parametrize("written", ["2026-07-12", "12.7.", "12/7/2026", "12-7"])
def test_a_day_in_figures_is_found(written: str):
    assert days_in(f"Dicht {written}", NEAR)[0].first == date(2026, 7, 12)
