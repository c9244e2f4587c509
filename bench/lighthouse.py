"""Lighthouse on the finder, on what it finds and on a group's page of a demo.

Prints its figures, and fails below what we promise. The reader asks for Dutch, which the bare address is
the page of: to another reader it gives theirs, whose own address is another, and Lighthouse marks that down.

Asks for Node and Chromium; npx fetches Lighthouse itself.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.browser.conftest import running

LIGHTHOUSE = "lighthouse@12.8.2"
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}


def main() -> int:
    """Measure each page as Lighthouse does by default: a slow phone on a slow network."""
    failed = False
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as site:
        for path in ("/", "/?near=1091&subject=alcohol", site.group_of("anna")["url"]):
            report = _report(site.url + path)
            figures = {
                name: round(one["score"] * 100) for name, one in report["categories"].items()
            }
            audits = report["audits"]
            weight = audits["total-byte-weight"]["numericValue"] / 1000
            shift = audits["cumulative-layout-shift"]["numericValue"]
            print(f"{path}: {figures}, {weight:.0f} kB, layout shift {shift:.3f}")
            failed |= any(figures[name] < least for name, least in LEAST.items())
    return int(failed)


def _report(address: str) -> dict:
    command = [
        "npx", "--yes", LIGHTHOUSE, address, "--quiet", "--output=json",
        '--extra-headers={"Accept-Language": "nl"}',
        f"--only-categories={','.join(LEAST)}",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    ]  # fmt: skip
    chrome = {"CHROME_PATH": shutil.which("chromium") or ""}
    done = subprocess.run(command, env=os.environ | chrome, capture_output=True, check=True)
    return json.loads(done.stdout)


if __name__ == "__main__":
    sys.exit(main())
