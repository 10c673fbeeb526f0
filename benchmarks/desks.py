"""Measure the desks of people who have many orders in view, on PostgreSQL.

Run `python -m benchmarks.desks`. It starts a server of its own from the embedded binaries (or
takes the one that DATABASE_URL names, in a database of its own), invents past trades, and asks for
each desk. Needs requirements-dev.txt.
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
    """Say the median of each desk."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trades", type=int, default=100_000, help="past trades (100,000)")
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
            pages = import_module("benchmarks.desk_pages")
            for figure in pages.figures(given.trades, given.rounds):
                say(figure)
    finally:
        if server is not None:
            server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
