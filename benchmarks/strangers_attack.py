"""What strangers do to a centre: a process that sends what it made before it began.

Run by `strangers` with a port and how many they are: it prints a line when it begins and ends with
a line that it reads. Each stranger has an address of its own in 127.0.0.0/8 and does one thing
again and again: sends half a body and stalls, reads an answer a byte at a time, sends huge numbers,
long base58 or files of 4 MB. All share a line of 1 Gbit/s.
"""

import json
import random
import socket
import ssl
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress

HOST = "centre.example.org"
FILE_BYTES = 4_000_000
LINE = 125_000_000
"""Bytes a second of all strangers together."""
SECONDS_OF_AN_ANSWER = 60.0
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
OPENED_TO_STALL = ("/verify/", "/verify/file/", "/apply/", "/api/v1/organizations/apply/")
TOKEN = "s" * 32
"""Whoever sends a form's token in a cookie of the same value has it."""

TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
TLS.check_hostname, TLS.verify_mode = False, ssl.CERT_NONE

Connect = Callable[[], ssl.SSLSocket]


def main() -> None:
    """Let the strangers do their things until a line is read; print what they were told."""
    port, many = int(sys.argv[1]), int(sys.argv[2])
    kinds = (stall, dawdle, *(answered(each) for each in (numbers(), base58(), files())))
    names = ("stall", "dawdle", "huge numbers", "long base58", "large files")
    enough, told, line = threading.Event(), Counter[str](), Line()

    def work(number: int) -> None:
        draw, source = random.Random(number), f"127.0.{1 + number // 200}.{1 + number % 200}"
        does, name = kinds[number % len(kinds)], names[number % len(kinds)]
        while not enough.is_set():
            answer = "cut off"
            with suppress(OSError):
                answer = does(lambda: opened(port, source), draw, line, enough)
            told[f"{name} {answer}"] += 1
            enough.wait(0.01)

    threads = [threading.Thread(target=work, args=(number,), daemon=True) for number in range(many)]
    for thread in threads:
        thread.start()
    print("They have begun.", flush=True)
    sys.stdin.readline()
    enough.set()
    ends = time.monotonic() + 30
    for thread in threads:
        thread.join(max(0.0, ends - time.monotonic()))
    seconds = {"seconds of the processor": round(time.process_time(), 1)}
    print(json.dumps(dict(sorted(told.items())) | seconds))


class Line:
    """The strangers' line: what is sent over it waits its turn."""

    def __init__(self) -> None:
        self._lock, self._free = threading.Lock(), time.monotonic()

    def take(self, size: int) -> None:
        """Wait as long as it takes to send so many bytes after those before."""
        with self._lock:
            self._free = max(self._free, time.monotonic()) + size / LINE
            wait = self._free - time.monotonic()
        time.sleep(max(0.0, wait))


def opened(port: int, source: str) -> ssl.SSLSocket:
    """Connect from an address of loopback."""
    plain = socket.create_connection(
        ("127.0.0.1", port), timeout=SECONDS_OF_AN_ANSWER, source_address=(source, 0)
    )
    return TLS.wrap_socket(plain, server_hostname=HOST)


def asked(port: int, source: str, request: bytes) -> bytes:
    """Send a request and read the whole answer."""
    with opened(port, source) as connection:
        connection.sendall(request)
        return read(connection)


def read(connection: ssl.SSLSocket) -> bytes:
    """Read until the other side closes."""
    told = bytearray()
    while piece := connection.recv(65536):
        told += piece
    return bytes(told)


def head_of(method: str, path: str, *lines: str) -> bytes:
    """Write the head of a request."""
    first = (f"{method} {path} HTTP/1.1", f"Host: {HOST}", "Connection: close")
    return "\r\n".join((*first, *lines, "", "")).encode()


def posted(path: str, size: int, kind: str = "application/json", *lines: str) -> bytes:
    """Write the head of a POST."""
    return head_of("POST", path, f"Content-Type: {kind}", f"Content-Length: {size}", *lines)


def status(answer: bytes) -> str:
    """Return the status of an answer."""
    return answer[9:12].decode() or "cut off"


def stall(connect: Connect, draw: random.Random, line: Line, enough: threading.Event) -> str:
    """Send half a body and wait to be cut off."""
    with connect() as connection:
        connection.sendall(posted(draw.choice(OPENED_TO_STALL), 900_000) + b"x" * 1000)
        return status(connection.recv(64))


def dawdle(connect: Connect, draw: random.Random, line: Line, enough: threading.Event) -> str:
    """Read the API's description a byte at a time."""
    with connect() as connection:
        connection.sendall(head_of("GET", "/api/v1/openapi/"))
        first = connection.recv(64)
        while connection.recv(1) and not enough.wait(0.05):
            pass
        return status(first)


def answered(
    requests: list[bytes],
) -> Callable[[Connect, random.Random, Line, threading.Event], str]:
    """Return what a stranger does who sends one of these requests and reads the answer."""

    def does(connect: Connect, draw: random.Random, line: Line, enough: threading.Event) -> str:
        request = draw.choice(requests)
        line.take(len(request))
        with connect() as connection:
            # What refuses a file does not read it to its end.
            with suppress(BrokenPipeError, ConnectionResetError):
                connection.sendall(request)
            return status(read(connection))

    return does


def numbers() -> list[bytes]:
    """Write numbers with more digits or a larger exponent than anybody computes with."""
    requests = [
        head_of("GET", "/log/checkpoint/" + "9" * 5000),
        head_of("GET", "/market/?price_from=1E999999"),
    ]
    for digits in (5_000, 100_000):
        body = f'{{"number": {"9" * digits}, "low": "1E999999", "deep": {"[" * 50_000}'.encode()
        requests.append(posted("/api/v1/organizations/apply/", len(body)) + body)
    return requests


def base58() -> list[bytes]:
    """Write credentials whose signature is very long base58, to be checked."""
    draw, found = random.Random(58), []
    for length in (60_000, 160_000, 600_000):
        value = "z" + "".join(draw.choices(BASE58, k=length))
        proof = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-jcs-2022"}
        method = {"proofValue": value, "verificationMethod": f"did:key:{value}#{value}"}
        document = {
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "type": ["VerifiableCredential"],
            "issuer": "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
            "proof": proof | method,
        }
        found.append(checked(json.dumps(document).encode()))
    return found


def files() -> list[bytes]:
    """Write files of 4 MB to be checked: credentials deep in themselves."""
    pieces = (b'{"a": [', b'["1E999999", ')
    return [checked((piece * (FILE_BYTES // len(piece)))[:FILE_BYTES]) for piece in pieces]


def checked(document: bytes) -> bytes:
    """Write the request of the page that checks files, with a token as its form sends it."""
    edge = "strangers"
    parts = (
        f'--{edge}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{TOKEN}'
        f'\r\n--{edge}\r\nContent-Disposition: form-data; name="document"; filename="x.json"\r\n'
        "Content-Type: application/json\r\n\r\n"
    )
    body = parts.encode() + document + f"\r\n--{edge}--\r\n".encode()
    lines = (f"Cookie: csrftoken={TOKEN}", f"Referer: https://{HOST}/verify/file/")
    return (
        posted("/verify/file/", len(body), f"multipart/form-data; boundary={edge}", *lines) + body
    )


if __name__ == "__main__":
    main()
