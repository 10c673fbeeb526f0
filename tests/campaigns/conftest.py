"""A site, a loop and clients, on the tests' committed database."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis

from marketplace.embedded.children import Child
from tests.campaigns import serving
from tests.campaigns.clients import Clients
from tests.campaigns.dying import Dying
from tests.campaigns.serving import Site, free_port, gunicorn, pipeline, tokens_of
from tests.plugins.broker import ProcessHandle, database_environment
from tests.plugins.databases import FOLDER

PEOPLE = (
    *("officer", "colleague", "buyer", "second_buyer", "stranger", "treasurer", "finance"),
    *("second_treasurer", "reviewer", "second_reviewer", "auditor", "administrator"),
)


@pytest.fixture
def serve(pytestconfig: pytest.Config, committed_database: None) -> Iterator[Callable[..., Site]]:
    """Yield a function that starts a site; keywords go into its environment."""
    started: list[ProcessHandle] = []
    tokens = tokens_of(*PEOPLE)

    def start(**environment: str) -> Site:
        port, log = free_port(), pytestconfig.stash[FOLDER] / f"web-{len(started)}.log"
        given = {**database_environment(), **environment}
        started.append(ProcessHandle(gunicorn(port, log, given)))
        return Site(port, started[-1], tokens)

    try:
        yield start
    finally:
        for process in started:
            process.stop()


@pytest.fixture
def clients() -> Iterator[Callable[[Site, int], Clients]]:
    """Yield a function that starts client processes."""
    started: list[Clients] = []

    def start(site: Site, count: int) -> Clients:
        started.append(Clients(site.port, count))
        return started[-1]

    try:
        yield start
    finally:
        for each in started:
            each.stop()


@pytest.fixture
def short_lease(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a silent worker's run go after 4 s, in the processes that start from here."""
    monkeypatch.setenv("CENTRE_RUN_LEASE_SECONDS", "4")


@pytest.fixture
def loop(committed_database: None, tmp_path: Path) -> Iterator[Dying]:
    """Yield a running loop."""
    yield from _dying(pipeline, tmp_path / "loop")


@pytest.fixture
def worker(committed_database: None, valkey: redis.Redis, tmp_path: Path) -> Iterator[Dying]:
    """Yield a running Celery worker; the queue is empty at the start."""
    valkey.flushall()
    yield from _dying(serving.worker, tmp_path / "worker")


def _dying(describe: Callable[..., Child], folder: Path) -> Iterator[Dying]:
    folder.mkdir()
    arm, deaths = folder / "arm", folder / "deaths"
    child = describe(folder / "log", database_environment(), arm=arm, deaths=deaths)
    process = ProcessHandle(child)
    try:
        yield Dying(arm, deaths, process)
    finally:
        process.stop()


def cores() -> int:
    """Return how many cores there are."""
    return os.cpu_count() or 1
