"""The centre as production runs it: gunicorn with several workers, and the loop of the pipeline."""

from __future__ import annotations

import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from marketplace.accounts.token.services import create_token
from marketplace.core.scopes import EVERY
from marketplace.embedded.children import Child
from tests.campaigns.client import Ask, Told, ask
from tests.given.passkeys import SoftwareKey
from tests.given.world import World
from tests.plugins.broker import ProcessHandle

ROOT = Path(__file__).resolve().parents[2]
WORKERS, THREADS = 4, 4


def gunicorn(port: int, log: Path, environment: Mapping[str, str]) -> Child:
    """Describe a gunicorn that forks its workers when it is loaded, so that a new one is quick."""

    def answers() -> bool:
        client = HTTPConnection("127.0.0.1", port, timeout=5)
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
            *(sys.executable, "-m", "gunicorn", "tests.campaigns.application:application"),
            *("--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--preload"),
            *("--workers", str(WORKERS), "--threads", str(THREADS), "--timeout", "120"),
            *("--graceful-timeout", "1", "--no-control-socket", "--log-level", "critical"),
            *("--limit-request-line", "8190"),
        ),
        folder=ROOT,
        environment=environment,
        is_ready=answers,
        patience=2.0,
        log=log,
    )


def pipeline(log: Path, environment: Mapping[str, str], *, arm: Path, deaths: Path) -> Child:
    """Describe the loop; it starts again when it is killed, as its supervisor would do."""
    return _dying("loop", log, environment, arm=arm, deaths=deaths)


def worker(log: Path, environment: Mapping[str, str], *, arm: Path, deaths: Path) -> Child:
    """Describe the Celery worker, which starts again in the same way."""
    return _dying("worker", log, environment, arm=arm, deaths=deaths)


def _dying(
    name: str, log: Path, environment: Mapping[str, str], *, arm: Path, deaths: Path
) -> Child:
    return Child(
        name=name,
        command=(sys.executable, "-m", f"tests.campaigns.{name}", str(arm), str(deaths)),
        folder=ROOT,
        environment=environment,
        is_ready=deaths.exists,
        patience=2.0,
        log=log,
    )


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Site:
    """A running site, and what programs of people need to call its API."""

    port: int
    process: ProcessHandle
    tokens: dict[str, str]

    def ask(self, request: Ask) -> Told:
        """Send one request from here."""
        return ask(self.port, request)

    def call(self, person: str, path: str, key: str = "", kill: str = "", **data: object) -> Told:
        """Call an act of the API as a person."""
        token = self.tokens[person]
        return self.ask(Ask(f"/api/v1/{path}", data=data, token=token, key=key, kill=kill))


@cache
def passkey_of(person: str) -> SoftwareKey:
    """Return the passkey with which a person's program signs."""
    return SoftwareKey(credential_id=person.encode())


def tokens_of(*people: str) -> dict[str, str]:
    """Make a token for a program of each person, and a passkey for who signs."""
    world = World()
    tokens = {
        person: create_token(name="campaign", days=1, scopes=EVERY, by=world.actor(person)).secret
        for person in people
    }
    for person in {"officer", "buyer"} & set(people):
        passkey_of(person).registered(world, person)
    return tokens
