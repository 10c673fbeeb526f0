"""Measure the page of the regions' figures over many past trades, on PostgreSQL.

Run `python -m benchmarks.regions`. It starts a server of its own from the embedded binaries (or
takes the one that DATABASE_URL names, in a database of its own), invents past trades, and asks for
the page as an auditor. Needs requirements-dev.txt.
"""

import argparse
import os
import sys
import tempfile
from importlib import import_module

import django

from benchmarks.figures import say
from tests.plugins.postgres import EmbeddedPostgres


def main() -> int:
    """Say the medians of the page with its charts drawn anew, and with them at hand."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trades", type=int, default=10_000, help="past trades (10,000)")
    parser.add_argument("--rounds", type=int, default=21, help="pages a median is taken of (21)")
    given = parser.parse_args()
    server = None
    if not os.environ.get("DATABASE_URL"):
        server = EmbeddedPostgres()
        os.environ["DATABASE_URL"] = server.start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            os.environ["TEST_VAR_DIR"] = folder
            os.environ["DJANGO_SETTINGS_MODULE"] = "marketplace.settings.test"
            django.setup()
            # Its models can be imported only now that Django is set up.
            pages = import_module("benchmarks.region_pages")
            for figure in pages.figures(given.trades, given.rounds):
                say(figure)
    finally:
        if server is not None:
            server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
