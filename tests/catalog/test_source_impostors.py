"""Whoever answers in a database's place is not told the password."""

from __future__ import annotations

import hashlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from marketplace.catalog.source.drivers.errors import SourceError
from marketplace.catalog.source.drivers.opening import opened
from tests.given.source_servers import login, refusal
from tests.plugins.certificates import write_certificates
from tests.plugins.sources import PASSWORD, SourceServer

pytestmark = pytest.mark.usefixtures("sources_allowed")

SALT = b"12345678901234567890"
OK = b"\x00\x00\x00\x02\x00\x00\x00"
SWITCH, MORE = b"\xfe", b"\x01"
TLS_WANTED = 0x0800


class Peer:
    """What answers a client; it keeps all that it hears, what is encrypted for it decrypted."""

    def __init__(self, connection: socket.socket, certificates: Path) -> None:
        self.connection = connection
        self.certificates = certificates
        self.heard: list[bytes] = []

    def protect(self) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificates / "server.crt", self.certificates / "server.key")
        self.connection = context.wrap_socket(self.connection, server_side=True)

    def read(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            part = self.connection.recv(size - len(data))
            if not part:
                raise ConnectionError
            data += part
        return data


class MySQLPeer(Peer):
    """One that speaks as MySQL does."""

    def greet(self, method: bytes, *, tls: str) -> None:
        """Greet with a method, and hear how the client answers."""
        offered = 0xF7FF if tls == "off" else 0xFFFF
        self.send(
            b"\x0a8.0.0\x00" + struct.pack("<I", 1) + SALT[:8] + b"\x00"
            + struct.pack("<H", offered) + b"\x2d" + struct.pack("<HH", 2, 0x0008) + b"\x15"
            + bytes(10) + SALT[8:] + b"\x00" + method + b"\x00",
            sequence=0,
        )  # fmt: skip
        if tls != "off":
            assert struct.unpack("<I", self.hear()[:4])[0] & TLS_WANTED
            self.protect()
        self.hear()

    def send(self, body: bytes, *, sequence: int | None = None) -> None:
        number = self.next if sequence is None else sequence
        self.connection.sendall(struct.pack("<I", len(body))[:3] + bytes([number % 256]) + body)

    def hear(self) -> bytes:
        head = self.read(4)
        self.next = head[3] + 1
        body = self.read(int.from_bytes(head[:3], "little"))
        self.heard.append(body)
        return body

    def ask_for_everything(self) -> None:
        """Demand the password itself, and a client that wants a key for it gets one of ours."""
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        public = key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        self.send(MORE + b"\x04")
        while said := self.hear():
            if said in (b"\x01", b"\x02"):
                self.send(MORE + public)
            elif len(said) == key.key_size // 8:
                oaep = padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA1(), None)
                hidden = key.decrypt(said, oaep)
                told = bytes(byte ^ SALT[at % 20] for at, byte in enumerate(hidden))
                self.heard.append(told)
                self.send(OK)
            else:
                self.send(MORE + b"\x04")


@contextmanager
def answering(
    peer: Callable[[socket.socket, Path], Peer], play: Callable[[Peer], None], certificates: Path
) -> Iterator[tuple[int, list[bytes]]]:
    """Play a server for one client; yield its port and what it hears."""
    heard: list[bytes] = []
    write_certificates(certificates)

    def serve() -> None:
        connection, _address = listening.accept()
        connection.settimeout(10)
        played = peer(connection, certificates)
        played.heard = heard
        with suppress(OSError, ssl.SSLError):
            play(played)
        played.connection.close()

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield listening.getsockname()[1], heard
        finally:
            thread.join()


def refused_by(kind: str, port: int, tls: str) -> str:
    with (
        pytest.raises(SourceError) as refused,
        opened(kind, "127.0.0.1", port, login(tls=tls)),
    ):
        pass
    return refused.value.code


METHODS = (
    *(b"sha256_password", b"caching_sha2_password", b"mysql_clear_password", b"dialog"),
    *(b"mysql_old_password", b"mysql_native_password", b"of_my_own"),
)


@pytest.mark.parametrize("tls", ["encrypt", "off"])
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("is_switched", [False, True], ids=["greeted", "switched"])
def test_no_method_of_mysql_tells_the_password(
    tmp_path: Path, tls: str, method: bytes, is_switched: bool
) -> None:
    """An impostor greets with a method or switches to it, and then demands the password."""

    def play(peer: Peer) -> None:
        assert isinstance(peer, MySQLPeer)
        peer.greet(b"mysql_native_password" if is_switched else method, tls=tls)
        if is_switched:
            asked = b"Password: " if method == b"dialog" else SALT
            peer.send(SWITCH + method + b"\x00" + asked + b"\x00")
            peer.hear()
        peer.ask_for_everything()

    with answering(MySQLPeer, play, tmp_path) as (port, heard):
        code = refused_by("mysql", port, tls)
    assert heard
    assert PASSWORD.encode() not in b"".join(heard)
    is_answered = is_switched and method == b"mysql_native_password"
    assert code == ("unreadable" if is_answered else "login-unsafe")


