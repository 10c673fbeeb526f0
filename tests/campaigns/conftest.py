"""A site, a loop and clients, on the tests' committed database."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest

from tests.campaigns.clients import Clients
from tests.campaigns.serving import Site, free_port, gunicorn, tokens_of
from tests.plugins.broker import ProcessHandle, database_environment
from tests.plugins.databases import FOLDER

PEOPLE = (
    *("officer", "colleague", "buyer", "second_buyer", "stranger", "treasurer", "finance"),
    *("reviewer", "auditor", "administrator"),
)


@pytest.fixture
def serve(pytestconfig: pytest.Config, committed_database: None) -> Iterator[Callable[..., Site]]:
    """Answer a function that starts a site; keywords go into its environment."""
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
    """Answer a function that starts client processes."""
    started: list[Clients] = []

    def start(site: Site, count: int) -> Clients:
        started.append(Clients(site.port, count))
        return started[-1]

    try:
        yield start
    finally:
        for each in started:
            each.stop()


def cores() -> int:
    """Answer how many cores there are."""
    return os.cpu_count() or 1
