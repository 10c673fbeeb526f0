"""A payment provider's messages: signed, once, of a day that is there, with one amount."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import get_default_timezone

from marketplace.core import clock
from marketplace.core.errors import NotAllowed
from marketplace.core.webhooks import secret_bytes, signature
from marketplace.ledger.models import Entry
from marketplace.trading.orders.order.models import Order
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payment.webhooks import Message, refuse_unless_signed
from tests.given import money
from tests.given import trading as given
from tests.given.world import World

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
VECTOR = Message(
    "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "1614265330",
    "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    b'{"test": 2432232314}',
)
"""The example that the Standard Webhooks libraries are tested with."""


def test_the_published_signature() -> None:
    """Our signature of the public example is the one that it names."""
    made = signature(secret_bytes(SECRET), VECTOR.message_id, 1614265330, VECTOR.body)
    assert made == VECTOR.signatures
    refuse_unless_signed(VECTOR, secrets=[SECRET], at=1614265330 + 299)


@pytest.mark.parametrize(
    ("changes", "at", "code"),
    [
        ({"body": b'{"test": 2432232315}'}, 0, "webhook-signature"),
        ({"message_id": "msg_other"}, 0, "webhook-signature"),
        ({"signatures": "v1,AAAA v2,x"}, 0, "webhook-signature"),
        ({"signatures": VECTOR.signatures.replace("v1,", "v1a,")}, 0, "webhook-signature"),
        ({"signatures": ""}, 0, "webhook-headers-missing"),
        ({"timestamp": "soon"}, 0, "webhook-headers-missing"),
        ({"timestamp": "1614265330.0"}, 0, "webhook-headers-missing"),
        ({"timestamp": "01614265330"}, 0, "webhook-headers-missing"),
        ({"timestamp": "NaN"}, 0, "webhook-headers-missing"),
        ({"timestamp": "-1"}, 0, "webhook-too-old"),
        ({"signatures": "v1"}, 0, "webhook-signature"),
        ({"signatures": "v1,!, v1,é"}, 0, "webhook-signature"),
        ({"signatures": VECTOR.signatures + ","}, 0, "webhook-signature"),
        ({"signatures": " "}, 0, "webhook-signature"),
        ({"body": b"\xff"}, 0, "webhook-signature"),
        ({}, 301, "webhook-too-old"),
        ({}, -301, "webhook-too-old"),
    ],
)
def test_a_message_that_is_not_proved(changes: dict[str, Any], at: int, code: str) -> None:
    """Changed, unsigned, or at another time."""
    with pytest.raises(NotAllowed) as refused:
        refuse_unless_signed(
            Message(**{**vars(VECTOR), **changes}), secrets=[SECRET], at=1614265330 + at
        )
    assert refused.value.code == code


def test_secrets_may_be_replaced() -> None:
    """One of several signatures under one of several secrets is enough."""
    other = "whsec_" + base64.b64encode(bytes(range(32))).decode()
    many = Message(**{**vars(VECTOR), "signatures": f"v1,AAAA {VECTOR.signatures}"})
    refuse_unless_signed(many, secrets=[other, SECRET], at=1614265330)
    for wrong in ("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_!", "whsec_AAAA"):
        with pytest.raises(ValueError, match=r"secret|Base64"):
            secret_bytes(wrong)


def posted(order: Order, *, secret: str = SECRET, **changes: Any) -> Any:
    """Send a provider's message of an order's payment, signed at this moment."""
    charge = money.charge_of(order)
    data = {
        "transaction_id": "TX-HOOK-1",
        "amount": str(charge.amount),
        "currency": "CNY",
        "received_on": "2026-03-31",
        "reference": charge.reference,
        **changes,
    }
    body = json.dumps({"type": "payment.received", "data": data}).encode()
    sent_at = int(clock.now().timestamp())
    return Client().post(
        reverse("api_receive_message"),
        body,
        content_type="application/json",
        headers={
            "webhook-id": "msg_1",
            "webhook-timestamp": str(sent_at),
            "webhook-signature": signature(secret_bytes(secret), "msg_1", sent_at, body),
        },
    )


def test_a_signed_message_pays_an_order_once(world: World, settings: Any) -> None:
    """Told twice it is one payment; unsigned, unknown and unreadable ones are refused."""
    order = given.signed(world)
    assert posted(order).status_code == 404
    settings.PAYMENT_WEBHOOK_SECRETS = [SECRET]
    other = "whsec_" + base64.b64encode(bytes(range(32))).decode()
    assert posted(order, secret=other).status_code == 403
    assert posted(order, amount="a lot").status_code == 422
    assert not Payment.objects.exists()
    with clock.stopped_at(datetime.now(UTC)):
        assert posted(order).json() == {"allocated": 1, "unallocated": 0, "known": 0}
        assert posted(order).json() == {"allocated": 0, "unallocated": 0, "known": 1}
    assert Order.objects.get(pk=order.pk).state == "paid"
    assert Payment.objects.count() == 1


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [("11999.99", "CNY", "11999.99 CNY"), ("12000.00", "USD", "12000.00 USD")],
)
def test_a_message_of_a_known_payment_with_another_amount(
    amount: str, currency: str, said: str, world: World, settings: Any
) -> None:
    """A problem names the number and both sums, whoever told of it first; nothing is booked."""
    settings.PAYMENT_WEBHOOK_SECRETS = [SECRET]
    order = given.signed(world)
    assert posted(order).status_code == 200
    refused = posted(order, amount=amount, currency=currency)
    assert refused.status_code == 422
    problem = refused.json()
    assert problem["code"] == "payment-differs"
    assert "TX-HOOK-1" in problem["detail"]
    assert f"booked already with 12000.00 CNY, and is now told with {said}" in problem["detail"]
    money.book(world, money.statement(money.line("TX-BANK-1", "7.00", "x")))
    facts = Entry.objects.count()
    assert posted(order, transaction_id="TX-BANK-1", amount="8.00").status_code == 422
    told = posted(order, transaction_id="TX-BANK-1", amount="7.00", reference="")
    assert told.json() == {"allocated": 0, "unallocated": 0, "known": 1}
    assert sorted(str(each.amount) for each in Payment.objects.all()) == ["12000.00", "7.00"]
    assert Entry.objects.count() == facts


def test_a_message_of_a_day_to_come(world: World, settings: Any) -> None:
    """Today in the centre's zone is the last one that is taken."""
    settings.PAYMENT_WEBHOOK_SECRETS = [SECRET]
    order = given.signed(world)
    day = clock.today() + timedelta(days=1)
    begins = datetime.combine(day, time.min, tzinfo=get_default_timezone())
    with clock.stopped_at(begins - timedelta(minutes=1)):
        refused = posted(order, received_on=str(day))
        assert refused.status_code == 422
        assert refused.json()["code"] == "payment-to-come"
        assert f"{day} is still to come" in refused.json()["detail"]
        assert not Payment.objects.exists()
        assert Order.objects.get(pk=order.pk).state == "signed"
    with clock.stopped_at(begins):
        assert posted(order, received_on=str(day)).json()["allocated"] == 1


@pytest.mark.parametrize("amount", ["1e20", "NaN", "-1", "0", "1.001"])
def test_a_message_of_no_sum(amount: str, world: World, settings: Any) -> None:
    """It is refused as unreadable, and nothing is booked."""
    settings.PAYMENT_WEBHOOK_SECRETS = [SECRET]
    refused = posted(given.signed(world), amount=amount)
    assert (refused.status_code, Payment.objects.count()) == (422, 0)
    assert refused.json()["code"] == "message-unreadable"
