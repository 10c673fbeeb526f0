"""Measure recording, sealing, proving and auditing on a PostgreSQL server of its own.

Run by: python -m benchmarks.ledger. The server's data is thrown away and not synced to disk.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from argparse import SUPPRESS, ArgumentParser
from importlib import import_module

import django
from django.core.management import call_command

from benchmarks.figures import Figure, say
from tests.plugins.postgres import EmbeddedPostgres

WRITERS = 8
SECONDS = 8.0
WORK = "benchmarks.ledger_work"
"""Imports models, so that it is loaded after the settings are."""


def main() -> None:
    """Measure against a fresh server, and say each figure."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="entries to seal")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of writers; 0: none")
    parser.add_argument("--writer", help=SUPPRESS)
    parser.add_argument("--plain", action="store_true", help=SUPPRESS)
    given = parser.parse_args()
    if given.writer:
        django.setup()
        import_module(WORK).write(given.writer, SECONDS, recording=not given.plain)
        return
    server = EmbeddedPostgres()
    # Every writer reads the same vault.
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATABASE_URL": server.start(), "TEST_VAR_DIR": folder}
        os.environ["DJANGO_SETTINGS_MODULE"] = "marketplace.settings.test"
        try:
            django.setup()
            call_command("migrate", verbosity=0)
            if given.rounds:
                writers(given.rounds)
            import_module(WORK).seal_prove_audit(given.rows)
        finally:
            server.stop()


def writers(rounds: int) -> None:
    """Compare whole trades of eight writers with and without the ledger's entries, in turns."""
    listing = import_module(WORK).made()
    rates: dict[bool, list[float]] = {True: [], False: []}
    for _round in range(rounds):
        for plain in (True, False):
            rates[plain].append(_rate(listing, plain))
    recorded, bare = statistics.median(rates[False]), statistics.median(rates[True])
    note = f"{recorded:,.1f} trades of eight acts/s with, {WRITERS} processes"
    say(Figure("acts with record() by acts without", 100 * recorded / bare, 95, False, "%", note))


def _rate(listing: str, plain: bool) -> float:
    command = [sys.executable, "-m", "benchmarks.ledger", "--writer", listing]
    command += ["--plain"] if plain else []
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _writer in range(WRITERS)
    ]
    return sum(float(process.communicate()[0]) for process in running)


if __name__ == "__main__":
    main()
