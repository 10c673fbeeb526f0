"""What the benchmark of learning asks of the centre over HTTP, once Django is set up."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from uuid import uuid4

import numpy as np
import polars as pl

from benchmarks.figures import Figure
from marketplace.delivery.use.selectors import metered
from marketplace.learning.model.models import Scoring
from tests.given import delivery
from tests.given.learning import ROW, sold
from tests.given.world import World, build_world

PERCENT = 0.95
PROGRAMS = 8
TABLE_ROWS, QUOTA = 50_000, 1_000_000_000
SINGLES, BATCHES = (300.0, 100.0), 200_000.0
"""What is asked for: single requests a second and their milliseconds, rows a second in batches."""


class Asked:
    """The scoring of a model that was bought with a quota, and the key of the buyer's program."""

    def __init__(self) -> None:
        build_world()
        world = World()
        self.grant = sold(world, "scoring", quota=QUOTA)
        self.secret = delivery.keyed(world, grant=self.grant).secret

    def times(self, port: int, rows: int, seconds: float) -> list[float]:
        """Ask on one connection again and again; return the seconds of each answer.

        A single row is sent as JSON, many are sent as a table.
        """
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        path, body, form = self._asked(rows)
        headers = {"Authorization": f"Bearer {self.secret}", "Content-Type": form}
        spent, until = [], time.perf_counter() + seconds
        try:
            while time.perf_counter() < until:
                began = time.perf_counter()
                key = {"Idempotency-Key": f'"{uuid4()}"'}
                connection.request("POST", path, body, headers | key)
                answer = connection.getresponse()
                content = answer.read()
                if answer.status != 200:
                    raise RuntimeError(f"{path} answered {answer.status}: {content[:300]!r}")
                spent.append(time.perf_counter() - began)
        finally:
            connection.close()
        return spent

    def _asked(self, rows: int) -> tuple[str, bytes, str]:
        address = f"/api/v1/grants/{self.grant.pk}"
        if rows == 1:
            body = json.dumps({"rows": [ROW]}).encode()
            return f"{address}/score/", body, "application/json"
        numbers = np.random.default_rng(1).normal(size=(rows, 2)).round(6)
        table = pl.DataFrame({"first": numbers[:, 0], "second": numbers[:, 1]})
        table = table.with_columns(district=pl.lit("north"))
        return f"{address}/score-table/", table.write_csv().encode(), "text/csv"


def measured(port: int, asked: Asked, seconds: float) -> Iterator[Figure]:
    """Say how fast single rows and batches are answered through the API; each row is counted."""
    for rows in (1, TABLE_ROWS):
        asked.times(port, rows, 1.0)
    before = _counted(asked)
    note = f"{PROGRAMS} programs, PostgreSQL, gunicorn, 2 workers, each row counted"
    singles = _together(port, asked, 1, seconds)
    rate = len(singles) / seconds
    yield Figure("single requests", rate, SINGLES[0], False, "requests/s", note)
    late = 1000 * sorted(singles)[int(len(singles) * PERCENT)]
    yield Figure("single requests, 95th percentile", late, SINGLES[1], unit="ms", note=note)
    batches = _together(port, asked, TABLE_ROWS, seconds)
    rate = len(batches) * TABLE_ROWS / seconds
    note = f"{TABLE_ROWS:,} rows of three features a request as CSV, {note}"
    yield Figure("rows in batches", rate, BATCHES, False, "rows/s", note)
    if _counted(asked) - before != len(singles) + len(batches) * TABLE_ROWS:
        raise RuntimeError("Not every row was counted, or one twice.")


def _together(port: int, asked: Asked, rows: int, seconds: float) -> Sequence[float]:
    with ThreadPoolExecutor(PROGRAMS) as pool:
        each = [pool.submit(asked.times, port, rows, seconds) for _program in range(PROGRAMS)]
        return [time for one in each for time in one.result()]


def _counted(asked: Asked) -> int:
    scored = sum(Scoring.objects.values_list("rows", flat=True))
    if not scored == metered(asked.grant).rows == QUOTA - delivery.left_in_parts(asked.grant):
        raise RuntimeError("Model, use and quota do not count the same.")
    return scored
