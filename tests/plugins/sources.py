"""Real database servers for the tests of database sources, started when a test asks for one."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.test import override_settings
from pymysql.connections import Connection

from tests.plugins.mariadb import MISSING, InstallationFailed, TemporaryMariaDB, server_program
from tests.plugins.postgres import EmbeddedPostgres

READER, PASSWORD, DATABASE = "reader", "a made-up phrase, 9 words: 数据", "office"


@dataclass(frozen=True)
class SourceServer:
    """A server with a database `office`, which the user `reader` may read and not write.

    `authority` is the certificate of whoever signed the server's own, "" where it has none: the
    embedded PostgreSQL is built without TLS.
    """

    kind: str
    port: int
    run: Callable[[str], object]
    authority: str = ""


@pytest.fixture(scope="session")
def postgres_source() -> Iterator[SourceServer]:
    """Yield a PostgreSQL that listens on the loopback address."""
    port = _free_port()
    server = EmbeddedPostgres(port=port)
    server.start()
    try:
        with server.connect() as connection:
            for statement in (
                f"CREATE ROLE {READER} LOGIN PASSWORD '{PASSWORD}'",
                f"CREATE DATABASE {DATABASE}",
            ):
                connection.execute(statement)
        with server.connect(DATABASE) as database:
            database.execute(f"ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO {READER}")
            yield SourceServer("postgresql", port, database.execute)
    finally:
        server.stop()


@pytest.fixture(scope="session")
def mariadb_source() -> Iterator[SourceServer]:
    """Yield a MariaDB that listens on the loopback address.

    Where it is not installed the tests are skipped, but under CI they fail. They are skipped also
    where its own program cannot make a data folder, and say what it printed.
    """
    if server_program() is None:
        if os.environ.get("CI") == "true":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    port = _free_port()
    server = TemporaryMariaDB(port=port)
    try:
        try:
            server.start()
        except InstallationFailed as failure:
            pytest.skip(f"MariaDB cannot make a data folder on this machine: {failure}")
        with server.connect() as connection:
            run = _runner(connection)
            run(f"CREATE DATABASE {DATABASE}")
            run(f"CREATE USER {READER}@'127.0.0.1' IDENTIFIED BY '{PASSWORD}'")
            run(f"GRANT SELECT, EXECUTE ON {DATABASE}.* TO {READER}@'127.0.0.1'")
            run(f"USE {DATABASE}")
            yield SourceServer("mysql", port, run, server.authority)
    finally:
        server.stop()


@pytest.fixture(params=["postgresql", "mysql"])
def any_source(request: pytest.FixtureRequest) -> SourceServer:
    """Return each of the servers."""
    name = {"postgresql": "postgres_source", "mysql": "mariadb_source"}[request.param]
    server: SourceServer = request.getfixturevalue(name)
    return server


@pytest.fixture
def sources_allowed() -> Iterator[None]:
    """Let the loopback network hold sources, on any port."""
    ports = [str(port) for port in range(1024, 65536)]
    changed = {"SOURCE_NETWORKS": ["127.0.0.0/8"], "SOURCE_PORTS": ports}
    with override_settings(CENTRE={**settings.CENTRE, **changed}):
        yield


def _runner(connection: Connection) -> Callable[[str], object]:
    def run(statement: str) -> object:
        with connection.cursor() as cursor:
            cursor.execute("SET SESSION sql_mode = ''")
            return cursor.execute(statement)

    return run


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
