"""What the benchmark of learning asks of the centre over HTTP, once Django is set up."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from uuid import uuid4

from benchmarks.figures import Figure
from marketplace.learning.model.models import Scoring
from marketplace.learning.model.serializers import MOST_ROWS
from tests.campaigns.serving import tokens_of
from tests.given.learning import ROW, model
from tests.given.world import World, build_world

PERCENT = 0.95
PROGRAMS = 4
SINGLES, BATCHES = (300.0, 100.0), 200_000.0
"""What is asked for: single requests a second and their milliseconds, rows a second in batches."""


class Asked:
    """A model that can be used, and a token of its officer."""

    def __init__(self) -> None:
        build_world()
        self.path = f"/api/v1/models/{model(World()).pk}/score/"
        self.token = tokens_of("officer")["officer"]

    def times(self, port: int, rows: int, seconds: float) -> list[float]:
        """Ask on one connection again and again; return the seconds of each answer."""
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        body = json.dumps({"rows": [ROW] * rows})
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        spent, until = [], time.perf_counter() + seconds
        try:
            while time.perf_counter() < until:
                began = time.perf_counter()
                key = {"Idempotency-Key": f'"{uuid4()}"'}
                connection.request("POST", self.path, body, headers | key)
                answer = connection.getresponse()
                content = answer.read()
                if answer.status != 200:
                    raise RuntimeError(f"{self.path} answered {answer.status}: {content[:300]!r}")
                spent.append(time.perf_counter() - began)
        finally:
            connection.close()
        return spent


def measured(port: int, asked: Asked, seconds: float) -> Iterator[Figure]:
    """Say how fast single rows and batches are answered through the API; each row is counted."""
    for rows in (1, MOST_ROWS):
        asked.times(port, rows, 1.0)
    before = _counted()
    note = f"{PROGRAMS} programs, PostgreSQL, gunicorn, 2 workers, each row counted"
    singles = _together(port, asked, 1, seconds)
    rate = len(singles) / seconds
    yield Figure("single requests", rate, SINGLES[0], False, "requests/s", note)
    late = 1000 * sorted(singles)[int(len(singles) * PERCENT)]
    yield Figure("single requests, 95th percentile", late, SINGLES[1], unit="ms", note=note)
    batches = _together(port, asked, MOST_ROWS, seconds)
    rate = len(batches) * MOST_ROWS / seconds
    note = f"{MOST_ROWS:,} rows of three features a request as JSON, {note}"
    yield Figure("rows in batches", rate, BATCHES, False, "rows/s", note)
    if _counted() - before != len(singles) + len(batches) * MOST_ROWS:
        raise RuntimeError("Not every row was counted, or one twice.")


def _together(port: int, asked: Asked, rows: int, seconds: float) -> Sequence[float]:
    with ThreadPoolExecutor(PROGRAMS) as pool:
        each = [pool.submit(asked.times, port, rows, seconds) for _program in range(PROGRAMS)]
        return [time for one in each for time in one.result()]


def _counted() -> int:
    return sum(Scoring.objects.values_list("rows", flat=True))
