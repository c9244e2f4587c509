"""What the workers share: read before they part, not by each at its first pages."""

import subprocess
import sys

from tests.source import ROOT

WARMED = """
import sys
from babel import core
from app.formats.printed import typesetting
from app.warmed import warm

for ready in (lambda: None, warm):
    ready()
    print(bool(core._global_data), typesetting._unknown.cache_info().currsize,
          "qrcode" in sys.modules, "PIL" in sys.modules)
"""


def test_what_every_worker_reads_is_there_before_anybody_asks():
    told = subprocess.run(
        [sys.executable, "-c", WARMED], cwd=ROOT, capture_output=True, check=True, text=True
    )
    assert told.stdout.splitlines() == ["False 0 False False", "True 1 True False"]
