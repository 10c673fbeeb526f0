"""A purchase by a client that is made of the API's description, as its manual tells.

`openapi-python-client` makes it, in the environment of the buyers' tools. What it does not
understand is a warning, and each warning fails.
"""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from marketplace.accounts.token.services import create_token
from marketplace.trading.orders.order.models import Order
from tests.given import described, trading
from tests.given.codes import code_of, with_app
from tests.given.docs import runnable_in
from tests.given.world import World
from tests.interop.test_curl import (
    ACCOUNT,
    Developer,
    counter,
    pay,
    sign_as_seller,
)

SCOPES = frozenset({"read", "trade", "deliver"})
PATIENCE = 300
BEGIN = """
import hashlib, json, sys
from uuid import UUID, uuid4
from centre_client import AuthenticatedClient
from centre_client.api.charges import list_charges
from centre_client.api.contracts import get_contract, sign_contract
from centre_client.api.grants import open_download
from centre_client.api.market import get_market_listing, place_order, search_market
from centre_client.api.orders import (
    accept_delivery, accept_order, get_order, get_order_grant, list_order_offers,
)
from centre_client.models import (
    AcceptOrderInRequest, PlaceOrderInRequest, Problem, SignInRequest,
)
site, token, known = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
client = AuthenticatedClient(base_url=site, token=token, timeout=60)

def new_key():
    return f'"{uuid4()}"'

def ids(name):
    return UUID(known[name])
"""
ORDER = """
listing = search_market.sync(client=client).results[0]
assert get_market_listing.sync(listing.id, client=client).acts["place_order"].allowed
wanted = PlaceOrderInRequest(purpose="To price insurance", request_key="by-client")
made = place_order.sync_detailed(
    listing.id, client=client, body=wanted, idempotency_key=new_key()
)
order = made.parsed
assert made.headers["Location"] == f"/api/v1/orders/{order.id}/"
refused = accept_order.sync(
    order.id, client=client, body=AcceptOrderInRequest(), idempotency_key=new_key()
)
assert isinstance(refused, Problem) and refused.status == 403, refused
print(json.dumps({"order": str(order.id), "state": order.state.value}))
"""
NEGOTIATE = """
offer = list_order_offers.sync(ids("order"), client=client).results[0]
order = accept_order.sync(
    ids("order"), client=client, body=AcceptOrderInRequest(offer=offer.digest),
    idempotency_key=new_key(),
)
print(json.dumps({"contract": str(order.contract), "state": order.state.value}))
"""
SIGN = """
contract = get_contract.sync(ids("contract"), client=client)
digest = hashlib.sha256(contract.text.encode()).hexdigest()
assert digest == contract.digest
signed = sign_contract.sync(
    contract.id, client=client, body=SignInRequest(digest=digest, code=known["code"]),
    idempotency_key=new_key(),
)
number = get_order.sync(ids("order"), client=client).number
[charge] = list_charges.sync(client=client, q=number).results
print(json.dumps({
    "signed": signed.buyer_signed_at is not None, "amount": charge.due, "pay_to": charge.pay_to,
    "reference": charge.reference,
}))
"""
RECEIVE = """
grant = get_order_grant.sync(ids("order"), client=client)
data = open_download.sync(grant.id, client=client).payload.read()
assert hashlib.sha256(data).hexdigest() == grant.sha256
accepted = accept_delivery.sync(ids("order"), client=client, idempotency_key=new_key())
print(json.dumps({"size": len(data), "state": accepted.state.value}))
"""


def make_client(site: str, tools: Path, folder: Path) -> None:
    """Make the client by the commands of the manual."""
    developer = Developer(site, folder, {"https://centre.example": site})
    manual = developer.read()["info"]["description"]
    [(_language, commands)] = runnable_in(manual, "Make a client")
    path = f"{tools.parent}:{os.environ['PATH']}"
    developer.shell(f"export PATH={path}\n{commands}")


def operations_in(folder: Path) -> set[str]:
    """Return the operations that a client has."""
    return {path.stem for path in (folder / "client" / "centre_client" / "api").glob("*/*.py")}


def test_a_purchase_by_a_generated_client(
    site: str, tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No operation of the description is lost, and those of a purchase do what they say."""
    monkeypatch.setitem(settings.CENTRE, "BANK_ACCOUNT", ACCOUNT)
    make_client(site, tools, tmp_path)
    named = {operation["operationId"] for operation in described.operations().values()}
    assert named - operations_in(tmp_path) == set()

    world = World()
    trading.published(world)
    app = with_app(world, "buyer")
    buyer = replace(world.actor("buyer"), passed_second_factor=True)
    token = create_token(name="client", days=1, scopes=SCOPES, by=buyer).secret
    known: dict[str, Any] = {}

    def run(program: str) -> dict[str, Any]:
        done = subprocess.run(
            [str(tools), "-c", BEGIN + program, site, token, json.dumps(known)],
            cwd=tmp_path / "client",
            env={**os.environ, "no_proxy": "*", "NO_PROXY": "*"},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        told: dict[str, Any] = json.loads(done.stdout)
        known.update(told)
        return told

    assert run(ORDER)["state"] == "placed"
    counter(world, Order.objects.get(), "11000.00")
    assert run(NEGOTIATE)["state"] == "accepted"
    sign_as_seller(world)
    known["code"] = code_of(app)
    told = run(SIGN)
    assert (told["signed"], told["amount"], told["pay_to"]) == (True, "11000.00", ACCOUNT)
    pay(world, reference=told["reference"], amount=told["amount"])
    received = run(RECEIVE)
    assert received["state"] == "completed"
    assert received["size"] > 0
