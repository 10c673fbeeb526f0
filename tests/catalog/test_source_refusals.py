"""What a server or its answers can do wrong is told by a code."""

from __future__ import annotations

import socket
import struct
import threading
from contextlib import closing
from pathlib import Path

import pytest

from marketplace.catalog.source.drivers import mysql
from marketplace.catalog.source.drivers import postgres as drivers_postgres
from marketplace.catalog.source.drivers.errors import SourceError
from marketplace.catalog.source.drivers.opening import OPENERS, opened
from marketplace.core.addresses import Checked
from tests.given.source_servers import drawn, login, refusal, trips
from tests.plugins.certificates import write_certificates
from tests.plugins.sources import PASSWORD, SourceServer

pytestmark = pytest.mark.usefixtures("sources_allowed")


def test_the_login_is_told_to_be_wrong(any_source: SourceServer) -> None:
    assert refusal(any_source, "x", password="wrong") == "wrong-password"
    assert refusal(any_source, "x", user="nobody") == "wrong-password"
    wrong_database = {"postgresql": "no-such-database", "mysql": "no-right"}[any_source.kind]
    assert refusal(any_source, "x", database="elsewhere") == wrong_database
    assert refusal(any_source, "no_such_table") == "no-such-table"


@pytest.mark.parametrize("tls", ["verify", "encrypt"])
def test_protection_is_not_given_up(postgres_source: SourceServer, tls: str) -> None:
    """The embedded PostgreSQL is built without TLS."""
    assert refusal(postgres_source, "x", tls=tls) == "tls-missing"


def test_a_certificate_is_verified_by_its_authority_and_name(
    any_tls_source: SourceServer,
) -> None:
    """The system's authorities do not know the tests' own."""
    server, port = any_tls_source, any_tls_source.port
    assert refusal(server, "x", tls="verify") == "tls-untrusted"
    known = login(tls="verify", authorities=server.authority)
    for host, given in (
        ("127.0.0.1", known),
        ("localhost", known),
        ("no-such-host.invalid", login(tls="encrypt")),
    ):
        with closing(OPENERS[server.kind](Checked(host, "127.0.0.1", port), given, seconds=5)) as s:
            assert s.tables("no such words") == []
    with pytest.raises(SourceError) as refused:
        OPENERS[server.kind](Checked("no-such-host.invalid", "127.0.0.1", port), known, seconds=5)
    assert refused.value.code == "tls-untrusted"


@pytest.mark.parametrize(
    ("shown", "is_foreign", "verified"),
    [
        pytest.param("server.crt", False, "no-such-table", id="good"),
        pytest.param("expired.crt", False, "tls-untrusted", id="expired"),
        pytest.param("server.crt", True, "tls-untrusted", id="foreign"),
    ],
)
def test_certificates_of_a_real_server(
    any_tls_source: SourceServer, tmp_path: Path, shown: str, is_foreign: bool, verified: str
) -> None:
    """A source that is not verified is read with any; what a verified one refuses is said."""
    server = any_tls_source
    authority = write_certificates(tmp_path) if is_foreign else server.authority
    server.show_certificate(shown)
    try:
        assert refusal(server, "x", tls="verify", authorities=authority) == verified
        assert refusal(server, "x", tls="encrypt", authorities=authority) == "no-such-table"
    finally:
        server.show_certificate("server.crt")


def test_rows_come_over_tls(any_tls_source: SourceServer, tmp_path: Path) -> None:
    trips(any_tls_source, "guarded")
    for number, tls in enumerate(("verify", "encrypt")):
        given = login(tls=tls, authorities=any_tls_source.authority)
        _counted, rows = drawn(any_tls_source, "guarded", tmp_path / str(number), given=given)
        assert [row["line"] for row in rows] == [0, 1, 2]


