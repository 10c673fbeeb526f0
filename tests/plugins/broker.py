"""A real Valkey, and a real Celery worker that works on the tests' database."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import redis
from django.db import connection

from marketplace.embedded import centre
from marketplace.embedded.children import Child, RunningChild
from marketplace.embedded.sockets import broker_socket
from tests.plugins.databases import FOLDER


class ProcessHandle:
    """A process that a test may kill and start again."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self._running = self._started()

    @property
    def pid(self) -> int:
        """The process id."""
        return self._running.pid

    def kill(self) -> None:
        """Kill it, as `kill -9` does, with all that it started."""
        self._running.kill()

    def restart(self) -> None:
        """Start it again, and wait until it is ready."""
        self._running.stop()
        self._running = self._started()

    def stop(self) -> None:
        """Ask it to stop; kill it when it does not."""
        self._running.stop()

    def output(self) -> str:
        """Return all that it printed, to put into a failed assertion's message."""
        assert self.child.log is not None
        return self.child.log.read_text(errors="replace")

    def _started(self) -> RunningChild:
        running = RunningChild(self.child)
        try:
            running.wait_until_ready(60)
        except BaseException:
            running.kill()
            raise
        return running


def database_environment() -> dict[str, str]:
    """Return what a `manage.py` or Celery process needs to work on this test's database."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return {"DATABASE_URL": f"sqlite:///{name}"}
    given = urlsplit(os.environ["DATABASE_URL"])
    return {"DATABASE_URL": given._replace(path=f"{given.path.rpartition('/')[0]}/{name}").geturl()}


@pytest.fixture(scope="session")
def valkey(pytestconfig: pytest.Config) -> Iterator[redis.Redis]:
    """Yield a client of a Valkey that runs for this session, where Celery sends its tasks."""
    folder = pytestconfig.stash[FOLDER]
    running = RunningChild(replace(centre.valkey(folder, keep=False), log=folder / "valkey.log"))
    try:
        running.wait_until_ready()
        with redis.Redis(unix_socket_path=str(broker_socket(folder))) as client:
            yield client
    finally:
        running.stop()


@pytest.fixture
def celery_worker_process(
    pytestconfig: pytest.Config, committed_database: None, valkey: redis.Redis
) -> Iterator[ProcessHandle]:
    """Yield a running Celery worker; the queue is empty at the start."""
    valkey.flushall()
    child = centre.worker(Path.cwd(), log=pytestconfig.stash[FOLDER] / "worker.log")
    handle = ProcessHandle(replace(child, environment=database_environment()))
    try:
        yield handle
    finally:
        handle.stop()
