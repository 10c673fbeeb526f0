"""Limits of signing, and approvals to sign above them, reached by acts."""

from __future__ import annotations

from decimal import Decimal

from marketplace.accounts.limit.services import set_signing_limit
from marketplace.accounts.models import Person
from marketplace.trading.orders.amendment.models import Amendment
from marketplace.trading.orders.approval.models import SigningApproval
from marketplace.trading.orders.approval.services import (
    approve_signing,
    ask_amendment_approval,
    ask_contract_approval,
    refuse_signing,
)
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.signature.services import sign_contract
from tests.given import amendments
from tests.given import trading as given
from tests.given.shelf import kept
from tests.given.world import PASSWORD, World

LIMIT = Decimal("5000.00")
"""Below the 12,000.00 of what is listed."""
REASON = "Ask the board first."


def limited(
    world: World, person: str = "second_buyer", limit: Decimal = LIMIT, *, by: str = "buyer"
) -> Person:
    """Let an owner set somebody's limit."""
    return set_signing_limit(world.person(person).pk, limit=limit, by=world.actor(by))


@kept
def asked(world: World) -> SigningApproval:
    """Let the buyer's clerk ask to sign a contract above their limit."""
    limited(world)
    contract = given.contracted(world)
    return ask_contract_approval(contract.pk, by=world.actor("second_buyer"))


@kept
def approved(world: World) -> SigningApproval:
    """Let the buyer's owner approve it."""
    return approve_signing(asked(world).pk, by=world.actor("buyer"))


@kept
def refused(world: World) -> SigningApproval:
    """Let the buyer's owner refuse it."""
    return refuse_signing(asked(world).pk, reason=REASON, by=world.actor("buyer"))


@kept
def asked_to_amend(world: World) -> SigningApproval:
    """Let the buyer's clerk ask to sign an amendment above their limit."""
    limited(world)
    amendment = amendments.proposed(world)
    return ask_amendment_approval(amendment.pk, by=world.actor("second_buyer"))


@kept
def approved_to_amend(world: World) -> SigningApproval:
    """Let the buyer's owner approve it."""
    return approve_signing(asked_to_amend(world).pk, by=world.actor("buyer"))


def signed_by(world: World, contract: Contract, person: str) -> Contract:
    """Let somebody sign a contract for their side, before the centre as a witness."""
    return sign_contract(
        contract.pk, digest=contract.digest, password=PASSWORD, by=world.actor(person)
    )


def amendment_of(approval: SigningApproval) -> Amendment:
    """Return the amendment that an approval is about."""
    assert approval.amendment is not None
    return approval.amendment
