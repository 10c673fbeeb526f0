"""People who buy, sign, pay, label and score, and repeat what the database did not do."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.db import connection, connections

from marketplace.core.faults import DATABASE_AWAY
from tests.campaigns.client import LOST, Ask, Told
from tests.campaigns.serving import Site
from tests.campaigns.trade import Trade
from tests.campaigns.waiting import PATIENCE
from tests.given.learning import ROW

PAUSE = 0.05
AGAIN = {"unavailable", "busy", "idempotency-key-in-use"}
"""What is answered to what may be asked again."""

Found = TypeVar("Found")


def insist(site: Site, request: Ask, refused: list[str]) -> Told:
    """Send a request until it is done; nothing but being told to try again is put up with."""
    began, waiting = time.monotonic(), Event()
    while True:
        told = site.ask(request)
        if told.status in (200, 201):
            return told
        code = "lost" if told.status == LOST else told.body["code"]
        assert told.status == LOST or code in AGAIN, (request.path, told)
        assert told.status == LOST or "Retry-After" in told.headers, told
        assert time.monotonic() - began < PATIENCE, (request.path, told)
        refused.append(code)
        waiting.wait(PAUSE)


def read(look: Callable[[], Found]) -> Found:
    """Look into the database until it answers."""
    began, waiting = time.monotonic(), Event()
    while True:
        try:
            return look()
        except DATABASE_AWAY:
            connection.close()
            assert time.monotonic() - began < PATIENCE
            waiting.wait(PAUSE)


@dataclass
class InsistingTrade(Trade):
    """A trade whose people repeat what was not done."""

    refused: list[str] = field(default_factory=list)

    def ask(self, request: Ask) -> Told:
        """Send a request until it is done."""
        return insist(self.site, request, self.refused)

    def read(self, look: Callable[[], Found]) -> Found:
        """Look until the database answers."""
        return read(look)


@dataclass
class Load:
    """What was done, as far as it was acknowledged."""

    site: Site
    listing: UUID
    project: UUID
    grant: UUID
    secret: str
    ended: Event = field(default_factory=Event)
    trades: list[InsistingTrade] = field(default_factory=list)
    labelled: list[str] = field(default_factory=list)
    rows: int = 0
    refused: list[str] = field(default_factory=list)

    def trade(self) -> None:
        """Buy, sign, pay and accept, one order after the other."""
        while not self.ended.is_set():
            trade = InsistingTrade(self.site, self.listing, points=(), refused=self.refused)
            trade.run()
            self.trades.append(trade)

    def label(self) -> None:
        """Label batch after batch, until none is left."""
        while not self.ended.is_set():
            told = self._act("annotator", f"labelling-tasks/{self.project}/take/", or_none=True)
            if told is None:
                return
            batch = f"batches-of-items/{told['id']}"
            for item in self._see("annotator", f"{batch}/")["items"]:
                self._act("annotator", f"labelling-items/{item['id']}/look/")
                self._act("annotator", f"labelling-items/{item['id']}/label/", classes=["low"])
                self.labelled.append(item["id"])
            self._act("annotator", f"{batch}/hand-in/")

    def score(self) -> None:
        """Score one row after the other with a bought model."""
        path = f"/api/v1/grants/{self.grant}/score/"
        while not self.ended.is_set():
            request = Ask(path, data={"rows": [ROW]}, token=self.secret, key=str(uuid4()))
            insist(self.site, request, self.refused)
            self.rows += 1
            self.ended.wait(0.2)

    def _act(self, person: str, path: str, *, or_none: bool = False, **data: Any) -> Any:
        token, key = self.site.tokens[person], str(uuid4())
        request = Ask(f"/api/v1/{path}", data=data, token=token, key=key)
        if or_none:
            told = self.site.ask(request)
            if told.status in (404, 409) and told.body["code"] not in AGAIN:
                return None
        return insist(self.site, request, self.refused).body

    def _see(self, person: str, path: str) -> Any:
        request = Ask(f"/api/v1/{path}", "GET", token=self.site.tokens[person])
        return insist(self.site, request, self.refused).body


def alone(call: Callable[[], None]) -> None:
    """Call, and close what a thread opened."""
    try:
        call()
    finally:
        connections.close_all()