def test_what_this_machine_keeps_for_libpq_is_not_used(
    postgres_tls_source: SourceServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A certificate or an authority in the home folder would be tried, and refused."""
    kept = tmp_path / ".postgresql"
    kept.mkdir()
    for name in ("root.crt", "root.crl", "postgresql.crt", "postgresql.key"):
        (kept / name).write_text("no certificate")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert refusal(postgres_tls_source, "x", tls="encrypt") == "no-such-table"
    known = postgres_tls_source.authority
    assert refusal(postgres_tls_source, "x", tls="verify", authorities=known) == "no-such-table"


def test_nobody_listening_is_told(any_source: SourceServer) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        with (
            pytest.raises(SourceError) as refused,
            opened(any_source.kind, "127.0.0.1", port, login()),
        ):
            pass
    assert refused.value.code == "connection-refused"


@pytest.mark.parametrize("kind", sorted(OPENERS))
def test_silence_is_told(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drivers_postgres, "CONNECT_SECONDS", 2)
    monkeypatch.setattr(mysql, "SILENT_SECONDS", 1)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with (
            pytest.raises(SourceError) as refused,
            opened(kind, "127.0.0.1", silent.getsockname()[1], login()),
        ):
            pass
    assert refused.value.code == "silent"


def test_a_view_that_writes_is_refused(any_source: SourceServer, tmp_path: Path) -> None:
    any_source.run("CREATE TABLE written (id int)")
    if any_source.kind == "postgresql":
        any_source.run(
            "CREATE FUNCTION writes() RETURNS int LANGUAGE sql SECURITY DEFINER AS "
            "'INSERT INTO public.written VALUES (1) RETURNING id'"
        )
    else:
        any_source.run(
            "CREATE FUNCTION writes() RETURNS int MODIFIES SQL DATA "
            "BEGIN INSERT INTO written VALUES (1); RETURN 1; END"
        )
    any_source.run("CREATE VIEW writing AS SELECT writes() AS id")
    assert refusal(any_source, "writing") == "read-only-violated"
    with pytest.raises(SourceError):
        drawn(any_source, "written", tmp_path / "never")


def test_a_statement_that_takes_too_long_is_ended(any_source: SourceServer) -> None:
    nap = {"postgresql": "pg_sleep(60)::text", "mysql": "sleep(60)"}[any_source.kind]
    any_source.run(f"CREATE VIEW slow AS SELECT {nap} AS nap")
    assert refusal(any_source, "slow", seconds=1) == "timed-out"


def test_the_connection_goes_to_the_address_that_was_checked(any_source: SourceServer) -> None:
    """The name is for certificates alone: it leads nowhere, and is not asked again."""
    address = Checked("no-such-host.invalid", "127.0.0.1", any_source.port)
    with closing(OPENERS[any_source.kind](address, login(), seconds=5)) as source:
        assert source.tables("no such words") == []


def test_options_in_a_name_of_a_database_are_none(any_source: SourceServer) -> None:
    for database in ("host=/tmp dbname=postgres", "postgresql:///office?host=/tmp", "a'b\\c"):
        assert refusal(any_source, "x", database=database) in ("no-such-database", "no-right")


def test_no_local_file_is_sent(tmp_path: Path) -> None:
    """A server may ask a client of MySQL for any file of its machine."""
    secret = tmp_path / "secret"
    secret.write_text("nobody's business")
    heard: list[bytes] = []
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        asking = threading.Thread(target=_ask_for, args=(listening, secret, heard))
        asking.start()
        with (
            pytest.raises(SourceError) as refused,
            opened("mysql", "127.0.0.1", listening.getsockname()[1], login()),
        ):
            pass
        asking.join()
    assert refused.value.code == "unreadable"
    assert len(heard) >= 4
    assert b"nobody's business" not in b"".join(heard)
    assert PASSWORD.encode() not in b"".join(heard)


def _ask_for(listening: socket.socket, path: Path, heard: list[bytes]) -> None:
    """Greet as MySQL does, let everybody in, and answer the first statement by a request."""
    greeting = (
        b"\x0a8.0.0\x00" + struct.pack("<I", 1) + b"12345678\x00" + struct.pack("<H", 0xF7FF)
        + b"\x2d" + struct.pack("<HH", 2, 0x0008) + b"\x15" + bytes(10) + b"123456789012\x00"
        + b"mysql_native_password\x00"
    )  # fmt: skip
    connection, _address = listening.accept()
    with connection:
        connection.settimeout(10)
        _send(connection, 0, greeting)
        heard.append(connection.recv(65536))
        _send(connection, 2, b"\x00\x00\x00\x02\x00\x00\x00")
        # What the driver itself sets up before it hands the connection over.
        for _statement in range(2):
            heard.append(connection.recv(65536))
            _send(connection, 1, b"\x00\x00\x00\x02\x00\x00\x00")
        heard.append(connection.recv(65536))
        _send(connection, 1, b"\xfb" + str(path).encode())
        while data := connection.recv(65536):
            heard.append(data)


def _send(connection: socket.socket, sequence: int, body: bytes) -> None:
    connection.sendall(struct.pack("<I", len(body))[:3] + bytes([sequence]) + body)
