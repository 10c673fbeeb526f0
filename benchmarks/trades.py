"""Measure whole trades a second, order to accepted delivery, on a PostgreSQL server of its own.

Run by: python -m benchmarks.trades. Once through the acts, by as many processes as there are cores;
once over HTTP, by programs that call the API of gunicorn with two workers, sign, wait for access
that the pipeline's loop opens, and download. The server's data is not synced to disk. Of the acts
it also says what processor time a trade takes, which a busy machine changes less than its clock.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from argparse import SUPPRESS, ArgumentParser
from importlib import import_module
from pathlib import Path

import django
from django.core.management import call_command

from benchmarks.figures import Figure, say
from marketplace.embedded.sockets import embedded_broker_url
from tests.plugins.postgres import EmbeddedPostgres

WORK = "benchmarks.trades_work"
"""Imports models, so that it is loaded after the settings are."""
PROCESSES = os.cpu_count() or 1
PROGRAMS = 8
BARS = {"acts": 20.0, "http": 2.0}


def main() -> None:
    """Measure against a fresh server, and say each figure."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=15.0, help="how long each is measured")
    parser.add_argument("--only", choices=sorted(BARS), help="measure one of the two")
    parser.add_argument("--writer", help=SUPPRESS)
    parser.add_argument("--program", help=SUPPRESS)
    given = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "marketplace.settings.test"
    if given.writer:
        django.setup()
        print(import_module(WORK).trade_by_acts(given.writer, given.seconds))
        return
    if given.program:
        print(import_module("benchmarks.trades_program").trade(given.program, given.seconds))
        return
    server = EmbeddedPostgres()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATABASE_URL": server.start(), "TEST_VAR_DIR": folder}
        os.environ["BROKER_URL"] = embedded_broker_url(Path(folder))
        try:
            django.setup()
            call_command("migrate", verbosity=0)
            work = import_module(WORK)
            made = work.made()
            if given.only != "http":
                before = server.processor_seconds()
                told = measure("acts", "--writer", json.dumps(made), PROCESSES, given.seconds)
                say_processor(told, server.processor_seconds() - before)
            if given.only != "acts":
                with work.served(Path(folder)) as port:
                    entries, seconds = work.wait_for_reactions()
                    note = f"to {entries:,} entries, of the trades before"
                    say(Figure("the loop reacted in", seconds, unit="s", note=note))
                    request = json.dumps({**made, "port": port})
                    measure("http", "--program", request, PROGRAMS, given.seconds)
        finally:
            server.stop()


def measure(
    name: str, option: str, argument: str, processes: int, seconds: float
) -> list[list[float]]:
    """Let processes trade at the same time, and say how many whole trades they made a second."""
    command = [sys.executable, "-m", "benchmarks.trades", option, argument]
    command += ["--seconds", str(seconds)]
    began = time.perf_counter()
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _each in range(processes)
    ]
    told: list[list[float]] = [json.loads(process.communicate()[0]) for process in running]
    rate = sum(each[0] / each[1] for each in told)
    trades = sum(each[0] for each in told)
    note = f"{trades:,.0f} trades by {processes} processes in {time.perf_counter() - began:,.0f} s"
    what = {"acts": "whole trades through the acts", "http": "whole trades over HTTP, signed"}[name]
    say(Figure(what, rate, BARS[name], False, "trades/s", note))
    return told


def say_processor(told: list[list[float]], database: float) -> None:
    """Say how long the processor works on a trade, in the acts and in the database."""
    trades = sum(each[0] for each in told)
    acts, base = sum(each[2] for each in told) / trades, database / trades
    note = f"{acts * 1000:,.0f} ms in Python, {base * 1000:,.0f} ms in PostgreSQL"
    cores = os.cpu_count() or 1
    note += f": {cores} cores have time for {cores / (acts + base):,.0f} trades/s"
    say(Figure("processor time of a whole trade", (acts + base) * 1000, unit="ms", note=note))


if __name__ == "__main__":
    main()
