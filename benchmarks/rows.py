"""Measure how fast rows of a grant are answered: as Arrow and as JSON, from an encrypted file.

Run `python -m benchmarks.rows [--rows N] [--rounds N]`. It makes a database of its own on SQLite in
a folder that goes away, sells a table by rows, and asks for pages through Django with the grant's
key, without a network: authentication, the gate, decryption, reading, encoding and metering are all
in the time. Each figure is the median of the rounds, after one that is not counted.
"""

import argparse
import os
import statistics
import tempfile
import time
from importlib import import_module
from typing import Any

import django
from django.test.utils import setup_databases, setup_test_environment, teardown_databases

from benchmarks.figures import Figure, say

ARROW = "application/vnd.apache.arrow.stream"
BAR = 100_000


def main() -> None:
    """Build the database, measure, and say every figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.test")
        os.environ |= {
            "VAR_DIR": folder,
            "TEST_VAR_DIR": folder,
            "CENTRE_GRANT_REQUESTS_PER_MINUTE": "1000000",
        }
        django.setup()
        setup_test_environment()
        databases = setup_databases(verbosity=0, interactive=False)
        try:
            measure(asked.rows, asked.rounds)
        finally:
            teardown_databases(databases, verbosity=0)


def measure(rows: int, rounds: int) -> None:
    """Say how many rows a second one program gets."""
    # Models and builders can be imported only once Django is set up.
    issued = import_module("benchmarks.rows_sold").sold(rows)
    ask = import_module("tests.given.delivery").rows_of
    note = f"{rows:,} rows × 6 columns, SQLite, one client"
    whole = rate(ask, issued, rounds, rows, accept=ARROW)
    say(Figure("rows of a grant as Arrow", whole, BAR, False, "rows/s", note))
    few = rate(ask, issued, rounds, 100_000, accept="application/json", limit=10_000)
    say(Figure("rows of a grant as JSON", few, unit="rows/s", note=note))
    found = seconds(ask, issued, rounds, accept=ARROW, where='["line", "eq", 1]', limit=10_000)
    say(Figure("10,000 rows of one line out of 100", found * 1000, unit="ms", note=note))


def rate(ask: Any, issued: Any, rounds: int, rows: int, **query: Any) -> float:
    """Answer the median rows a second of taking so many rows page by page."""

    def taken() -> None:
        after, counted = 0, 0
        while counted < rows:
            answer = ask(issued, after=after, **query)
            assert answer.status_code == 200, answer.content[:500]
            link = answer.headers.get("Link", "")
            if not link:
                break
            step = int(link.partition("after=")[2].partition(">")[0].partition("&")[0])
            counted, after = counted + step - after, step

    return rows / timed(taken, rounds)


def seconds(ask: Any, issued: Any, rounds: int, **query: Any) -> float:
    """Answer the median seconds of one question."""
    return timed(lambda: ask(issued, **query), rounds)


def timed(work: Any, rounds: int) -> float:
    """Answer the median seconds of some work, after once that is not counted."""
    work()
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
