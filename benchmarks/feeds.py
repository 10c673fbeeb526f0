"""Measure how long the line takes for the tables of many feeds that come at once.

Run `python -m benchmarks.feeds [--products N] [--rows N] [--rounds N] [--listings N] [--rate N]`;
the whole is `--products 1000 --rounds 1`, and `--products 1 --rows 1000000 --rounds 1 --rate 0` one
large table. On a PostgreSQL of its own, with gunicorn, the loop and one worker a
core less one. Each product is registered, certified, valued and offered by acts, with a feed of
2,000 rows × 12 columns about no person and rules of quality. In a round each feed gets a new table,
and the round is over once every revision is live: profile, rules, mask, attackers and gate are all
in it. Meanwhile the market of `--listings` offers is asked at `--rate` requests a second.
"""

import os
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from threading import Event

import django
from django.core.management import call_command

from benchmarks import storefront
from benchmarks.figures import Figure, say
from benchmarks.measuring import family_seconds
from marketplace.embedded.sockets import embedded_broker_url
from tests.plugins.postgres import EmbeddedPostgres

PRODUCTS, HOUR, FORM = 1_000, 3_600.0, 0.05
NICENESS = "10"
"""By how much workers give way where a centre is run."""


def main() -> int:
    """Build the feeds, let tables come, and say how long each round took."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=100)
    parser.add_argument("--rows", type=int, default=2_000, help="rows of each table")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--listings", type=int, default=100_000)
    parser.add_argument("--rate", type=float, default=20.0, help="requests a second; 0 for none")
    given = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "marketplace.settings.test"
    os.environ["CENTRE_WORKER_NICENESS"] = NICENESS
    server = EmbeddedPostgres()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATABASE_URL": server.start(), "TEST_VAR_DIR": folder}
        os.environ["BROKER_URL"] = embedded_broker_url(Path(folder))
        try:
            django.setup()
            call_command("migrate", verbosity=0)
            trades = import_module("benchmarks.trades_work")
            made = trades.made()
            feeds = import_module("benchmarks.feeds_work")
            began = time.perf_counter()
            fed = feeds.fed(given.products, given.rows)
            print(f"built in {time.perf_counter() - began:.0f} s", file=sys.stderr)
            with trades.served(Path(folder)) as port:
                trades.wait_for_reactions()
                if given.rate:
                    # Not before the loop begins, which would note each copy in the register.
                    storefront.copy(server, made["listing"], given.listings)
                feeds.wait_for_worker()
                measure(port, made["tokens"]["buyer"], fed, given)
        finally:
            server.stop()
    return 0


def measure(port: int, token: str, fed: list[object], given: Namespace) -> None:
    """Say the seconds of each round, what a thousand products would take, and of the market."""
    work, apart = import_module("benchmarks.feeds_work"), get_context("spawn")
    # Who asks is a process of its own: a buyer does not wait while this one writes tables.
    with apart.Manager() as manager, ProcessPoolExecutor(1, mp_context=apart) as pool:
        is_over = manager.Event()
        asking = pool.submit(_asked, port, token, given, is_over)
        # A table that is due is drawn by a worker, at its priority; here this process brings it.
        os.nice(int(NICENESS))
        try:
            began = family_seconds()
            rounds = [work.seconds_of(fed, number) for number in range(1, given.rounds + 1)]
            ended, of = family_seconds(), given.rounds * given.products
            computed = {work: (ended[work] - began[work]) / of for work in ended}
            form = work.seconds_of_form(fed[0], given.rounds)
        finally:
            is_over.set()
        times = asking.result()
    note = (
        f"{given.products} products of {given.rows:,} rows × 12, {given.rounds} rounds, the slowest"
    )
    longest = max(rounds)
    say(Figure("revisions live after", longest, unit="s", note=note))
    if given.rows <= work.ROWS:
        whole = longest * PRODUCTS / given.products
        say(Figure("so 1,000 products take", whole, HOUR, unit="s", note="in proportion"))
    parts = ", ".join(f"{work} {seconds:.2f}" for work, seconds in computed.items())
    note = f"{parts}; the market's requests too, where there are any"
    say(Figure("a revision, of the processors", sum(computed.values()), unit="s", note=note))
    share = form / (sum(computed.values()) - form)
    note = f"{form:.3f} s; beside a revision without it"
    say(Figure("the approved form compared, of that", share, FORM, note=note))
    if times:
        note = f"{len(times)} requests at {given.rate:g} a second, {given.listings:,} offers"
        say(
            Figure("the market meanwhile, p95", storefront.late(times), 200.0, unit="ms", note=note)
        )


def _asked(port: int, token: str, given: Namespace, is_over: Event) -> list[float]:
    times: list[float] = []
    while given.rate and not is_over.is_set():
        part = storefront.answered(
            port,
            token,
            listings=given.listings,
            rate=given.rate,
            seconds=15.0,
            seed=len(times),
        )
        times += [spent for _kind, spent in part]
    return times


if __name__ == "__main__":
    sys.exit(main())
