"""Measure the front page while strangers try to keep the centre busy, behind the documented nginx.

Run by: python -m benchmarks.strangers. On a PostgreSQL of its own, with gunicorn and nginx of the
production guide on loopback. Each stranger has an address of its own in 127.0.0.0/8 and does one
thing again and again until the time is up: sends half a body and stalls, reads an answer a byte at
a time, sends huge numbers, long base58 or files of 4 MB. Meanwhile the front page is asked at a
steady rate from another address.
"""

import json
import os
import random
import socket
import ssl
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from argparse import ArgumentParser
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import django
from django.core.management import call_command

from benchmarks.figures import Figure, say
from marketplace.desk.supervisor.sockets import embedded_broker_url
from tests.plugins.postgres import EmbeddedPostgres

BAR = 500.0
PERCENT = 0.95
CONNECTIONS = 64
FILE_BYTES = 4_000_000
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
HOST = "centre.example.org"
SECONDS_OF_AN_ANSWER = 60.0


def main() -> None:
    """Say the front page's times without the strangers and with them."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--rate", type=float, default=10.0, help="front pages a second")
    parser.add_argument("--strangers", type=int, default=CONNECTIONS)
    parser.add_argument("--attack", type=int, help="the port; for the process of the strangers")
    given = parser.parse_args()
    if given.attack:
        attack(given.attack, given.strangers, given.seconds)
        return
    os.environ["DJANGO_SETTINGS_MODULE"] = "marketplace.settings.test"
    server = EmbeddedPostgres()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ |= {"DATABASE_URL": server.start(), "TEST_VAR_DIR": name}
        # As a centre has them; tests let strangers send more.
        os.environ |= {
            "CACHE_URL": embedded_broker_url(folder),
            "CENTRE_STRANGER_REQUESTS_PER_MINUTE": "30",
            "CENTRE_STRANGER_APPLICATIONS_PER_HOUR": "10",
        }
        try:
            django.setup()
            call_command("migrate", verbosity=0)
            work = import_module("benchmarks.strangers_work")
            with work.served(folder) as port:
                told = measure(port, given.seconds, given.rate)
                say_times(told, "nobody else asks", None)
                command = [sys.executable, "-m", "benchmarks.strangers", "--attack", str(port)]
                command += ["--seconds", str(given.seconds + 4)]
                command += ["--strangers", str(given.strangers)]
                strangers = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
                try:
                    # The strangers are at work when the measuring begins.
                    time.sleep(3)
                    told = measure(port, given.seconds, given.rate)
                    sent, _none = strangers.communicate(timeout=given.seconds + 120)
                finally:
                    strangers.kill()
                    strangers.wait()
            print(f"The strangers were answered: {sent.strip()}", file=sys.stderr)
            say_times(told, f"{given.strangers} strangers", BAR)
        finally:
            server.stop()


def say_times(times: list[float], meanwhile: str, bar: float | None) -> None:
    """Say the 95th percentile and the median in milliseconds."""
    late = sorted(times)[int(len(times) * PERCENT)]
    note = f"{len(times)} front pages, while {meanwhile}"
    say(Figure("the front page, 95th percentile", late, bar, unit="ms", note=note))
    say(Figure("its median", statistics.median(times), unit="ms", note=note))


def measure(port: int, seconds: float, rate: float) -> list[float]:
    """Ask for the front page at the rate; return the milliseconds of each, from when it was due."""
    began = time.perf_counter() + 0.5

    def one(number: int) -> float:
        due = began + number / rate
        time.sleep(max(0.0, due - time.perf_counter()))
        answer = asked(port, "127.0.0.1", b"GET / HTTP/1.1\r\nHost: %s\r\n" % HOST.encode())
        if not answer.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"The front page answered {answer[:200]!r}.")
        return 1000 * (time.perf_counter() - due)

    with ThreadPoolExecutor(64) as pool:
        return list(pool.map(one, range(int(seconds * rate))))


def opened(port: int, source: str) -> ssl.SSLSocket:
    """Connect from an address of loopback."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    plain = socket.create_connection(
        ("127.0.0.1", port), timeout=SECONDS_OF_AN_ANSWER, source_address=(source, 0)
    )
    return context.wrap_socket(plain, server_hostname=HOST)


def asked(port: int, source: str, head: bytes, body: bytes = b"") -> bytes:
    """Send a request and read the whole answer."""
    with opened(port, source) as connection:
        connection.sendall(head + b"Connection: close\r\n\r\n" + body)
        read = bytearray()
        while piece := connection.recv(65536):
            read += piece
        return bytes(read)


