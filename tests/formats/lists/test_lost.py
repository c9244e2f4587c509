"""Every row of the samples is accounted for: what a list says is published, or docs/exchange.md says why not."""

from pathlib import Path

import pytest

from bench.lost import account

SAMPLES = Path(__file__).parents[1] / "samples"
OF_BMLT = {
    "root_server_uri", "worldid_mixed", "service_body_bigint", "lang_enum",  # of the server
    "format_shared_id_list", "formats",  # some formats have a meaning on their own server alone
    "latitude", "longitude", "location_postal_code_1",  # of who meets online, or hides
    "location_nation", "location_sub_province",
}  # fmt: skip
LOST = {
    "bmlt_berlin_getsearchresults.json": OF_BMLT,
    "oiaa_test_meeting_data.json": set(),
    "spec_kansas_city_sample.json": set(),
    "tsml_template.csv": {"Region", "Venmo", "Phone"},
    "tsmlui_times.json": {
        "contact_1_name",
        "contact_1_phone",
        "contact_1_email",
        "formatted_address",  # the postcode of a group of which only the town is known
    },
}


@pytest.mark.parametrize("name", LOST)
def test_no_other_field_of_a_sample_is_lost(name: str):
    fields = account((SAMPLES / name).read_bytes())

    assert {key for key, (said, found) in fields.items() if found < said} == LOST[name]
