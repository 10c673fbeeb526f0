"""PostgreSQL away: 503 with Retry-After. The broker away: pages work, runs wait.

Afterwards everything that was acknowledged is there, once, and what waited has happened.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from marketplace.embedded import centre as parts
from marketplace.embedded.children import RunningChild
from marketplace.embedded.sockets import embedded_broker_url
from marketplace.notices.kinds import KINDS, Email
from tests.campaigns.client import Ask, Told
from tests.campaigns.serving import ROOT, Site, free_port, gunicorn, pipeline, tokens_of
from tests.campaigns.waiting import answered, until
from tests.given import trading
from tests.given.world import World
from tests.plugins.broker import ProcessHandle
from tests.plugins.copies import read_dump, write_dump
from tests.plugins.postgres import EmbeddedPostgres

pytestmark = [pytest.mark.postgres]
PAGES = ("/", "/market/", "/help/", "/desk/", "/account/login/")
READS = ("/api/v1/market/", "/api/v1/orders/", "/api/v1/listings/")


@dataclass(frozen=True)
class Centre:
    """A centre on a PostgreSQL of its own, which may be stopped."""

    server: EmbeddedPostgres
    site: Site
    listing: str
    environment: dict[str, str]
    folder: Path

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """Ask the database itself."""
        with self.server.connect() as connection:
            return connection.execute(statement).fetchall()

    def order(self, number: int) -> Told:
        """Order under a key that tells the number."""
        data = {"purpose": "Pricing.", "request_key": f"outage-{number}"}
        path = f"market/{self.listing}/place-order/"
        return self.site.call("buyer", path, f"outage-{number}", **data)


@pytest.fixture
def centre(at_once: None, tmp_path: Path) -> Iterator[Centre]:
    """Return a running centre, on a copy of the tests' database with a listing in it."""
    listing = trading.published(World())
    tokens = tokens_of(
        *("officer", "buyer", "treasurer", "second_treasurer", "administrator", "reviewer")
    )
    server = EmbeddedPostgres()
    started: list[ProcessHandle] = []
    try:
        broker = embedded_broker_url(tmp_path)
        environment = {"DATABASE_URL": server.start(), "BROKER_URL": broker}
        dump, port = tmp_path / "world.sql", free_port()
        write_dump(dump)
        read_dump(dump, host=str(server.folder), user="postgres", database="postgres")
        started.append(ProcessHandle(gunicorn(port, tmp_path / "web.log", environment)))
        loop = pipeline(
            tmp_path / "loop.log", environment, arm=tmp_path / "arm", deaths=tmp_path / "deaths"
        )
        started.append(ProcessHandle(loop))
        site = Site(port, started[0], tokens)
        yield Centre(server, site, str(listing.pk), environment, tmp_path)
    finally:
        for process in started:
            process.stop()
        server.stop()


def look(centre: Centre, path: str) -> Told:
    """Read a page as a visitor, or the API as the buyer."""
    token = centre.site.tokens["buyer"] if path.startswith("/api/") else ""
    return answered(lambda: centre.site.ask(Ask(path, "GET", token=token)))


@pytest.mark.drawn(2, of="processes killed, cut off or raced")
def test_what_is_away_loses_nothing(centre: Centre) -> None:
    """First the database, then the broker, which was not there from the beginning."""
    check_without_postgres(centre)
    check_without_the_broker(centre)


def check_without_postgres(centre: Centre) -> None:
    """Pages and the API answer 503 with Retry-After; afterwards they answer, and all is there."""
    assert centre.order(0).status == 201
    centre.server.halt()
    for path in (*PAGES, *READS):
        told = look(centre, path)
        if told.status == 503:
            assert int(told.headers["Retry-After"]) > 0, path
        else:
            # What needs no database answers all the same.
            assert told.status in (200, 302), path
    refused = centre.order(1)
    assert (refused.status, refused.headers["Content-Type"]) == (503, "application/problem+json")
    assert refused.body["type"].endswith(":unavailable")
    assert centre.site.ask(Ask("/market/", "GET")).status == 503
    centre.server.resume()
    until(lambda: centre.order(1).status == 201)
    assert centre.order(0).status == 201
    assert centre.rows("SELECT request_key FROM orders_order ORDER BY 1") == [
        ("outage-0",),
        ("outage-1",),
    ]
    until(lambda: centre.rows(UNSEALED) == [(0,)])
    until(lambda: centre.rows(TOLD) == [(2,)])


def check_without_the_broker(centre: Centre) -> None:
    """What a worker shall do waits for the broker, and nobody has to ask for it again."""
    assert {look(centre, path).status for path in READS} == {200}
    assert {look(centre, path).status for path in PAGES} <= {200, 302}
    until(lambda: centre.rows(WAITING) != [(0,)])
    assert centre.rows(UNSENT) != [(0,)]
    broker = ProcessHandle(parts.valkey(centre.folder, keep=False))
    worker = parts.worker(ROOT, log=centre.folder / "worker.log")
    running = RunningChild(replace(worker, environment=centre.environment))
    try:
        until(lambda: centre.rows(UNSENT) == [(0,)])
        until(lambda: centre.rows(WAITING) == [(0,)])
    finally:
        running.stop()
        broker.stop()


WAITING = "SELECT count(*) FROM pipeline_setaside WHERE state <> 'done'"
ON_WISH = ", ".join(f"'{code}'" for code, kind in KINDS.items() if kind.email is Email.ON_WISH)
UNSENT = f"SELECT count(*) FROM notices_notice WHERE emailed_at IS NULL AND kind NOT IN ({ON_WISH})"
UNSEALED = "SELECT (SELECT count(*) FROM ledger_entry) - (SELECT count(*) FROM ledger_seal)"
TOLD = """
SELECT count(DISTINCT entry.subject) FROM ledger_entry entry
JOIN notices_notice notice ON notice.subject = entry.subject
WHERE entry.kind = 'trading.order_placed'
"""
