"""Amendments at once: one waits, one signature of a side counts, and both sides make one whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from marketplace.core import clock
from marketplace.core.errors import Refusal, WrongState
from marketplace.core.months import months_after
from marketplace.ledger.models import Entry
from marketplace.trading.orders.amendment.models import Amendment, AmendmentSignature
from marketplace.trading.orders.amendment.services import (
    decline_amendment,
    expire_amendments,
    propose_amendment,
    withdraw_amendment,
)
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.models import Charge
from marketplace.trading.orders.settlement.services import bill_usage
from marketplace.trading.orders.signature.services import sign_amendment
from marketplace.trading.orders.termination.services import terminate_contract
from tests.given import amendments
from tests.given import trading as given
from tests.given.limits import limited
from tests.given.threads import at_once
from tests.given.world import PASSWORD, World
from tests.trading.listings.test_plans import METERED

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("at_once")]


def test_six_proposals_at_once() -> None:
    """One waits; the five others are told so."""
    world = World()
    order = given.completed(world)
    terms = order.agreed_terms
    actors = [world.actor(("officer", "buyer")[number % 2]) for number in range(6)]
    answers = at_once(
        6,
        lambda number: propose_amendment(
            order.contract.pk,
            terms=replace(terms, licence_months=20 + number),
            by=actors[number],
        ),
    )
    losers = [answer for answer in answers if isinstance(answer, Refusal)]
    assert {(type(each), each.code) for each in losers} == {(WrongState, "amendment-waiting")}
    assert len(losers) == 5
    assert Amendment.objects.count() == 1


def test_both_sides_sign_at_once() -> None:
    """Three people of each side: two signatures, concluded once, and the terms hold."""
    world = World()
    amendment = amendments.proposed(world)
    limited(world, "colleague", given.OFFER.price, by="officer")
    limited(world, "second_buyer", given.OFFER.price)
    people = ["officer", "colleague", "officer", "buyer", "second_buyer", "buyer"]
    actors = [world.actor(person) for person in people]
    answers = at_once(
        6,
        lambda number: sign_amendment(
            amendment.pk, digest=amendment.digest, password=PASSWORD, by=actors[number]
        ),
    )
    assert [type(answer) for answer in answers] == [Amendment] * 6
    assert AmendmentSignature.objects.count() == 2
    kept = Entry.objects.filter(kind="trading.amendment_signed").order_by("id")
    assert sorted(each.payload["is_concluded"] for each in kept) == [False, True]
    assert Amendment.objects.get().state == "in_force"
    assert Order.objects.get().agreed_terms.licence_months == 24


def test_sign_against_decline_and_withdrawal() -> None:
    """Whichever comes first, the terms hold exactly when the amendment is in force."""
    world = World()
    amendment = amendments.proposed(world)
    amendments.signed(world, amendment, "buyer")
    officer, buyer = world.actor("officer"), world.actor("buyer")

    def act(number: int) -> object:
        if number % 3 == 0:
            return sign_amendment(
                amendment.pk, digest=amendment.digest, password=PASSWORD, by=officer
            )
        if number % 3 == 1:
            return decline_amendment(amendment.pk, reason="No.", by=officer)
        return withdraw_amendment(amendment.pk, by=buyer)

    answers = at_once(6, act)
    assert {type(each) for each in answers} <= {Amendment, WrongState}
    state, months = Amendment.objects.get().state, Order.objects.get().agreed_terms.licence_months
    assert (state == "in_force") == (months == 24)
    assert state in ("in_force", "declined", "withdrawn")


@pytest.mark.parametrize("side", ["buyer", "officer"])
def test_sign_against_termination(side: str) -> None:
    """Terms change before the contract ends, or never; nothing is signed after the end."""
    world = World()
    order = given.paid(world)
    amendment = amendments.proposed(world, order)
    amendments.signed(world, amendment, "buyer")
    officer, ending = world.actor("officer"), world.actor(side)

    def act(number: int) -> object:
        if number % 2:
            return terminate_contract(order.pk, reason="We stop.", by=ending)
        return sign_amendment(amendment.pk, digest=amendment.digest, password=PASSWORD, by=officer)

    assert {type(each) for each in at_once(6, act)} <= {Amendment, Order, WrongState}
    order, amendment = Order.objects.get(), Amendment.objects.get()
    assert order.state == "terminated"
    in_force = amendment.state == "in_force"
    assert in_force or amendment.state == "proposed"
    assert order.agreed_terms.licence_months == (24 if in_force else 12)
    facts = ("trading.amendment_signed", "trading.contract_terminated")
    kept = list(Entry.objects.filter(kind__in=facts).values_list("kind", flat=True))
    assert sorted(kept) == sorted([facts[0], *([facts[0]] if in_force else []), facts[1]])
    if not in_force:
        with clock.stopped_at(clock.now() + timedelta(days=60)):
            assert expire_amendments(by=given.SYSTEM) == [amendment.pk]


def test_billing_against_other_prices() -> None:
    """A month is billed once, by the prices that held in it, while others are being signed."""
    world = World()
    order = given.paid(world, given.placed(world, given.published(world, plan=METERED)))
    cheaper = replace(METERED, cap=Decimal("20.00"))
    amendment = amendments.proposed(world, order, plan=cheaper)
    amendments.signed(world, amendment, "buyer")
    officer, today = world.actor("officer"), clock.today()
    months = [f"{months_after(today.replace(day=1), number):%Y-%m}" for number in (0, 1)]

    def act(number: int) -> object:
        if number % 2:
            return sign_amendment(
                amendment.pk, digest=amendment.digest, password=PASSWORD, by=officer
            )
        return bill_usage(order.pk, period=months[0], units=60_000, by=given.SYSTEM)

    assert {type(each) for each in at_once(6, act)} == {Amendment, Charge}
    bill_usage(order.pk, period=months[1], units=60_000, by=given.SYSTEM)
    billed = Charge.objects.filter(kind="usage").order_by("period").values_list("period", "amount")
    assert list(billed) == [
        (months[0], METERED.charge(60_000)),
        (months[1], cheaper.charge(60_000)),
    ]
