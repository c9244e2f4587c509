"""What a long list costs to import, twice, from an empty SQLite: `python -m bench.importing --rows 10000`.

Made-up rows, no two alike, a tenth of them with a number, a name or a week in their notes, as in
lists that people keep. Each run is a program of its own, its start included; printed are its
processor time, seconds and most memory. `--profile FILE` keeps what took the time.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

TOWNS = (
    ("Amsterdam", "1012 JS", 52.3702, 4.8952), ("Utrecht", "3511 AB", 52.0907, 5.1214), ("Zwolle", "8011 CW", 52.5168, 6.083),
    ("Den Haag", "2511 CS", 52.0767, 4.2986), ("Groningen", "9711 LM", 53.2194, 6.5665), ("Maastricht", "6211 CR", 50.8514, 5.6909),
    ("Leeuwarden", "8911 AD", 53.2012, 5.7999), ("Breda", "4811 XC", 51.5719, 4.7683), ("Arnhem", "6811 DG", 51.9851, 5.8987),
)  # fmt: skip
HOUSES = (
    "Buurthuis",
    "Wijkcentrum",
    "De Kapel",
    "Dorpshuis",
    "Het Trefpunt",
    "Zalencentrum",
    "Pastorie",
)
STREETS = (
    "Kerkstraat",
    "Stationsweg",
    "Nieuwe Gracht",
    "Molenlaan",
    "Marktplein",
    "Wilhelminastraat",
)
WORDS = ("welkom", "koffie", "zaal", "boven", "achterom", "bel", "aan", "de", "zijdeur", "iedereen", "kom", "gerust", "langs")  # fmt: skip
SELDOM = (
    "Bel Jan de Vries, 06 12345678.", "Geen meeting op 7 september.", "Vragen? Mail oost@example.org.",
    "Laatste donderdag van de maand: stapavond.", "Max 25 personen.",
)  # fmt: skip
TYPES = (["O"], ["C"], ["O", "BE"], ["C", "ST", "X"], ["O", "W"], [])


def rows(number: int) -> list[dict[str, Any]]:
    chance = random.Random(12)  # the same list every time
    return [_row(one, chance) for one in range(number)]


def _row(number: int, chance: random.Random) -> dict[str, Any]:
    town, postcode, latitude, longitude = TOWNS[number % len(TOWNS)]
    notes = " ".join(chance.choices(WORDS, k=12)).capitalize() + f", zaal {number % 97}."
    if not number % 10:
        notes += " " + SELDOM[number // 10 % len(SELDOM)]
    return {
        "slug": f"groep-{number}",
        "name": f"Groep {chance.choice(WORDS)} {number}",
        "day": number % 7,
        "time": f"{9 + number % 12:02}:{15 * (number % 4):02}",
        "end_time": f"{10 + number % 12:02}:{15 * (number % 4):02}",
        "types": TYPES[number % len(TYPES)],
        "location": f"{chance.choice(HOUSES)} {number // 5}",
        "address": f"{chance.choice(STREETS)} {number // 7 + 1}",
        "city": town,
        "postal_code": postcode,
        "country": "NL",
        "latitude": round(latitude + chance.uniform(-0.05, 0.05), 5),
        "longitude": round(longitude + chance.uniform(-0.05, 0.05), 5),
        "notes": notes,
        "location_notes": f"Ingang naast nummer {number % 300}.",
        "timezone": "Europe/Amsterdam",
        "updated": f"2026-{number % 9 + 1:02}-{number % 27 + 1:02} 12:00:00",
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--profile", type=Path, help="Where to keep what took the time.")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "list.json").write_text(json.dumps(rows(given.rows)))
        run = _runner(place)
        run("db", "upgrade")
        run("fellowship", "bench", "Bench")
        for which in ("first", "again"):
            profile = f"{given.profile}.{which}" if given.profile else ""
            began, before = time.perf_counter(), _spent()
            told = run("import", str(place / "list.json"), "--fellowship", "bench", profile=profile)
            seconds, processor = time.perf_counter() - began, _spent() - before
            most = int(told.stderr.rsplit(maxsplit=1)[-1]) / 1024
            print(f"{which}: {processor:.1f} s of processor time, {seconds:.1f} s, {most:.0f} MB")
            print(f"  {told.stdout.splitlines()[-1]}", flush=True)


_RUN = """
import cProfile, resource, sys
from flask.cli import main
kept, sys.argv = sys.argv[1], ["flask", "--app", "wsgi", *sys.argv[2:]]
profile = cProfile.Profile()
if kept: profile.enable()
try:
    main()
finally:
    if kept:
        profile.disable()
        profile.dump_stats(kept)
    sys.stderr.write(f" {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}")
"""


def _runner(place: Path) -> Any:
    """Return what runs a command in a program of its own, on the database in a folder."""
    settings = {
        "TWAALF_INSTANCE": str(place),
        "TWAALF_DATABASE_URL": f"sqlite:///{place / 'twaalf.sqlite'}",
    }

    def run(*words: str, profile: str = "") -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(
            [sys.executable, "-c", _RUN, profile, *words],
            env=os.environ | KEYS | settings,
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            sys.exit(done.stdout + done.stderr)
        return done

    return run


def _spent() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


KEYS = {
    "TWAALF_SECRET_KEY": "bench-" * 8,
    "TWAALF_SEALING_KEYS": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
}
if __name__ == "__main__":
    main()
