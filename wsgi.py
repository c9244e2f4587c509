"""The app as WSGI servers and `flask --app wsgi` know it."""

import gc
import sys

from app import create_app
from app.config import WrongSetting

try:
    app = create_app()
except WrongSetting as wrong:
    sys.exit(f"Twaalf does not start: {wrong}")

# What starting made stays for good: the collector need not walk it again for every long list.
gc.freeze()
