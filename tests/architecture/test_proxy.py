"""The documented nginx: bodies wait in memory, files need a session, no secret is logged."""

from __future__ import annotations

import inspect
import re
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPResponse
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import ThreadingUnixStreamServer

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.parsers import MultiPartParser

from tests.given import proxy

pytestmark = pytest.mark.skipif(
    proxy.PROGRAM is None, reason="nginx is not installed: apt-get install nginx"
)
CHECKED = {"check_file", "verify"}
"""Files of visitors: held in memory whole."""
LONG_TEXT = {"api_set_hierarchy", "api_send_rows", "api_upload"}
"""JSON that may be as long as a file, and the bytes of one that come in parts."""
SCORED = {"grant_score_table", "api_score_table_with_grant"}
"""Rows for a model: held in memory too, from whoever has the key of a grant as well."""
PAGES, SAME = "/pages/", "/pages/same/"
"""Addresses of the stand-in that answer a page of its own to each who asks, and those marked as the
same for all visitors.
"""

TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
TLS.check_hostname, TLS.verify_mode = False, ssl.CERT_NONE


class Centre(BaseHTTPRequestHandler):
    """Stand for the web server, and keep what came to it."""

    protocol_version = "HTTP/1.1"
    came: list[tuple[str, int]]
    shown: int
    may_answer: threading.Event

    def address_string(self) -> str:
        """Return no address: a Unix socket has none."""
        return ""

    def log_message(self, format: str, *arguments: object) -> None:
        """Print nothing."""

    def do_GET(self) -> None:
        """Let whoever has a session send."""
        known = "sessionid=known" in self.headers.get("Cookie", "")
        refused = self.path == "/api/v1/sender/" and not known
        self.send_response(401 if refused else 200)
        if not self.path.startswith(PAGES):
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        assert self.may_answer.wait(30)
        Centre.shown += 1
        body = f"page {Centre.shown}".encode()
        if self.path.startswith(SAME):
            self.send_header("X-Accel-Expires", "1")
            self.send_header("Vary", "Accept-Language, Cookie")
        if "form" in self.path:
            self.send_header("Set-Cookie", "csrftoken=secret")
        self.send_header("Cache-Control", "public, max-age=300")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        """Read the body, and note the request as soon as its head is here."""
        size = int(self.headers.get("Content-Length", 0))
        self.came.append((self.path, size))
        self.rfile.read(size)
        self.do_GET()


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Run nginx before a stand-in for the web server; yield the port."""
    folder = tmp_path_factory.mktemp("nginx")
    Centre.came, Centre.shown, Centre.may_answer = [], 0, threading.Event()
    Centre.may_answer.set()
    with ThreadingUnixStreamServer(str(folder / "web.sock"), Centre) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            number: int = free.getsockname()[1]
        with proxy.nginx(folder, port=number, upstream=f"unix:{folder}/web.sock"):
            Centre.folder = folder  # type: ignore[attr-defined]
            yield number
        server.shutdown()


def opened(port: int) -> ssl.SSLSocket:
    """Connect to nginx, whose certificate nobody knows."""
    plain = socket.create_connection(("127.0.0.1", port), timeout=60)
    return TLS.wrap_socket(plain, server_hostname="centre.example.org")


def head(path: str, size: int, *, known: bool = False) -> bytes:
    """Write the head of a POST."""
    cookie = "Cookie: sessionid=known\r\n" if known else ""
    lines = f"POST {path} HTTP/1.1\r\nHost: centre.example.org\r\nContent-Length: {size}\r\n"
    return f"{lines}{cookie}Connection: close\r\n\r\n".encode()


def status(connection: ssl.SSLSocket) -> int:
    """Read the status of an answer."""
    return int(connection.recv(64).split(b" ")[1])


def folder() -> Path:
    """Return nginx's own folder."""
    found: Path = Centre.folder  # type: ignore[attr-defined]
    return found


UPLOAD = "/datasets/0a0a0a0a-0000-4000-8000-000000000000/upload/"
MARK = b"plaintext of somebody's table "


