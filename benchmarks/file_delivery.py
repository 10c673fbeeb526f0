"""Measure how fast a bought file comes, decrypted by the centre, by nginx sending the plaintext.

Run by: python -m benchmarks.file_delivery. Both serve the same bytes on this machine: gunicorn with
two workers and every check of a delivery, nginx with two workers and `sendfile`. `curl` fetches
them, one download at a time and several at once, into a file as a buyer does, or into nowhere. The
two take turns; a figure is the median of the rounds. Network, disk and TLS are left out, which
would take as long for both.
"""

import os
import shutil
import statistics
import subprocess
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from urllib.request import urlopen

import django
from django.core.management import call_command

from benchmarks.figures import Figure, say
from tests.plugins.postgres import EmbeddedPostgres

BAR = 0.6
NGINX = """
worker_processes 2;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{ listen 127.0.0.1:{port}; root {folder}/plain; }}
}}
"""


def main() -> None:
    """Sell a file, serve it both ways, and say every ratio."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=256)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--at-once", type=int, default=4)
    parser.add_argument("--nginx", default=shutil.which("nginx") or "/usr/sbin/nginx")
    given = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "marketplace.settings.test"
    server = EmbeddedPostgres()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # nginx reads as a user of its own.
        folder.chmod(0o755)
        os.environ |= {"DATABASE_URL": server.start(), "TEST_VAR_DIR": name}
        try:
            django.setup()
            call_command("migrate", verbosity=0)
            plain = folder / "plain" / "data"
            plain.parent.mkdir()
            with plain.open("wb") as file:
                for _megabyte in range(given.megabytes):
                    file.write(os.urandom(1_000_000))
            sold = import_module("benchmarks.file_sold").sold(plain)
            with (
                import_module("benchmarks.trades_work").served(folder, with_worker=False) as port,
                nginx(folder, given.nginx) as plain_port,
            ):
                ours = [
                    *("--header", f"Authorization: Bearer {sold.token}"),
                    f"http://127.0.0.1:{port}{sold.address}",
                ]
                compare(ours, [f"http://127.0.0.1:{plain_port}/data"], given, folder)
        finally:
            server.stop()


def compare(ours: list[str], theirs: list[str], given: object, folder: Path) -> None:
    """Fetch both in turns, and say how much of nginx's speed the centre reaches."""
    megabytes, rounds, many = (getattr(given, name) for name in ("megabytes", "rounds", "at_once"))
    for count in (1, many):
        for kept in (True, False):
            fetch(ours, count, kept, folder)
            pairs = [
                (fetch(theirs, count, kept, folder), fetch(ours, count, kept, folder))
                for _round in range(rounds)
            ]
            seconds = statistics.median(own for _other, own in pairs)
            ratio = statistics.median(other / own for other, own in pairs)
            what = f"{count} at once" if count > 1 else "one"
            what += ", into a file" if kept else ", into nowhere"
            note = f"{megabytes} MB each, {count * megabytes / seconds:,.0f} MB/s"
            bar = BAR if kept else None
            say(Figure(f"delivery by nginx, {what}", ratio, bar, False, "×", note))


def fetch(request: list[str], count: int, kept: bool, folder: Path) -> float:
    """Return the seconds until so many downloads at once are there."""
    targets = [folder / f"fetched-{number}" if kept else os.devnull for number in range(count)]
    began = time.perf_counter()
    running = [
        subprocess.Popen(["curl", "--silent", "--fail", "--output", str(target), *request])
        for target in targets
    ]
    ends = [process.wait() for process in running]
    if any(ends):
        raise RuntimeError("A download failed.")
    spent = time.perf_counter() - began
    for target in targets if kept else ():
        Path(target).unlink()
    return spent


@contextmanager
def nginx(folder: Path, program: str) -> Iterator[int]:
    """Serve the plaintext; yield the port."""
    port = import_module("tests.campaigns.serving").free_port()
    configuration = folder / "nginx.conf"
    configuration.write_text(NGINX.format(folder=folder, port=port), encoding="utf-8")
    process = subprocess.Popen([program, "-c", str(configuration), "-p", str(folder)])
    try:
        wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int) -> None:
    """Wait until somebody listens."""
    until = time.monotonic() + 10
    while True:
        try:
            with urlopen(f"http://127.0.0.1:{port}/data") as answer:
                answer.read(1)
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


if __name__ == "__main__":
    main()
