"""Writes THIRD_PARTY.md: every package that an installation brings along, and under which licence.

    python -m assets.third_party

From the lock and from what each package says of itself. What others made that stands in this
source itself (fonts, style sheets, data) is in NOTICE.
"""

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "THIRD_PARTY.md"
LOCK = ROOT / "requirements.lock"
HEAD = """# What an installation brings along

Each package of `requirements.lock`, and the licence that it states. Written by `make third-party`; a test holds it to the lock. All
of it with versions and hashes, as CycloneDX has it: `make sbom`. What others made that stands in this source itself: [NOTICE](NOTICE).

| package | licence | what it says it is |
|---|---|---|
"""
SAID_OTHERWISE = {
    # What a package's own words leave open, and where it is said.
    "pyrage": "MIT",  # the LICENSE of its source; the wheel says nothing
    "qrcode": "BSD-3-Clause",  # its LICENSE file; a classifier adds "Other/Proprietary" for the trademark
}
SHORT = {
    "MIT License": "MIT", "The MIT License": "MIT", "MIT license": "MIT",
    "BSD License": "BSD-3-Clause", "BSD": "BSD-3-Clause", "BSD-3-clause": "BSD-3-Clause", "3-Clause BSD License": "BSD-3-Clause",
    "Apache License 2.0": "Apache-2.0", "Apache Software License": "Apache-2.0", "Apache 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0", "ISC License (ISCL)": "ISC", "ISC License": "ISC", "ISCL": "ISC",
    "Python Software Foundation License": "PSF-2.0", "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only", "The Unlicense (Unlicense)": "Unlicense", "GNU LGPLv3": "LGPL-3.0-only",
}  # fmt: skip


def packages() -> list[str]:
    """Return the names in the lock, sorted; some are for other systems, or older Pythons, than this one."""
    lines = LOCK.read_text("utf-8").splitlines()
    return sorted(found[0] for line in lines if (found := re.match(r"[A-Za-z0-9][\w.-]*", line)))


def licence_of(package: str) -> str | None:
    """Return the licence by its short name (spdx.org), or None when the package is not installed here."""
    if package in SAID_OTHERWISE:
        return SAID_OTHERWISE[package]
    try:
        told = metadata(package)
    except PackageNotFoundError:
        return None
    if expression := told.get("License-Expression"):
        return str(expression)
    classifiers = [
        one.split(" :: ")[-1]
        for one in told.get_all("Classifier") or []
        if one.startswith("License ::")
    ]
    stated = [one for one in classifiers if one != "OSI Approved"] or [
        str(told.get("License") or "").splitlines()[0] if told.get("License") else ""
    ]
    return " or ".join(SHORT.get(one, one) for one in stated if one) or "not stated"


def rows() -> dict[str, str]:
    """Return a line for each package that is installed here."""
    found = {}
    for package in packages():
        licence = licence_of(package)
        if licence is not None:
            try:
                summary = str(metadata(package).get("Summary") or "").replace("|", "/").strip()
            except PackageNotFoundError:
                summary = ""
            found[package] = f"| {package} | {licence} | {summary} |"
    return found


if __name__ == "__main__":
    PAGE.write_text(HEAD + "\n".join(rows().values()) + "\n", "utf-8")
