"""The acts on approvals to sign and their doors."""

from __future__ import annotations

from marketplace.trading.orders.approval.models import SigningApproval
from tests.given import amendments, limits
from tests.given import trading as given
from tests.given.doors import DoorCase, Things, to
from tests.given.world import World

SERVICES = "trading.orders.approval.services"
REASON = {"reason": limits.REASON}


def contract(world: World) -> Things:
    """Return a contract that the buyer's clerk cannot sign alone."""
    return {"pk": given.contracted(world).pk}


def signed(world: World) -> Things:
    """Return a contract that the buyer has signed."""
    found = given.contracted(world)
    limits.signed_by(world, found, "buyer")
    return {"pk": found.pk}


def amendment(world: World) -> Things:
    """Return an amendment that the buyer's clerk cannot sign alone."""
    return {"pk": amendments.proposed(world).pk}


def withdrawn(world: World) -> Things:
    """Return an amendment that was taken back."""
    return {"pk": amendments.withdrawn(world).pk}


def asked(world: World) -> Things:
    """Return an approval that waits."""
    return key(limits.asked(world))


def refused(world: World) -> Things:
    """Return an approval that was refused."""
    return key(limits.refused(world))


def key(approval: SigningApproval) -> Things:
    """Return the key of an approval."""
    return {"pk": approval.pk}


CASES = [
    DoorCase(
        act=f"{SERVICES}.ask_contract_approval",
        given=contract,
        actor="second_buyer",
        page=to("contract_ask_approval"),
        api=to("api_ask_contract_approval"),
        fact="trading.approval_asked",
        scope="trade",
        not_allowed="auditor",
        not_visible="stranger",
        wrong_state=signed,
        again="already",
    ),
    DoorCase(
        act=f"{SERVICES}.ask_amendment_approval",
        given=amendment,
        actor="second_buyer",
        page=to("amendment_ask_approval"),
        api=to("api_ask_amendment_approval"),
        fact="trading.approval_asked",
        scope="trade",
        not_allowed="auditor",
        not_visible="stranger",
        wrong_state=withdrawn,
        again="already",
    ),
    DoorCase(
        act=f"{SERVICES}.approve_signing",
        given=asked,
        actor="buyer",
        page=to("approval_approve"),
        api=to("api_approve_signing"),
        fact="trading.signing_approved",
        scope="trade",
        not_allowed="second_buyer",
        not_visible="officer",
        wrong_state=refused,
    ),
    DoorCase(
        act=f"{SERVICES}.refuse_signing",
        given=asked,
        actor="buyer",
        page=to("approval_refuse", REASON),
        api=to("api_refuse_signing", REASON),
        fact="trading.signing_refused",
        scope="trade",
        not_allowed="second_buyer",
        not_visible="officer",
        wrong_state=refused,
    ),
]