def attack(port: int, many: int, seconds: float) -> None:
    """Let so many strangers do their things until the time is up; print what they were told."""
    ends, told = time.monotonic() + seconds, Counter[str]()
    kinds = (stall, dawdle, huge_numbers, long_base58, large_file)

    def work(number: int) -> None:
        draw, source = random.Random(number), f"127.0.{1 + number // 200}.{1 + number % 200}"
        does = kinds[number % len(kinds)]
        while time.monotonic() < ends:
            answer = "cut off"
            with suppress(OSError):
                answer = does(port, source, draw, ends)
            told[f"{does.__name__} {answer}"] += 1
            time.sleep(0.01)

    threads = [threading.Thread(target=work, args=(number,), daemon=True) for number in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, ends + SECONDS_OF_AN_ANSWER - time.monotonic()))
    print(json.dumps(dict(sorted(told.items()))))


def posted(path: str, size: int, kind: str = "application/json") -> bytes:
    """Write the head of a POST."""
    lines = (f"POST {path} HTTP/1.1", f"Host: {HOST}", f"Content-Type: {kind}")
    return "\r\n".join((*lines, f"Content-Length: {size}", "")).encode()


def status(answer: bytes) -> str:
    """Return the status of an answer."""
    return answer[9:12].decode() or "cut off"


def stall(port: int, source: str, draw: random.Random, ends: float) -> str:
    """Send half a body and wait to be cut off."""
    path = draw.choice(("/verify/", "/verify/file/", "/apply/", "/api/v1/organizations/apply/"))
    with opened(port, source) as connection:
        connection.sendall(posted(path, 900_000) + b"\r\n" + b"x" * 1000)
        return status(connection.recv(64))


def dawdle(port: int, source: str, draw: random.Random, ends: float) -> str:
    """Read a page a byte at a time."""
    head = f"GET /api/v1/openapi/ HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode()
    with opened(port, source) as connection:
        connection.sendall(head)
        first = connection.recv(64)
        while time.monotonic() < ends and connection.recv(1):
            time.sleep(0.05)
        return status(first)


def huge_numbers(port: int, source: str, draw: random.Random, ends: float) -> str:
    """Send numbers with more digits or a larger exponent than anybody computes with."""
    digits = "9" * draw.choice((5_000, 100_000))
    if draw.random() < 0.5:
        path = f"/log/checkpoint/{digits[:5000]}" if draw.random() < 0.5 else "/market/?price_from="
        path += "1E999999" if path.endswith("=") else ""
        return status(asked(port, source, f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n".encode()))
    body = f'{{"number": {digits}, "low": "1E999999", "deep": {"[" * 50_000}'.encode()
    return status(asked(port, source, posted("/api/v1/organizations/apply/", len(body)), body))


def long_base58(port: int, source: str, draw: random.Random, ends: float) -> str:
    """Have a credential checked whose signature is very long base58."""
    value = "z" + "".join(draw.choices(BASE58, k=draw.choice((60_000, 160_000, 600_000))))
    proof = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-jcs-2022", "proofValue": value}
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "issuer": "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
        "proof": proof | {"verificationMethod": f"did:key:{value}#{value}"},
    }
    return file_sent(port, source, json.dumps(document).encode())


def large_file(port: int, source: str, draw: random.Random, ends: float) -> str:
    """Have 4 MB checked: a credential deep in itself."""
    piece = b'{"a": [' if draw.random() < 0.5 else b'["1E999999", '
    return file_sent(port, source, (piece * (FILE_BYTES // len(piece)))[:FILE_BYTES])


def file_sent(port: int, source: str, document: bytes) -> str:
    """Send a document to the page that checks files, with the token that its form asks for."""
    page = asked(port, source, f"GET /verify/file/ HTTP/1.1\r\nHost: {HOST}\r\n".encode())
    if b"csrftoken=" not in page:
        return status(page)
    token = page.split(b"csrftoken=")[1].split(b";")[0].decode()
    edge = "strangers"
    parts = (
        f'--{edge}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}'
        f'\r\n--{edge}\r\nContent-Disposition: form-data; name="document"; filename="x.json"\r\n'
        "Content-Type: application/json\r\n\r\n"
    )
    body = parts.encode() + document + f"\r\n--{edge}--\r\n".encode()
    head = posted("/verify/file/", len(body), f"multipart/form-data; boundary={edge}")
    head += f"Cookie: csrftoken={token}\r\nReferer: https://{HOST}/verify/file/\r\n".encode()
    return status(asked(port, source, head, body))


if __name__ == "__main__":
    main()
