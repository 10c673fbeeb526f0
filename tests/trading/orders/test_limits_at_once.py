"""Limits and approvals, when several act at the same moment."""

from __future__ import annotations

from decimal import Decimal

import pytest

from marketplace.accounts.limit.models import SigningLimit
from marketplace.accounts.limit.services import set_signing_limit
from marketplace.accounts.models import Person
from marketplace.accounts.roles import Role
from marketplace.core.errors import NotAllowed, Refusal, WrongState
from marketplace.ledger.models import Entry
from marketplace.trading.orders.approval.models import SigningApproval
from marketplace.trading.orders.approval.services import (
    approve_signing,
    ask_contract_approval,
    refuse_signing,
)
from marketplace.trading.orders.contract.models import Contract, Signature
from tests.given import limits
from tests.given import trading as given
from tests.given.limits import limited, signed_by
from tests.given.threads import at_once
from tests.given.world import World, invite

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("at_once")]
PRICE = Decimal("12000.00")


def test_one_of_several_decides() -> None:
    """Two approve and two refuse at once: one decision stands, and is on record once."""
    world = World()
    invite(world, "buyer", "payer", {Role.FINANCE})
    limited(world, "payer", PRICE)
    approval = limits.asked(world)
    deciders = [world.actor(person) for person in ("buyer", "payer")] * 2

    def decide(number: int) -> SigningApproval:
        if number < 2:
            return approve_signing(approval.pk, by=deciders[number])
        return refuse_signing(approval.pk, reason="No.", by=deciders[number])

    answers = at_once(4, decide)
    lost = [answer for answer in answers if isinstance(answer, Refusal)]
    assert [type(answer) for answer in lost] == [WrongState] * 3
    kinds = ("trading.signing_approved", "trading.signing_refused")
    assert Entry.objects.filter(kind__in=kinds).count() == 1


def test_asked_for_once() -> None:
    """Whoever asks four times at once is answered the same."""
    world = World()
    contract = given.contracted(world)
    clerk = world.actor("second_buyer")
    answers = at_once(4, lambda _number: ask_contract_approval(contract.pk, by=clerk))
    assert set(answers) == {SigningApproval.objects.get()}


def test_a_limit_is_lowered_while_its_holder_approves() -> None:
    """Whichever comes first: nothing is signed on an approval that its giver may not give."""
    world = World()
    invite(world, "buyer", "payer", {Role.FINANCE})
    limited(world, "payer", PRICE)
    approval = limits.asked(world)
    owner, payer = world.actor("buyer"), world.actor("payer")
    assert payer.person_id is not None
    giver = payer.person_id

    def act(number: int) -> SigningApproval | Person:
        if number:
            return set_signing_limit(giver, limit=Decimal(0), by=owner)
        return approve_signing(approval.pk, by=payer)

    at_once(2, act)
    assert SigningLimit.objects.filter(person_id=giver).count() == 2
    with pytest.raises(NotAllowed):
        signed_by(world, approval.contract, "second_buyer")
    assert not Signature.objects.exists()


def test_two_contracts_signed_at_once_add_up() -> None:
    """Who may sign for one of them does not get both by being quick."""
    world = World()
    limited(world, limit=PRICE)
    listing = given.published(world)
    contracts = [
        Contract.objects.get(order=given.accepted(world, given.placed(world, listing)))
        for _order in range(2)
    ]
    answers = at_once(2, lambda number: signed_by(world, contracts[number], "second_buyer"))
    assert [type(answer) for answer in answers if isinstance(answer, Refusal)] == [NotAllowed]
    assert Signature.objects.count() == 1
