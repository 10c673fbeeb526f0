"""A program that trades over the API; it knows nothing of Django."""

import json
import time
from uuid import uuid4

from tests.campaigns.client import Ask, Told, ask

WAIT = 0.2
"""Seconds between two looks whether the pipeline has opened access, as a patient program would."""


def trade(request: str, seconds: float) -> str:
    """Trade for some seconds; answer how many trades in how many seconds, as JSON."""
    given = json.loads(request)
    program = Program(given["port"], given["tokens"])
    count, began = 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        program.trade(given["listing"])
        count += 1
    return json.dumps([count, time.perf_counter() - began])


class Program:
    """Holds a token of each side and of the centre's treasurers."""

    def __init__(self, port: int, tokens: dict[str, str]) -> None:
        self.port, self.tokens = port, tokens

    def trade(self, listing: str) -> None:
        """Order, accept, sign twice, pay, wait for access, download, accept."""
        key = uuid4().hex
        order = self.act("buyer", f"market/{listing}/order/", purpose="Pricing.", request_key=key)
        contract = self.act("officer", f"orders/{order['id']}/accept/")["contract"]
        digest = self.look("buyer", f"contracts/{contract}/").body["digest"]
        for side in ("officer", "buyer"):
            self.act(side, f"contracts/{contract}/sign/", digest=digest)
        told = self.act("treasurer", f"orders/{order['id']}/payment/", reference=f"BANK-{key[:20]}")
        self.act("second_treasurer", f"payments/{told['id']}/confirm/")
        while (opened := self.look("buyer", f"orders/{order['id']}/grant/")).status == 404:
            time.sleep(WAIT)
        if self.look("buyer", f"grants/{opened.body['id']}/download/").status != 200:
            raise RuntimeError("The data did not come.")
        self.act("buyer", f"orders/{order['id']}/accept-delivery/")

    def act(self, person: str, path: str, **data: str) -> dict[str, str]:
        """Call an act under a key of its own."""
        request = Ask(f"/api/v1/{path}", data=data, token=self.tokens[person], key=uuid4().hex)
        told = ask(self.port, request)
        if told.status not in (200, 201):
            raise RuntimeError(f"{path} answered {told.status}: {told.body}")
        body: dict[str, str] = told.body
        return body

    def look(self, person: str, path: str) -> Told:
        return ask(self.port, Ask(f"/api/v1/{path}", "GET", token=self.tokens[person]))
