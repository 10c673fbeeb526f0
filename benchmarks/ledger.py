"""Measure recording, sealing, proving and auditing on a PostgreSQL server of its own.

Run by: python -m benchmarks.ledger. The server's data is thrown away and not synced to disk.
"""

import json
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
    """Compare whole trades of eight writers with and without the ledger's entries, in turns.

    Who begins changes from round to round, since trades grow dearer with those before. A round is
    compared with itself. The processors' seconds a trade are compared too: other work on the
    machine changes them less than the rate.
    """
    listing = import_module(WORK).made()
    shares, thrifts, rates, costs = [], [], [], []
    for number in range(rounds):
        order = (True, False) if number % 2 else (False, True)
        found = {plain: _round(listing, plain) for plain in order}
        (rate, cost), (bare_rate, bare_cost) = found[False], found[True]
        shares.append(100 * rate / bare_rate)
        thrifts.append(100 * bare_cost / cost)
        rates.append(rate)
        costs.append(1000 * cost)
    note = (
        f"{statistics.median(rates):,.1f} trades of eight acts/s with, {WRITERS} processes; by the "
        f"processors {statistics.median(thrifts):.1f} %, {statistics.median(costs):.1f} ms a trade "
        f"with; rounds of {', '.join(f'{share:.0f}' for share in shares)} %"
    )
    median = statistics.median(shares)
    say(Figure("acts with record() by acts without", median, 95, False, "%", note))


def _round(listing: str, plain: bool) -> tuple[float, float]:
    """Let all writers trade; answer their trades a second, and the processors' seconds a trade."""
    command = [sys.executable, "-m", "benchmarks.ledger", "--writer", listing]
    command += ["--plain"] if plain else []
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _writer in range(WRITERS)
    ]
    told = [json.loads(process.communicate()[0]) for process in running]
    count = sum(trades for trades, _seconds, _used in told)
    rate = sum(trades / seconds for trades, seconds, _used in told)
    return rate, sum(used for _trades, _seconds, used in told) / count


if __name__ == "__main__":
    main()