def test_a_mysql_that_remembers_the_user_lets_it_in(tmp_path: Path) -> None:
    """The way of `caching_sha2_password` that tells no password goes on being open."""
    once = hashlib.sha256(PASSWORD.encode()).digest()
    twice = hashlib.sha256(once).digest()
    mask = hashlib.sha256(twice + SALT).digest()
    expected = bytes(a ^ b for a, b in zip(once, mask, strict=True))

    def play(peer: Peer) -> None:
        assert isinstance(peer, MySQLPeer)
        peer.greet(b"caching_sha2_password", tls="encrypt")
        peer.send(SWITCH + b"caching_sha2_password\x00" + SALT + b"\x00")
        if peer.hear() == expected:
            peer.send(MORE + b"\x03")
            peer.send(OK, sequence=peer.next + 1)
        while peer.hear():
            peer.send(OK)

    with (
        answering(MySQLPeer, play, tmp_path) as (port, heard),
        opened("mysql", "127.0.0.1", port, login(tls="encrypt")) as source,
    ):
        source.abort()
    assert b"\x03START TRANSACTION READ ONLY" in heard
    assert PASSWORD.encode() not in b"".join(heard)


@pytest.mark.parametrize("tls", ["encrypt", "verify"])
def test_a_mysql_without_tls_is_told_nothing(tmp_path: Path, tls: str) -> None:
    def play(peer: Peer) -> None:
        assert isinstance(peer, MySQLPeer)
        peer.greet(b"mysql_native_password", tls="off")

    with answering(MySQLPeer, play, tmp_path) as (port, heard):
        assert refused_by("mysql", port, tls) == "tls-missing"
    assert heard == []


def test_a_method_that_the_driver_lacks_is_named(mariadb_source: SourceServer) -> None:
    """A real MariaDB signs a user in by Ed25519, and one by what only this machine has."""
    mariadb_source.run("INSTALL SONAME 'auth_ed25519'")
    mariadb_source.run("INSTALL SONAME 'auth_parsec'")
    made = "IDENTIFIED VIA {} USING PASSWORD('a phrase')"
    try:
        for method in ("ed25519", "parsec"):
            user = f"by_{method}"
            mariadb_source.run(f"CREATE USER {user}@'127.0.0.1' {made.format(method)}")
            for tls in ("verify", "encrypt", "off"):
                given = {
                    "tls": tls,
                    "authorities": mariadb_source.authority,
                    "user": user,
                    "password": "a phrase",
                }
                assert refusal(mariadb_source, "x", seconds=15, **given) == "login-unknown"
    finally:
        for method in ("ed25519", "parsec"):
            mariadb_source.run(f"DROP USER IF EXISTS by_{method}@'127.0.0.1'")
            mariadb_source.run(f"UNINSTALL SONAME 'auth_{method}'")


CLEAR, MD5, GSS, SSPI = 3, 5, 7, 9


class PostgresPeer(Peer):
    """One that speaks as PostgreSQL does, and asks for the password by a method."""

    def ask(self, tls: str, method: int) -> None:
        if tls != "off":
            self.heard.append(self.read(8))
            self.connection.sendall(b"S")
            self.protect()
        self.heard.append(self.read(struct.unpack("!I", self.read(4))[0] - 4))
        salt = b"salt" if method == MD5 else b""
        self.connection.sendall(b"R" + struct.pack("!II", 8 + len(salt), method) + salt)
        while said := self.connection.recv(65536):
            self.heard.append(said)
            self.connection.sendall(b"R" + struct.pack("!II", 8, CLEAR))


@pytest.mark.parametrize("tls", ["encrypt", "off"])
@pytest.mark.parametrize("method", [CLEAR, MD5, GSS, SSPI])
def test_no_method_of_postgresql_tells_the_password(tmp_path: Path, tls: str, method: int) -> None:
    """After an answer by MD5 the impostor goes on to demand the password."""

    def play(peer: Peer) -> None:
        assert isinstance(peer, PostgresPeer)
        peer.ask(tls, method)

    with answering(PostgresPeer, play, tmp_path) as (port, heard):
        assert refused_by("postgresql", port, tls) == "login-unsafe"
    assert len(heard) >= 1
    assert PASSWORD.encode() not in b"".join(heard)


@pytest.mark.parametrize("tls", ["encrypt", "off"])
@pytest.mark.parametrize("method", ["md5", "password", "trust"])
def test_what_a_real_postgresql_asks_of_its_users(
    postgres_tls_source: SourceServer, tls: str, method: str
) -> None:
    """A user whose password is asked for in clear is let in only by a verified server."""
    run, user = postgres_tls_source.run, f"by_{method}"
    run("SET password_encryption = 'md5'")
    run(f"CREATE ROLE {user} LOGIN PASSWORD 'a phrase'")
    try:
        authority = postgres_tls_source.authority
        given = {"user": user, "password": "a phrase", "authorities": authority}
        told = refusal(postgres_tls_source, "x", seconds=15, tls=tls, **given)
        assert told == ("login-unsafe" if method == "password" else "no-such-table")
        told = refusal(postgres_tls_source, "x", seconds=15, tls="verify", **given)
        assert told == "no-such-table"
    finally:
        run(f"DROP ROLE {user}")
