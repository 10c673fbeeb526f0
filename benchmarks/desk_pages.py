"""Ask for the desks of a buyer, a reviewer and a finance officer, again and again."""

import statistics
import time
from collections.abc import Iterator

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.figures import Figure
from benchmarks.past_trades import invent
from tests.given.trading import placed, published, signed
from tests.given.world import World, build_world

BAR = 100.0
MOST_QUERIES = 40
PAGE = "/desk/"
WAITING = 15
"""Orders that wait for an answer, and as many that wait for a payment."""
PEOPLE = ("buyer", "officer", "reviewer", "treasurer")


def figures(trades: int, rounds: int) -> Iterator[Figure]:
    """Build the database and measure the desks; yield milliseconds."""
    settings.DATABASES["default"]["NAME"] = connection.creation.create_test_db(verbosity=0)
    try:
        build_world()
        invent(trades, providers=0, with_money=False)
        _something_waits()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        for person in PEOPLE:
            yield from _measured(person, trades, rounds)
    finally:
        connection.creation.destroy_test_db("", verbosity=0)


def _something_waits() -> None:
    world = World()
    listing = published(world)
    for _ in range(WAITING):
        placed(world, listing)
        signed(world, placed(world, listing))


def _measured(person: str, trades: int, rounds: int) -> Iterator[Figure]:
    client = Client()
    backend = "django.contrib.auth.backends.ModelBackend"
    client.force_login(World().person(person), backend=backend)
    _ask(client)
    with CaptureQueriesContext(connection) as asked:
        _ask(client)
    # Each request begins a log of its own.
    queries = len(asked.captured_queries)
    times = [_timed(client) for _ in range(rounds)]
    desk, note = f"the desk of a {person}", f"{trades:,} orders in view"
    yield Figure(desk, statistics.median(times), BAR, unit="ms", note=note)
    yield Figure(desk, queries, MOST_QUERIES, unit="queries", note=note)


def _timed(client: Client) -> float:
    started = time.perf_counter()
    _ask(client)
    return (time.perf_counter() - started) * 1000


def _ask(client: Client) -> None:
    answer = client.get(PAGE)
    if answer.status_code != 200:
        raise RuntimeError(f"The desk answered {answer.status_code}.")
