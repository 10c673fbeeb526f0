"""Measure how fast rows of a grant are answered: as Arrow and as JSON, from an encrypted file.

Run `python -m benchmarks.rows [--rows N] [--rounds N]`. It starts a PostgreSQL of its own and
gunicorn with two workers on it, sells a table by rows, and asks over HTTP for page after page with
the grant's key: authentication, the gate, decryption, reading, encoding, metering and the reading
of the answer are all in the time. Each figure is the median of the rounds, after one that is not
counted. The server's data is not synced to disk.
"""

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from importlib import import_module
from pathlib import Path
from urllib.parse import urlencode

import django
import pyarrow as pa
from django.core.management import call_command

from benchmarks.figures import Figure, say
from tests.plugins.postgres import EmbeddedPostgres

ARROW, JSON = "application/vnd.apache.arrow.stream", "application/json"
BAR = 100_000


def main() -> None:
    """Build the database, measure, and say every figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "marketplace.settings.test"
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
            issued = import_module("benchmarks.rows_sold").sold(asked.rows)
            work = import_module("benchmarks.trades_work")
            with work.served(Path(folder), with_worker=False) as port:
                path = f"/api/v1/grants/{issued.key.grant_id}/rows/"
                measure(Program(port, path, issued.secret), asked.rows, asked.rounds)
        finally:
            server.stop()


class Program:
    """A buyer's program on one connection, with the key of a grant."""

    def __init__(self, port: int, path: str, key: str) -> None:
        self._port, self._path, self._key = port, path, key

    def pages(self, accept: str, **query: object) -> Iterator[bytes]:
        """Yield page after page, following the link to the next one."""
        connection = HTTPConnection("127.0.0.1", self._port, timeout=60)
        headers = {"Authorization": f"Bearer {self._key}", "Accept": accept}
        address = f"{self._path}?{urlencode(query)}"
        try:
            while address:
                connection.request("GET", address, headers=headers)
                answer = connection.getresponse()
                content = answer.read()
                if answer.status != 200:
                    raise RuntimeError(f"{address} answered {answer.status}: {content[:500]!r}")
                yield content
                link = answer.headers.get("Link", "")
                address = link.partition("<")[2].partition(">")[0]
        finally:
            connection.close()


def measure(program: Program, rows: int, rounds: int) -> None:
    """Say how many rows a second one program gets."""
    note = f"{rows:,} rows × 7 columns, PostgreSQL, gunicorn, one program"

    def as_arrow() -> int:
        return sum(arrow_rows(page) for page in program.pages(ARROW))

    def as_json() -> int:
        taken = 0
        for page in program.pages(JSON, limit=10_000):
            taken += len(json.loads(page)["rows"])
            if taken >= 100_000:
                break
        return taken

    def of_one_line() -> int:
        question = '["line", "eq", 1]'
        return arrow_rows(next(program.pages(ARROW, where=question, limit=10_000)))

    say(Figure("rows of a grant as Arrow", rate(as_arrow, rounds), BAR, False, "rows/s", note))
    say(Figure("rows of a grant as JSON", rate(as_json, rounds), unit="rows/s", note=note))
    seconds = timed(of_one_line, rounds)[0]
    say(Figure("10,000 rows of one line out of 100", seconds * 1000, unit="ms", note=note))


def arrow_rows(page: bytes) -> int:
    """Read an Arrow stream as a program would, and count its rows."""
    return int(pa.ipc.open_stream(page).read_all().num_rows)


def rate(take: Callable[[], int], rounds: int) -> float:
    """Return the median rows a second."""
    seconds, rows = timed(take, rounds)
    return rows / seconds


def timed(take: Callable[[], int], rounds: int) -> tuple[float, int]:
    """Return the median seconds and the rows, after once that is not counted."""
    rows = take()
    spent = []
    for _ in range(rounds):
        started = time.perf_counter()
        if take() != rows:
            raise RuntimeError("Another time there were other rows.")
        spent.append(time.perf_counter() - started)
    return statistics.median(spent), rows


if __name__ == "__main__":
    main()
