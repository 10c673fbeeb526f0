"""Real receivers of webhooks: HTTPS on the loopback address, and endpoints registered for them."""

from __future__ import annotations

import atexit
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from shutil import rmtree
from tempfile import mkdtemp
from threading import Thread
from typing import Any

from django.conf import settings
from django.test import override_settings

from marketplace.core import clock
from marketplace.core.actor import Actor, Door
from marketplace.outbound.endpoint.choices import Event
from marketplace.outbound.endpoint.models import Endpoint
from marketplace.outbound.endpoint.services import RevealedSecret, close_endpoint, register_endpoint
from marketplace.outbound.message.models import Message
from marketplace.outbound.message.sending import trusting
from marketplace.outbound.message.services import Announcement, announce, try_endpoint
from tests.given.shelf import kept
from tests.given.world import World
from tests.plugins.certificates import write_certificates

WORKER = Actor.system(Door.TASK)
ADDRESS = "https://buyer.example.org/hook-of-the-buyer"
DELIVERIES = tuple(one for one in Event.values if one.startswith(("delivery", "revision", "grant")))
"""What an endpoint listens to unless a test says: what comes of data that is bought."""


@dataclass(frozen=True)
class Received:
    """What arrived: the headers by their small names, and the body."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def id(self) -> str:
        """Return the id of the message."""
        return self.headers["webhook-id"]


Answering = Callable[[Received], tuple[int, bytes, Mapping[str, str]]]


def taking(_received: Received) -> tuple[int, bytes, Mapping[str, str]]:
    """Take everything."""
    return 204, b"", {}


@dataclass
class Receiver:
    """A server that keeps what arrives, and answers as it is told."""

    address: str
    taken: Queue[Received] = field(default_factory=Queue)
    answering: Answering = taking

    def all(self) -> list[Received]:
        """Return what arrived since it was last asked."""
        found = []
        while not self.taken.empty():
            found.append(self.taken.get())
        return found


@contextmanager
def receiving(*, tls: bool = True) -> Iterator[Receiver]:
    """Serve on a free port of the loopback address, which the centre may post to meanwhile."""
    receiver = Receiver("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            headers = {name.lower(): value for name, value in self.headers.items()}
            received = Received(self.path, headers, self.rfile.read(length))
            receiver.taken.put(received)
            status, body, more = receiver.answering(received)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **more}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        if tls:
            server.socket = tls_context().wrap_socket(server.socket, server_side=True)
        port = server.server_address[1]
        receiver.address = f"{'https' if tls else 'http'}://127.0.0.1:{port}/hook?of=centre"
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            with posting_to(port):
                yield receiver
        finally:
            server.shutdown()


@cache
def certificates() -> Path:
    """Return a folder with the tests' own authority, and a certificate of the loopback address."""
    folder = Path(mkdtemp(prefix="centre-receivers-"))
    atexit.register(rmtree, folder, ignore_errors=True)
    (folder / "authority.pem").write_text(write_certificates(folder))
    return folder


@cache
def tls_context() -> ssl.SSLContext:
    """Return the context by which receivers prove who they are."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificates() / "server.crt", certificates() / "server.key")
    return context


@contextmanager
def posting_to(port: int) -> Iterator[None]:
    """Let the centre post to ports of the loopback address, beside those that it may already."""
    now = settings.CENTRE
    changed = {
        "WEBHOOK_NETWORKS": [*now["WEBHOOK_NETWORKS"], "127.0.0.0/8"],
        "WEBHOOK_PORTS": [*now["WEBHOOK_PORTS"], str(port)],
        "WEBHOOK_AUTHORITIES": str(certificates() / "authority.pem"),
    }
    trusting.cache_clear()
    with override_settings(CENTRE={**now, **changed}):
        yield
    trusting.cache_clear()


def registered(
    world: World,
    person: str = "buyer",
    *,
    address: str = ADDRESS,
    events: tuple[str, ...] = DELIVERIES,
) -> RevealedSecret:
    """Register an endpoint."""
    return register_endpoint(address=address, events=events, by=world.actor(person))


@kept
def endpoint(world: World) -> Endpoint:
    """Return an endpoint of the buyer."""
    return registered(world).endpoint


@kept
def closed(world: World) -> Endpoint:
    """Return an endpoint that is closed."""
    return close_endpoint(registered(world).endpoint.pk, by=world.actor("buyer"))


def told(world: World, name: str = "one", *, person: str = "buyer") -> list[Message]:
    """Announce something to the organization of a person; return its new messages."""
    announce(
        announcements=[
            Announcement(
                event=Event.REVISION_LIVE.value,
                organization_id=world.organization(person).pk,
                cause=f"test:{name}",
                subject="grant:1",
                happened_at=clock.now(),
                data={"revision": 2, "名": "班次"},
            )
        ],
        by=WORKER,
    )
    return list(Message.objects.filter(cause=f"test:{name}"))


@kept
def message(world: World) -> Message:
    """Return a message that nobody has sent yet."""
    return try_endpoint(registered(world).endpoint.pk, by=world.actor("buyer"))
