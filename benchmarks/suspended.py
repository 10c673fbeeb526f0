"""Measure how soon a listing says that it is suspended after a right was frozen, over HTTP.

Run by: python -m benchmarks.suspended. On a PostgreSQL server of its own, with gunicorn and the
pipeline's loop; first while nothing else happens, then while programs trade over the API. The right
is that of the listing, or that of what its data was made from, three levels up. In the same moment
in which it is frozen an order must be refused, or the benchmark breaks off.
"""

import json
import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from importlib import import_module
from pathlib import Path

import django
from django.core.management import call_command

from benchmarks.figures import Figure, say
from marketplace.embedded.sockets import embedded_broker_url
from tests.plugins.postgres import EmbeddedPostgres

BAR = 2.0
PROGRAMS = 2


def main() -> None:
    """Measure against a fresh server, and say each figure."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    given = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "marketplace.settings.test"
    server = EmbeddedPostgres()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATABASE_URL": server.start(), "TEST_VAR_DIR": folder}
        os.environ["BROKER_URL"] = embedded_broker_url(Path(folder))
        try:
            django.setup()
            call_command("migrate", verbosity=0)
            trades = import_module("benchmarks.trades_work")
            made = trades.made()
            with trades.served(Path(folder)) as port:
                trades.wait_for_reactions()
                measure(port, made["tokens"], given.rounds, "nothing else happens")
                command = [sys.executable, "-m", "benchmarks.trades", "--seconds", "3600"]
                command += ["--program", json.dumps({**made, "port": port})]
                programs = [subprocess.Popen(command) for _each in range(PROGRAMS)]
                try:
                    measure(port, made["tokens"], given.rounds, f"{PROGRAMS} programs trade")
                finally:
                    for program in programs:
                        program.kill()
                        program.wait()
        finally:
            server.stop()


def measure(port: int, tokens: dict[str, str], rounds: int, meanwhile: str) -> None:
    """Say the longest of each."""
    work = import_module("benchmarks.suspended_work")
    for is_above, whose in ((False, "its own right"), (True, "the right three levels up")):
        told = [work.frozen_right(port, tokens, is_above=is_above) for _round in range(rounds)]
        note = f"{whose} was frozen; the longest of {rounds}, while {meanwhile}"
        refused = max(refused for refused, _shown in told)
        say(Figure("an order is refused after", 1000 * refused, unit="ms", note=note))
        shown = max(shown for _refused, shown in told)
        say(Figure("a listing shows as suspended after", shown, BAR, unit="s", note=note))


if __name__ == "__main__":
    main()
