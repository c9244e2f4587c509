"""The app with its clock moved, served or for `flask --app`: from CLOCK_STARTS_AT it goes on from there."""

import os
from datetime import datetime

import time_machine

time_machine.travel(datetime.fromisoformat(os.environ["CLOCK_STARTS_AT"]), tick=True).start()

import serve  # noqa: E402
from wsgi import app  # noqa: E402, F401 - what commands ask for

if __name__ == "__main__":
    serve.main()
