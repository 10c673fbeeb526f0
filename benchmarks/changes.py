"""Measure how fast a reader gets what changed from one revision to the next, as Arrow over HTTP.

Run `python -m benchmarks.changes [--rows N] [--rounds N] [--many-rows N]`. It starts a PostgreSQL
of its own and gunicorn with two workers on it, and sells a table by rows with a later revision, in
which a third of the rows have another value and one in a hundred went and came. A program asks for
page after page with the grant's key: authentication, the gate of each revision, decryption,
reading, encoding, metering and the reading of the answer are all in the time. Before that it says
how long the first question took, for which the changes are worked out, and beside it what plain
rows of the same grant take, in turns. Then it compares two files
of `--many-rows` rows in a process of its own, and says the seconds and the peak of memory.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

import django
import polars as pl
from django.core.management import call_command

from benchmarks.figures import Figure, heard, say
from benchmarks.rows import ARROW, Program, arrow_rows, rate
from tests.plugins.postgres import EmbeddedPostgres

BAR, MOST_MEMORY = 1_000_000, 1_000


def main() -> None:
    """Build the database, measure, and say every figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--many-rows", type=int, default=20_000_000)
    parser.add_argument("--compare", type=int, default=0, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "marketplace.settings.test"
    if asked.compare:
        compared(asked.compare)
        return
    server = EmbeddedPostgres()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATABASE_URL": server.start(),
            "TEST_VAR_DIR": folder,
            "CENTRE_GRANT_REQUESTS_PER_MINUTE": "1000000",
        }
        try:
            django.setup()
            call_command("migrate", verbosity=0)
            # Models and builders can be imported only once Django is set up.
            issued = import_module("benchmarks.rows_sold").followed(asked.rows)
            work = import_module("benchmarks.trades_work")
            with work.served(Path(folder), with_worker=False) as port:
                path = f"/api/v1/grants/{issued.key.grant_id}"
                changes = Program(port, f"{path}/changes/", issued.secret)
                rows = Program(port, f"{path}/rows/", issued.secret)
                measure(changes, rows, asked.rows, asked.rounds)
        finally:
            server.stop()
    if asked.many_rows:
        command = [sys.executable, "-m", "benchmarks.changes", "--compare", str(asked.many_rows)]
        told = subprocess.run(command, capture_output=True, text=True, check=True)
        for figure in heard(told.stdout.splitlines()):
            say(figure)


def measure(program: Program, plain: Program, rows: int, rounds: int) -> None:
    """Say how soon one program gets the first page, and how many rows a second afterwards."""
    note = f"{rows:,} rows × 7 columns and a later revision, PostgreSQL, gunicorn, one program"

    def taken(one: Program, **since: int) -> int:
        return sum(arrow_rows(page) for page in one.pages(ARROW, **since))

    began = time.perf_counter()
    next(program.pages(ARROW, since=1))
    first = time.perf_counter() - began
    say(Figure("the first question, the changes worked out", first, unit="s", note=note))
    asked = {
        "changed rows as Arrow": partial(taken, program, since=1),
        "from the first revision on, as Arrow": partial(taken, program),
        "rows of the same grant as Arrow": partial(taken, plain),
    }
    found: dict[str, list[float]] = {what: [] for what in asked}
    for _round in range(rounds):
        # In turns: what else the machine does weighs on all of them alike.
        for what, ask in asked.items():
            found[what].append(rate(ask, 1))
    for what, rates in found.items():
        bar = None if "same grant" in what else BAR
        say(Figure(what, statistics.median(rates), bar, False, "rows/s", note))


def compared(rows: int) -> None:
    """Compare two files with so many rows, of which 100,000 are new, and say what it takes."""
    django.setup()
    files = import_module("marketplace.delivery.changes.files")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        before, after, target = (folder / f"{each}.parquet" for each in ("before", "after", "to"))
        # In a process of its own, whose memory is not that of comparing.
        making = get_context("spawn").Process(target=_make, args=(before, after, rows))
        making.start()
        making.join()
        began = time.perf_counter()
        count = files.compare_files(before, after, target, key=["key"], folder=folder)
        seconds = time.perf_counter() - began
    if count != 100_000:
        raise RuntimeError(f"{count} rows changed.")
    note = f"{rows:,} rows × 12 columns, 100,000 of them new"
    say(Figure("two files compared", seconds, unit="s", note=note))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(Figure("its peak memory", peak, MOST_MEMORY, unit="MB", note=note))


def _make(before: Path, after: Path, rows: int) -> None:
    for path, end in ((before, rows), (after, rows + 100_000)):
        number = pl.int_range(0, end, eager=False)
        columns = [(number * step % 9973).alias(f"c{step}") for step in range(1, 11)]
        table = pl.select(number.alias("key"), number.cast(pl.String).alias("text"), *columns)
        table.write_parquet(path, row_group_size=250_000)


if __name__ == "__main__":
    main()
