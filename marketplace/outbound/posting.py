"""Post a body to an address, within bounds: one connection, no redirect, no proxy, a short answer.

Whoever posts on somebody's word resolves the host by `core.addresses` first and hands over the
address that was checked; the connection goes there, and the certificate is that of the name.
"""

import http.client
import os
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from time import monotonic
from urllib.parse import urlsplit

from marketplace.core.addresses import AddressError, check_form
from marketplace.outbound.schedule import LONGEST_SECONDS

LONGEST_ADDRESS = 500
MOST_ANSWER_BYTES = 1024
PORTS = {"https": 443, "http": 80}


class PostError(Exception):
    """What was not answered; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Target:
    """An address in its parts; `path` with the query."""

    scheme: str
    host: str
    port: int
    path: str


@dataclass(frozen=True)
class Answer:
    """What was answered: the status, and the first bytes."""

    status: int
    body: bytes


def target_of(address: str) -> Target:
    """Return the parts of an address that reads in one way.

    Raises:
        AddressError: `bad-address`, or `bad-host`.
    """
    is_plain = len(address) <= LONGEST_ADDRESS and all("!" <= each <= "~" for each in address)
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise AddressError("bad-address") from None
    if not is_plain or parts.scheme not in PORTS or set(address) & set("\\#"):
        raise AddressError("bad-address")
    if "@" in parts.netloc or port == 0:
        # A name and password would stand in pages and logs.
        raise AddressError("bad-address")
    path = parts.path or "/"
    return Target(
        scheme=parts.scheme,
        host=check_form(parts.hostname or ""),
        port=port or PORTS[parts.scheme],
        path=f"{path}?{parts.query}" if parts.query else path,
    )


def post(
    target: Target,
    body: bytes,
    headers: Mapping[str, str],
    *,
    at: str,
    context: ssl.SSLContext | None,
    seconds: float = LONGEST_SECONDS,
) -> Answer:
    """Post to the address `at`, which stands for the target's host; everything within `seconds`.

    `context` is None for a target without TLS.

    Raises:
        PostError: `connection-refused`, `unreachable`, `silent`, `tls-missing`, `tls-untrusted`,
            or `unreadable` for what is no HTTP.
    """
    ends = monotonic() + seconds
    connection = _Connection(target)
    try:
        plain = socket.create_connection((at, target.port), timeout=seconds)
        with _broken_off(plain, at=ends):
            connection.sock = plain
            if context is not None:
                name = target.host.removesuffix(".")
                connection.sock = context.wrap_socket(plain, server_hostname=name)
            connection.request("POST", target.path, body, dict(headers))
            answer = connection.getresponse()
            found = Answer(answer.status, answer.read(MOST_ANSWER_BYTES))
    except ConnectionRefusedError:
        raise PostError("connection-refused") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise PostError(_code_of(error, is_over=monotonic() >= ends)) from None
    finally:
        connection.close()
    if monotonic() >= ends:
        # A head that was broken off in the middle reads like a whole one.
        raise PostError("silent")
    return found


def _code_of(error: Exception, *, is_over: bool) -> str:
    if is_over or isinstance(error, TimeoutError):
        return "silent"
    if isinstance(error, ssl.SSLCertVerificationError):
        return "tls-untrusted"
    if isinstance(error, ssl.SSLError):
        return "tls-missing"
    return "unreachable" if isinstance(error, OSError) else "unreadable"


class _Connection(http.client.HTTPConnection):
    """A connection whose socket is given to it; unlike `urllib` it asks no proxy."""

    def __init__(self, target: Target) -> None:
        super().__init__(target.host, target.port)
        # What the header Host leaves out.
        self.default_port = PORTS[target.scheme]
        self.auto_open = 0


@contextmanager
def _broken_off(plain: socket.socket, *, at: float) -> Iterator[None]:
    """Shut a socket down at a moment: what sends a byte at a time never lets a read time out."""
    own = socket.socket(fileno=os.dup(plain.fileno()))

    def shut() -> None:
        with suppress(OSError):
            own.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(at - monotonic(), 0), shut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        own.close()
