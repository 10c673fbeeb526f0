"""Amendments at once: one waits, one signature of a side counts, and both sides make one whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from marketplace.core.errors import Refusal, WrongState
from marketplace.ledger.models import Entry
from marketplace.trading.amendments.services.proposing import (
    decline_amendment,
    propose_amendment,
    withdraw_amendment,
)
from marketplace.trading.amendments.services.signing import sign_amendment
from marketplace.trading.models import Amendment, AmendmentSignature, Order
from tests.given import amendments
from tests.given import trading as given
from tests.given.threads import at_once
from tests.given.world import World

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("committed_database")]


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
    people = ["officer", "colleague", "officer", "buyer", "second_buyer", "buyer"]
    actors = [world.actor(person) for person in people]
    answers = at_once(
        6,
        lambda number: sign_amendment(amendment.pk, digest=amendment.digest, by=actors[number]),
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
            return sign_amendment(amendment.pk, digest=amendment.digest, by=officer)
        if number % 3 == 1:
            return decline_amendment(amendment.pk, reason="No.", by=officer)
        return withdraw_amendment(amendment.pk, by=buyer)

    answers = at_once(6, act)
    assert {type(each) for each in answers} <= {Amendment, WrongState}
    state, months = Amendment.objects.get().state, Order.objects.get().agreed_terms.licence_months
    assert (state == "in_force") == (months == 24)
    assert state in ("in_force", "declined", "withdrawn")
