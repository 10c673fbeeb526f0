"""Measure public pages while strangers try to keep the centre busy, behind the documented nginx.

Run by: python -m benchmarks.strangers. On a PostgreSQL of its own, with gunicorn and nginx of the
production guide on loopback. Meanwhile the front page is asked at a steady rate, and a search that
nobody asked before, which no cache can answer; what the strangers do is in `strangers_attack`.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import django
from django.core.management import call_command

from benchmarks.figures import Figure, say
from benchmarks.strangers_attack import asked, head_of
from marketplace.embedded.sockets import embedded_broker_url
from tests.plugins.postgres import EmbeddedPostgres

BAR = 500.0
PERCENT = 0.95
CONNECTIONS = 64
VISITOR = "127.0.0.1"
SEARCHES = 0.2
"""The rate of searches by that of front pages."""


def main() -> None:
    """Say the times of pages without the strangers and with them."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0, help="how long each half takes")
    parser.add_argument("--rate", type=float, default=10.0, help="front pages a second")
    parser.add_argument("--strangers", type=int, default=CONNECTIONS)
    given = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "marketplace.settings.test"
    server = EmbeddedPostgres()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ |= {"DATABASE_URL": server.start(), "TEST_VAR_DIR": name}
        # As a centre has them; tests let strangers send more.
        os.environ |= {
            "CACHE_URL": embedded_broker_url(folder),
            "CENTRE_STRANGER_REQUESTS_PER_MINUTE": "30",
            "CENTRE_STRANGER_APPLICATIONS_PER_HOUR": "10",
        }
        try:
            django.setup()
            call_command("migrate", verbosity=0)
            work = import_module("benchmarks.strangers_work")
            with work.served(folder) as port:
                say_load("before")
                measure(port, given.seconds, given.rate, "nobody else asks", None)
                with attacked(port, given.strangers):
                    measure(port, given.seconds, given.rate, f"{given.strangers} strangers", BAR)
                say_load("after")
        finally:
            server.stop()


@contextmanager
def attacked(port: int, strangers: int) -> Iterator[None]:
    """Let the strangers at it, from a process that has made all it sends before it begins."""
    command = [sys.executable, "-m", "benchmarks.strangers_attack", str(port), str(strangers)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        process.stdout.readline()
        yield
        told, _none = process.communicate("enough\n", timeout=120)
    finally:
        process.kill()
        process.wait()
    print(f"The strangers were answered: {told.strip()}", file=sys.stderr)


def say_load(when: str) -> None:
    """Say how busy the machine is, to standard error."""
    print(f"Load {when}: {os.getloadavg()[0]:.2f} on {os.cpu_count()} cores", file=sys.stderr)


def measure(port: int, seconds: float, rate: float, meanwhile: str, bar: float | None) -> None:
    """Ask for the pages at their rates and say their times in milliseconds."""
    draw = random.Random(2026)
    searches = [f"/market/?q=data+{draw.randrange(10**9)}" for _each in range(int(seconds * rate))]
    with ThreadPoolExecutor(2) as both:
        front = both.submit(timed, port, ["/"] * int(seconds * rate), rate)
        number = int(seconds * rate * SEARCHES)
        search = both.submit(timed, port, searches[:number], rate * SEARCHES)
        for page, its, upto in (("the front page", front, bar), ("a new search", search, None)):
            times = its.result()
            note = f"{len(times)} requests, while {meanwhile}"
            late = sorted(times)[int(len(times) * PERCENT)]
            say(Figure(f"{page}, 95th percentile", late, upto, unit="ms", note=note))
            say(Figure("its median", statistics.median(times), unit="ms", note=note))


def timed(port: int, paths: list[str], rate: float) -> list[float]:
    """Ask for the paths at the rate; return the milliseconds of each, from when it was due."""
    began = time.perf_counter() + 0.5

    def one(number: int) -> float:
        due = began + number / rate
        time.sleep(max(0.0, due - time.perf_counter()))
        answer = asked(port, VISITOR, head_of("GET", paths[number]))
        if not answer.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"{paths[number]} answered {answer[:200]!r}.")
        return 1000 * (time.perf_counter() - due)

    with ThreadPoolExecutor(32) as pool:
        return list(pool.map(one, range(len(paths))))


if __name__ == "__main__":
    main()
