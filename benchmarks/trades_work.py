"""What the benchmark of trades does inside Django, once it is set up."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings

from marketplace.core.actor import Actor, Door
from marketplace.delivery.grant.services import issue_grant, open_download
from marketplace.embedded import centre
from marketplace.embedded.children import Child, RunningChild
from marketplace.ledger.models import Entry
from marketplace.pipeline.selectors import reacted_to, sealed_size
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.contract.services import accept_order
from marketplace.trading.orders.delivery.services import accept_delivery
from marketplace.trading.orders.negotiation.services import place_order
from marketplace.trading.orders.signature.services import sign_contract
from marketplace.trading.treasury.payment.services import confirm_payment, record_payment
from tests.campaigns.serving import ROOT, free_port, passkey_of, tokens_of
from tests.given.passkeys import SoftwareKey
from tests.given.trading import published
from tests.given.world import World, build_world

SYSTEM = Actor.system(Door.REACTION)
WORKERS, THREADS = 2, 4


def made() -> dict[str, Any]:
    """Build the world, publish something, and answer what programs need to buy it."""
    build_world()
    listing = published(World())
    return {
        "listing": str(listing.pk),
        "tokens": tokens_of("officer", "buyer", "treasurer", "second_treasurer"),
        "passkeys": {side: passkey_of(side).in_pem() for side in ("officer", "buyer")},
    }


def trade_by_acts(request: str, seconds: float) -> str:
    """Trade what `made` answered for some seconds; answer how many trades in how many, as JSON.

    The third is the processor's seconds of this process meanwhile.
    """
    given, world = json.loads(request), World()
    listing = given["listing"]
    keys = {person: SoftwareKey.of_pem(pem, person) for person, pem in given["passkeys"].items()}
    officer, buyer = world.actor("officer"), world.actor("buyer")
    treasurer, second = world.actor("treasurer"), world.actor("second_treasurer")
    count, began, computed = 0, time.perf_counter(), time.process_time()
    while time.perf_counter() - began < seconds:
        order = place_order(UUID(listing), purpose="Pricing.", request_key=uuid4().hex, by=buyer)
        accept_order(order.pk, by=officer)
        contract = Contract.objects.get(order=order)
        for by, person, side in ((officer, "officer", "seller"), (buyer, "buyer", "buyer")):
            signed = keys[person].over(contract, side)
            sign_contract(contract.pk, digest=contract.digest, assertion=signed, by=by)
        told = record_payment(order.pk, reference=f"BANK-{uuid4().hex[:20]}", by=treasurer)
        confirm_payment(told.pk, by=second)
        grant = issue_grant(order.pk, by=SYSTEM)
        opened = open_download(grant.pk, byte_range=None, by=buyer)
        for _piece in opened.pieces():
            pass
        accept_delivery(order.pk, by=buyer)
        count += 1
    return json.dumps([count, time.perf_counter() - began, time.process_time() - computed])


def wait_for_reactions(patience: float = 600.0) -> tuple[int, float]:
    """Wait until the loop has followed all that was traded before; answer entries and seconds.

    Raises:
        RuntimeError: it has not after so many seconds.
    """
    began, behind = time.perf_counter(), Entry.objects.count() - 1 - reacted_to()
    while Entry.objects.filter(seal=None).exists() or reacted_to() + 1 < sealed_size():
        if time.perf_counter() - began > patience:
            raise RuntimeError(f"The loop has not followed in {patience:g} s.")
        time.sleep(0.2)
    return behind, time.perf_counter() - began


@contextmanager
def served(folder: Path, *, with_worker: bool = True) -> Iterator[int]:
    """Run gunicorn and the pipeline's loop on this database; yield the port.

    Where a broker is named, it and a worker run too, so that reactions can hand over their tasks;
    not for reading alone, which hands over none.
    """
    port = free_port()
    site = centre.web(ROOT, port=port, log=folder / "web.log")
    command = list(site.command)
    for option, value in (("--workers", WORKERS), ("--threads", THREADS)):
        command[command.index(option) + 1] = str(value)
    web = Child(**{**vars(site), "command": tuple(command)})
    children = [web, centre.pipeline(ROOT, log=folder / "loop.log")]
    if with_worker and settings.BROKER_URL:
        broker = centre.valkey(folder, log=folder / "valkey.log", keep=False)
        children = [broker, centre.worker(ROOT, log=folder / "worker.log"), *children]
    running: list[RunningChild] = []
    try:
        for child in children:
            running.append(RunningChild(child))
            running[-1].wait_until_ready(120)
        yield port
    finally:
        for started in reversed(running):
            started.stop()
