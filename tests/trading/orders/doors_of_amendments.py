"""The acts on amendments and their doors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

from django.urls import reverse

from marketplace.trading.orders.amendment.models import Amendment
from tests.given import amendments
from tests.given import trading as given
from tests.given.doors import DoorCase, Send, Things
from tests.given.passkeys import assertion_in_json
from tests.given.world import PASSWORD, World
from tests.trading.sending import to

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


def sign(route: str, **more: str) -> Callable[[Things], Send]:
    """Return a sender of a signature."""
    return lambda things: Send(
        reverse(route, args=[things["pk"]]), {"digest": things["digest"], **more}
    )


CASES = [
    DoorCase(
        act=f"{SERVICES}.propose_amendment",
        given=contract_of(given.completed),
        actor="officer",
        page=to("contract_amend", FORM),
        api=to("api_propose_amendment", {"terms": TERMS}),
        fact="trading.amendment_proposed",
        not_allowed="auditor",
        not_visible="stranger",
        wrong_state=contract_of(given.accepted),
        again="already",
    ),
    DoorCase(
        act=f"{SERVICES}.sign_amendment",
        given=told(amendments.proposed),
        actor="officer",
        page=sign("amendment_sign", read="on", password=PASSWORD),
        api=lambda things: Send(
            reverse("api_sign_amendment", args=[things["pk"]]),
            {"digest": things["digest"], "assertion": things["assertion"]},
        ),
        fact="trading.amendment_signed",
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
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=told(amendments.declined),
    ),
]
