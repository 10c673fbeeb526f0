"""A client process: reads requests as lines of JSON, sends them, and says what it was answered.

It knows nothing but HTTP. `python -m tests.campaigns.client PORT` is started by `clients.py`.
"""

from __future__ import annotations

import json
import socket
import sys
import time
from dataclasses import asdict, dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any
from uuid import uuid4

PATIENCE = 60.0
LOST = 0
"""The status of a request that nobody answered."""


@dataclass(frozen=True)
class Ask:
    """A request. `at` is when to send it, by the machine's monotonic clock.

    `cut` closes the connection: "middle" when half of the body is sent, "end" when all is, before
    anything is answered. `table` is a body of CSV in place of `data`.
    """

    path: str
    method: str = "POST"
    data: dict[str, Any] = field(default_factory=dict)
    table: str = ""
    token: str = ""
    key: str = ""
    at: float = 0.0
    cut: str = ""
    kill: str = ""
    mutant: str = ""

    def body(self) -> bytes:
        """Return what is sent."""
        if self.method == "GET":
            return b""
        return (self.table or json.dumps(self.data)).encode()

    def headers(self, body: bytes) -> dict[str, str]:
        """Return the header fields."""
        given = {
            "Content-Type": "text/csv" if self.table else "application/json",
            "Content-Length": str(len(body)),
            "Authorization": f"Bearer {self.token}" if self.token else "",
            "Idempotency-Key": f'"{self.key or uuid4()}"' if self.method == "POST" else "",
            "X-Kill": self.kill,
            "X-Mutant": self.mutant,
        }
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True)
class Told:
    """An answer; `status` is `LOST` where none came."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


def ask(port: int, request: Ask) -> Told:
    """Send a request on a connection of its own."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    body = request.body()
    try:
        connection.connect()
        while time.monotonic() < request.at:
            pass
        if request.cut == "middle":
            _begin(connection, request, body)
            connection.send(body[: len(body) // 2])
            _hang_up(connection)
            return Told(LOST)
        connection.request(request.method, request.path, body, request.headers(body))
        if request.cut == "end":
            _hang_up(connection)
            return Told(LOST)
        return _told(connection.getresponse())
    except (OSError, HTTPException):
        return Told(LOST)
    finally:
        connection.close()


def _begin(connection: HTTPConnection, request: Ask, body: bytes) -> None:
    connection.putrequest(request.method, request.path)
    for name, value in request.headers(body).items():
        connection.putheader(name, value)
    connection.endheaders()


def _hang_up(connection: HTTPConnection) -> None:
    if connection.sock is not None:
        connection.sock.shutdown(socket.SHUT_RDWR)


def _told(answer: HTTPResponse) -> Told:
    content, kind = answer.read(), answer.headers.get_content_type()
    body = json.loads(content) if kind.endswith("json") else content.decode("utf-8", "replace")
    return Told(answer.status, body, dict(answer.headers))


def main() -> None:
    """Answer each line with a line, until there is no more."""
    port = int(sys.argv[1])
    for line in sys.stdin:
        answers = [ask(port, Ask(**request)) for request in json.loads(line)]
        print(json.dumps([asdict(answer) for answer in answers]), flush=True)


if __name__ == "__main__":
    main()