@pytest.mark.parametrize(("path", "size"), [("/verify/", 1_000_000), ("/verify/file/", 16_000_000)])
def test_a_body_waits_in_memory_and_takes_no_time_of_the_web_server(
    port: int, path: str, size: int
) -> None:
    """Half of it does not reach the web server, and lies in no file."""
    Centre.came.clear()
    half = (MARK * size)[: size // 2]
    with opened(port) as stalled, opened(port) as whole:
        stalled.sendall(head(path, size) + half)
        whole.sendall(head(path, 2 * len(half)) + half + half)
        assert status(whole) == 200
        assert Centre.came == [(path, 2 * len(half))]
        assert [file for file in folder().rglob("*") if file.is_file() and holds(file)] == []
        assert list((folder() / "body").rglob("*[0-9]")) == []


def holds(file: Path) -> bool:
    """Return whether plaintext lies in the file."""
    return MARK in file.read_bytes()


def test_a_file_needs_a_session_before_its_body(port: int) -> None:
    """Whoever has none is refused when the head is there; a file passes as it comes."""
    Centre.came.clear()
    for path, expected in ((UPLOAD, 303), (f"/api/v1{UPLOAD}", 401)):
        with opened(port) as stranger:
            stranger.sendall(head(path, 200_000_000))
            assert status(stranger) == expected
    assert Centre.came == []
    with opened(port) as sender:
        sender.sendall(head(UPLOAD, 10, known=True) + b"1234567890")
        assert status(sender) == 200
    assert Centre.came == [(UPLOAD, 10)]


def test_what_is_too_much_is_refused_in_a_sentence(port: int) -> None:
    """Before the body; so is the fifth file at once of one address."""
    with opened(port) as connection:
        connection.sendall(head("/verify/", 2_000_000))
        answer = connection.recv(4096) + connection.recv(4096)
        assert b" 413 " in answer
        assert b"Send less at once" in answer
    stalled = [opened(port) for _number in range(4)]
    came = len(Centre.came)
    for one in stalled:
        one.sendall(head(UPLOAD, 1_000, known=True) + MARK)
    with opened(port) as another:
        # Of five that begin at once one is refused, whichever it is.
        while len(Centre.came) < came + 4:
            threading.Event().wait(0.01)
        another.sendall(head(UPLOAD, 1_000, known=True))
        assert status(another) == 429
    for one in stalled:
        one.close()


def shown(port: int, path: str, *lines: str) -> bytes:
    """Return the page that is answered to a GET.

    It is read by its length: nginx closes the connection of whoever set off a new one only when
    that is here.
    """
    first = (f"GET {path} HTTP/1.1", "Host: centre.example.org", "Connection: close")
    with opened(port) as connection:
        connection.sendall("\r\n".join((*first, *lines, "", "")).encode())
        with closing(HTTPResponse(connection)) as answer:
            answer.begin()
            return answer.read()


def test_what_is_the_same_for_visitors_is_shown_again(port: int) -> None:
    """In their language, without asking the web server, even while that is busy with a new one."""
    path = f"{SAME}front/"
    first = shown(port, path)
    # The second that it is kept passes while the web server answers nobody.
    Centre.may_answer.clear()
    ends = time.monotonic() + 1.5
    while time.monotonic() < ends:
        assert shown(port, path) == first
    Centre.may_answer.set()
    while shown(port, path) == first:
        assert time.monotonic() < ends + 30
    assert shown(port, f"{path}?page=2") != shown(port, path)
    chinese = shown(port, path, "Accept-Language: zh-Hans")
    assert chinese == shown(port, path, "Accept-Language: zh-Hans")
    assert chinese != shown(port, path)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (f"{SAME}known/", "Cookie: sessionid=known"),
        (f"{SAME}token/", "Authorization: Bearer dtc_x"),
        (f"{SAME}form/", "Cookie: other=1"),
        (f"{PAGES}public/", "Cookie: other=1"),
    ],
)
def test_what_is_for_one_is_kept_for_nobody(port: int, path: str, line: str) -> None:
    """Neither what a session or token is answered, nor a form's token, nor what is not marked."""
    pages = [shown(port, path, line), shown(port, path, line), shown(port, path)]
    assert len(set(pages)) == 3
    assert shown(port, path, line) not in pages


def test_what_a_stranger_sends_without_end_is_refused_here(port: int) -> None:
    """And what a payment provider sends is not, nor what a session sends."""

    def sent(path: str, *, known: bool = False) -> int:
        with opened(port) as connection:
            connection.sendall(head(path, 0, known=known))
            return status(connection)

    def refused(path: str, *, known: bool = False) -> bool:
        return 429 in (sent(path, known=known) for _each in range(100))

    assert refused("/apply/")
    assert not refused("/apply/", known=True)
    assert not refused("/api/v1/payments/receive-message/")


def test_no_secret_of_an_address_is_logged(port: int) -> None:
    """Neither the address nor the query nor the referrer."""
    paths = ("/invitations/secret-one/", "/calendar/secret-four.ics", "/nowhere/?token=secret-two")
    for path in paths:
        with opened(port) as connection:
            connection.sendall(
                f"GET {path} HTTP/1.1\r\nHost: centre.example.org\r\n"
                "Referer: https://centre.example.org/invitations/secret-three/\r\n"
                "Connection: close\r\n\r\n".encode()
            )
            while connection.recv(4096):
                pass
    written = (folder() / "centre-access.log").read_text()
    assert '"GET /invitations/..."' in written
    assert '"GET /calendar/..."' in written
    assert '"GET /nowhere/"' in written
    assert "secret" not in written + (folder() / "centre-error.log").read_text()


def test_what_takes_files_is_what_passes_through() -> None:
    """Each view that reads files, and no other, lies behind the check of who sends."""
    pattern, scored = re.findall(r"location ~ (\S+) \{", proxy.DOCUMENTED.read_text())
    takes, passes, held = set(), set(), set()
    for name, path, view in _views(get_resolver(), "/"):
        if _takes_files(view):
            takes.add(name)
        if re.search(pattern, path):
            passes.add(name)
        if re.search(scored, path):
            held.add(name)
    reads = {
        *("api_list_evidence", "api_list_exhibits", "api_list_dispute_exhibits"),
        "api_get_grant_rows",
    }
    assert passes - reads == (takes - CHECKED - SCORED) | LONG_TEXT
    assert held == SCORED


def _takes_files(view: object) -> bool:
    cls = getattr(view, "cls", None)
    if cls is not None:
        return MultiPartParser in getattr(cls, "parser_classes", ())
    function = inspect.unwrap(view)  # type: ignore[arg-type]
    if not function.__module__.startswith("marketplace."):
        return False
    source = inspect.getsource(function)
    return "request.FILES" in source or "upload_handlers" in source


def _views(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, str, object]]:
    for pattern in resolver.url_patterns:
        path = prefix + re.sub(
            r"<(\w+):\w+>", lambda found: "1" if found[1] == "int" else "0a", str(pattern.pattern)
        )
        if isinstance(pattern, URLResolver):
            yield from _views(pattern, path)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield pattern.name, path, pattern.callback
