"""Real database servers for the tests of database sources, started when a test asks for one."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn

import pytest
from django.conf import settings
from django.test import override_settings
from pymysql.connections import Connection

from tests.plugins.certificates import write_certificates
from tests.plugins.mariadb import MISSING, InstallationFailed, TemporaryMariaDB, server_program
from tests.plugins.postgres import EmbeddedPostgres, system_programs

NO_SYSTEM_POSTGRES = (
    "Debian's PostgreSQL is missing, which is built with TLS. Install it: apt-get install "
    "postgresql (only its programs are used, no service has to run)."
)
ASKED = """
local all all trust
host all by_md5 127.0.0.1/32 md5
host all by_password 127.0.0.1/32 password
host all by_trust 127.0.0.1/32 trust
host all all 127.0.0.1/32 scram-sha-256
"""
"""How the system's PostgreSQL asks users of these names for their password."""
READER, PASSWORD, DATABASE = "reader", "a made-up phrase, 9 words: 数据", "office"


@dataclass(frozen=True)
class SourceServer:
    """A server with a database `office`, which the user `reader` may read and not write.

    `authority` is the certificate of whoever signed the server's own, "" where it has none: the
    embedded PostgreSQL is built without TLS. `show_certificate` names the file of another one that
    clients are shown from then on.
    """

    kind: str
    port: int
    run: Callable[[str], object]
    authority: str = ""
    show_certificate: Callable[[str], None] = lambda name: None


@pytest.fixture(scope="session")
def postgres_source() -> Iterator[SourceServer]:
    """Yield a PostgreSQL that listens on the loopback address."""
    port = _free_port()
    server = EmbeddedPostgres(port=port)
    server.start()
    try:
        with _office(server) as run:
            yield SourceServer("postgresql", port, run)
    finally:
        server.stop()


@pytest.fixture(scope="session")
def postgres_tls_source() -> Iterator[SourceServer]:
    """Yield a PostgreSQL of the system's, which is built with TLS."""
    system = system_programs()
    if system is None:
        _missing(NO_SYSTEM_POSTGRES)
    port = _free_port()
    server = EmbeddedPostgres(port=port, system=system)
    folder = server.folder
    shown = folder / "shown.crt"
    server.settings |= {
        "ssl": "on",
        "ssl_cert_file": str(shown),
        "ssl_key_file": str(folder / "server.key"),
        "hba_file": str(folder / "hba.conf"),
    }
    (folder / "hba.conf").write_text(ASKED)
    authority = write_certificates(folder)
    shutil.copyfile(folder / "server.crt", shown)

    def show_certificate(name: str) -> None:
        shown.write_bytes((folder / name).read_bytes())
        before = _settings_read_at(server)
        with server.connect() as connection:
            connection.execute("SELECT pg_reload_conf()")
        while _settings_read_at(server) == before:
            pass

    server.start()
    try:
        with _office(server) as run:
            yield SourceServer("postgresql", port, run, authority, show_certificate)
    finally:
        server.stop()


@contextmanager
def _office(server: EmbeddedPostgres) -> Iterator[Callable[[str], object]]:
    """Make the database and its reader; yield what runs a statement there."""
    with server.connect() as connection:
        for statement in (
            f"CREATE ROLE {READER} LOGIN PASSWORD '{PASSWORD}'",
            f"CREATE DATABASE {DATABASE}",
        ):
            connection.execute(statement)
    with server.connect(DATABASE) as database:
        database.execute(f"ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO {READER}")
        yield database.execute


def _settings_read_at(server: EmbeddedPostgres) -> object:
    with server.connect() as connection:
        return connection.execute("SELECT pg_conf_load_time()").fetchone()


def _missing(sentence: str) -> NoReturn:
    """Skip where a server is not installed; under CI, which installs it, fail."""
    if os.environ.get("CI") == "true":
        pytest.fail(sentence)
    pytest.skip(sentence)


@pytest.fixture(scope="session")
def mariadb_source() -> Iterator[SourceServer]:
    """Yield a MariaDB that listens on the loopback address.

    Where it is not installed the tests are skipped, but under CI they fail. They are skipped also
    where its own program cannot make a data folder, and say what it printed.
    """
    if server_program() is None:
        _missing(MISSING)
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
            yield SourceServer("mysql", port, run, server.authority, server.show_certificate)
    finally:
        server.stop()


@pytest.fixture(params=["postgresql", "mysql"])
def any_source(request: pytest.FixtureRequest) -> SourceServer:
    """Return each of the servers."""
    name = {"postgresql": "postgres_source", "mysql": "mariadb_source"}[request.param]
    server: SourceServer = request.getfixturevalue(name)
    return server


@pytest.fixture(params=["postgresql", "mysql"])
def any_tls_source(request: pytest.FixtureRequest) -> SourceServer:
    """Return each of the servers that have a certificate."""
    name = {"postgresql": "postgres_tls_source", "mysql": "mariadb_source"}[request.param]
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
