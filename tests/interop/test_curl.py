"""A purchase by curl alone, as the description of the API tells it, against a served site.

Whoever buys knows the centre's address, their password and their authenticator app. What is the
seller's, the bank's and the centre's is done by acts.
"""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from marketplace.accounts.models import Token
from marketplace.trading.listings.plans import Once
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.negotiation.selectors import latest_proposal
from marketplace.trading.orders.negotiation.services import counter_order
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.signature.services import sign_contract
from tests.given import money, trading
from tests.given.codes import code_of, next_code, with_app
from tests.given.docs import runnable_in
from tests.given.pipeline import catch_up
from tests.given.world import PASSWORD, World

ACCOUNT = "Bank of Minjiang 3500 1234 5678"
PATIENCE = 60


@dataclass
class Developer:
    """Somebody who copies the commands of the description into a shell."""

    site: str
    folder: Path
    filled: dict[str, str]

    def read(self) -> dict[str, Any]:
        """Fetch the description of the API."""
        accept = "Accept: application/vnd.oai.openapi+json"
        told = self.shell(f"curl --silent --fail --header '{accept}' '{self.site}/api/v1/openapi/'")
        described: dict[str, Any] = json.loads(told)
        return described

    def follow(self, manual: str, heading: str) -> list[str]:
        """Run all commands of a section; answer what each printed."""
        return [self.shell(text) for _language, text in runnable_in(manual, heading)]

    def shell(self, text: str) -> str:
        """Run commands, with one's own values filled in; answer what they printed."""
        for placeholder, value in self.filled.items():
            text = text.replace(placeholder, value)
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", text],
            cwd=self.folder,
            env={**os.environ, "no_proxy": "*", "NO_PROXY": "*"},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, f"{text}\n{done.stdout}{done.stderr}"
        return done.stdout


def counter(world: World, order: Order, amount: str) -> None:
    """Let the seller make another offer."""
    latest = latest_proposal(order)
    assert latest is not None
    counter_order(
        order.pk,
        offer=latest.digest,
        plan=Once(amount=Decimal(amount)),
        terms=order.agreed_terms,
        message="For you.",
        by=world.actor("officer"),
    )


def sign_as_seller(world: World) -> None:
    """Let the seller sign the contract."""
    contract = Contract.objects.get()
    sign_contract(contract.pk, digest=contract.digest, password=PASSWORD, by=world.actor("officer"))


def pay(world: World, *, reference: str, amount: str) -> None:
    """Let the bank tell of a transfer, as the buyer was told to make it; access opens."""
    money.book(world, money.statement(money.line("TX-1", amount, f"Invoice {reference}")))
    catch_up()


def test_a_purchase_by_curl(site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the password to the accepted delivery; then the other commands of the manual."""
    monkeypatch.setitem(settings.CENTRE, "BANK_ACCOUNT", ACCOUNT)
    world = World()
    trading.published(world)
    app = with_app(world, "buyer")
    developer = Developer(
        site,
        tmp_path,
        {
            "https://centre.example": site,
            "YOUR-ADDRESS": "buyer@example.org",
            "YOUR-PASSWORD": PASSWORD,
            "YOUR-CODE": code_of(app),
        },
    )
    manual = developer.read()["info"]["description"]
    [secret] = developer.follow(manual, "A token without a browser")
    assert Token.objects.get().scopes == ["deliver", "read", "trade"]
    developer.filled["YOUR-TOKEN"] = secret.strip()
    developer.follow(manual, "Getting started")

    find, order, negotiate, sign, fetch_bill, receive, accept = [
        text for _language, text in runnable_in(manual, "Buy")
    ]
    assert "'allowed': True" in developer.shell(find)
    assert developer.shell(order) == "placed\n"
    counter(world, Order.objects.get(), "11000.00")
    assert developer.shell(negotiate) == "11000.00\naccepted\n"
    sign_as_seller(world)
    next_code()
    developer.filled["YOUR-CODE"] = code_of(app)
    assert "T" in developer.shell(sign)
    assert Contract.objects.get().buyer_signed_at is not None
    amount, currency, account, reference, _day = developer.shell(fetch_bill).splitlines()
    assert (amount, currency, account) == ("11000.00", "CNY", ACCOUNT)
    pay(world, reference=reference, amount=amount)
    assert developer.shell(receive) == "data.parquet: OK\n"
    assert developer.shell(accept) == "completed\n"

    assert (
        developer.follow(manual, "Pages of lists")[0].strip()
        == developer.shell(". ./centre.sh; echo $LISTING").strip()
    )
    assert developer.follow(manual, "Filters") == ["[]\n"]
    assert developer.follow(manual, "Errors") == ["unknown-parameter\n"]
    assert developer.follow(manual, "ETag and If-Match") == ["changed-meanwhile\n"]
