"""Ask for the page of the regions' figures, again and again."""

import statistics
import time
from collections.abc import Iterator, Mapping

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.figures import Figure
from benchmarks.past_trades import MONTHS, invent
from marketplace.core import clock
from marketplace.core.months import months_after
from tests.given.world import World, build_world

BAR = 300.0
PAGE = "/regions/"


def figures(trades: int, rounds: int) -> Iterator[Figure]:
    """Build the database and measure the page; yield milliseconds."""
    settings.DATABASES["default"]["NAME"] = connection.creation.create_test_db(verbosity=0)
    try:
        build_world()
        invent(trades)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield from _measured(trades, rounds)
    finally:
        connection.creation.destroy_test_db("", verbosity=0)


def _measured(trades: int, rounds: int) -> Iterator[Figure]:
    client = Client()
    backend = "django.contrib.auth.backends.ModelBackend"
    client.force_login(World().person("auditor"), backend=backend)
    first = months_after(clock.today().replace(day=1), 1 - MONTHS)
    whole = {"first": first.strftime("%Y-%m")}
    note = f"{trades:,} trades, {MONTHS} months"
    with CaptureQueriesContext(connection) as queries:
        _ask(client, whole)
    times = [float(query["time"]) * 1000 for query in queries.captured_queries]
    for drawn, cold in (("drawn anew", True), ("at hand", False)):
        clock_times, own_times = zip(
            *(_timed(client, whole, cold=cold) for _ in range(rounds)), strict=True
        )
        what = f"the page, its charts {drawn}"
        yield Figure(what, statistics.median(clock_times), BAR, unit="ms", note=note)
        own = f"{what}: processor time without the database's"
        yield Figure(own, statistics.median(own_times), unit="ms", note=note)
    yield Figure("its queries together", sum(times), unit="ms", note=f"{len(times)} queries")


def _timed(client: Client, query: Mapping[str, str], *, cold: bool) -> tuple[float, float]:
    """Return the milliseconds of a page, by the clock and of this process's threads."""
    if cold:
        cache.clear()
    started, spent = time.perf_counter(), time.process_time()
    _ask(client, query)
    return (time.perf_counter() - started) * 1000, (time.process_time() - spent) * 1000


def _ask(client: Client, query: Mapping[str, str]) -> None:
    answer = client.get(PAGE, query)
    if answer.status_code != 200 or b"<svg" not in answer.content:
        raise RuntimeError(f"The page answered {answer.status_code}.")
