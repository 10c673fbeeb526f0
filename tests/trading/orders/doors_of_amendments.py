"""The acts on amendments and their doors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

from marketplace.trading.orders.amendment.models import Amendment
from tests.given import amendments
from tests.given import trading as given
from tests.given.doors import DoorCase, Things, to
from tests.given.passkeys import assertion_in_json
from tests.given.world import World
from tests.trading.sending import signed_by_passkey, signed_by_password

SERVICES = "trading.orders.amendment.services"
TERMS = asdict(replace(given.OFFER.terms, licence_months=24))
FORM = {name: value for name, value in TERMS.items() if value is not False}
REASON = {"reason": amendments.REASON}


def contract_of(reach: Callable[[World], Any]) -> Callable[[World], Things]:
    """Return a builder that tells the key of an order's contract."""
    return lambda world: {"pk": reach(world).contract.pk}


def told(reach: Callable[[World], Amendment]) -> Callable[[World], Things]:
    """Return a builder that tells the key and digest of an amendment."""

    def build(world: World) -> Things:
        amendment = reach(world)
        assertion = assertion_in_json(amendment, world, "officer", "seller")
        return {"pk": amendment.pk, "digest": amendment.digest, "assertion": assertion}

    return build


CASES = [
    DoorCase(
        act=f"{SERVICES}.propose_amendment",
        given=contract_of(given.completed),
        actor="officer",
        page=to("contract_amend", FORM),
        api=to("api_propose_amendment", {"terms": TERMS}),
        fact="trading.amendment_proposed",
        scope="trade",
        not_allowed="auditor",
        not_visible="stranger",
        wrong_state=contract_of(given.accepted),
        again="already",
    ),
    DoorCase(
        act="trading.orders.signature.services.sign_amendment",
        given=told(amendments.proposed),
        actor="officer",
        page=to("amendment_sign", signed_by_password),
        api=to("api_sign_amendment", signed_by_passkey),
        fact="trading.amendment_signed",
        scope="trade",
        not_allowed="auditor",
        not_visible="stranger",
        wrong_state=told(amendments.withdrawn),
        again="already",
    ),
    DoorCase(
        act=f"{SERVICES}.decline_amendment",
        given=told(amendments.proposed),
        actor="officer",
        page=to("amendment_decline", REASON),
        api=to("api_decline_amendment", REASON),
        fact="trading.amendment_declined",
        scope="trade",
        not_allowed="buyer",
        not_visible="stranger",
        wrong_state=told(amendments.withdrawn),
    ),
    DoorCase(
        act=f"{SERVICES}.withdraw_amendment",
        given=told(amendments.proposed),
        actor="buyer",
        page=to("amendment_withdraw"),
        api=to("api_withdraw_amendment"),
        fact="trading.amendment_withdrawn",
        scope="trade",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=told(amendments.declined),
    ),
]
