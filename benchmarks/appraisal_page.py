"""Measure the pages of an appraisal with all their charts, beside 10,000 past transactions.

Run `python -m benchmarks.appraisal_page [--trades N] [--rounds N]`. It makes a database of its own
on SQLite in a folder that goes away, values a dataset by cost and income with a real option beside,
and asks for each page through Django without a network. Each figure is the median of the rounds,
after one that is not counted; “charts drawn anew” clears the cache before each round.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module

import django
from django.core.cache import cache
from django.test import Client
from django.test.utils import setup_databases, setup_test_environment, teardown_databases
from django.urls import reverse

from benchmarks.figures import Figure, say

BAR = 300


def main() -> None:
    """Build the database, measure, and say every figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trades", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=15)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DJANGO_SETTINGS_MODULE"] = "marketplace.settings.test"
        os.environ |= {"VAR_DIR": folder, "TEST_VAR_DIR": folder}
        django.setup()
        setup_test_environment()
        databases = setup_databases(verbosity=0, interactive=False)
        try:
            measure(asked.trades, asked.rounds)
        finally:
            teardown_databases(databases, verbosity=0)


def measure(trades: int, rounds: int) -> None:
    """Say how long each page takes."""
    # Models and builders can be imported only once Django is set up.
    made = import_module("benchmarks.appraised").appraised(trades)
    client = Client()
    client.force_login(made.officer, backend="django.contrib.auth.backends.ModelBackend")
    pages = {
        "a valuation": reverse("appraisal_detail", args=[made.appraisal.pk]),
        "its report": reverse("appraisal_report", args=[made.appraisal.pk]),
        "its guided form": reverse("appraisal_revise", args=[made.appraisal.pk])
        + "?approach=cost&approach=income&approach=market",
    }
    note = f"{trades:,} past transactions, SQLite"
    for name, address in pages.items():
        warm = median_of(partial(client.get, address), rounds)
        say(Figure(f"page of {name}", warm, BAR, unit="ms", note=note))
        cold = median_of(partial(client.get, address), rounds, before=cache.clear)
        say(Figure("its charts drawn anew", cold, unit="ms", note=note))


def median_of(
    ask: Callable[[], object], rounds: int, *, before: Callable[[], object] = lambda: None
) -> float:
    """Return the median milliseconds of a call, after one that is not counted."""
    ask()
    taken = []
    for _ in range(rounds):
        before()
        started = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
