"""The text of an amendment, rendered once from what would change, and frozen."""

from __future__ import annotations

import hashlib
from copy import copy
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from marketplace.credentials.documents import canonical_bytes
from marketplace.trading.listings.plans import Plan
from marketplace.trading.listings.terms.terms import Terms
from marketplace.trading.listings.terms.usage_policy import policy_digest
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.contract.usage_policy import agreement_policy
from marketplace.trading.orders.contract.wording import one_line, side_as_data
from marketplace.trading.orders.negotiation.in_words import changes_of
from marketplace.trading.orders.order.models import Order


def amended_terms(
    contract: Contract, terms: Terms, plan: Plan, *, amendment_id: UUID, number: int, previous: str
) -> dict[str, Any]:
    """Return what an amendment agrees, as data.

    `previous` is the SHA-256 of the text that was agreed last: the contract's, or that of the
    amendment before. `changes` holds each changed term, as it was and as it will be; of a
    contract from before there was such a term, it was null. `plan_change` holds the plan as it was
    and as it will be, where prices of use change.
    """
    order, new = contract.order, terms.as_json()
    old, changed_plan = order.terms, plan != order.agreed_plan
    return {
        "amendment": str(amendment_id),
        "number": number,
        "contract": str(contract.pk),
        "order": str(order.pk),
        "contract_sha256": contract.digest,
        "previous_sha256": previous,
        "seller": side_as_data(order.listing.organization),
        "buyer": side_as_data(order.buyer),
        "terms": new,
        "changes": {
            name: [old.get(name), value]
            for name, value in new.items()
            if name not in old or value != old[name]
        },
        **({"plan_change": [order.plan, plan.as_json()]} if changed_plan else {}),
        "policy_sha256": policy_digest(policy_under(order, terms)),
    }


def policy_under(order: Order, terms: Terms) -> dict[str, Any]:
    """Return the ODRL policy of an order as it would be under other terms."""
    changed = copy(order)
    changed.terms = terms.as_json()
    return agreement_policy(changed)


def amendment_text(order: Order, agreed: dict[str, Any], *, language: str, on: date) -> str:
    """Write an amendment in a language, as plain text with one final line end.

    Like the contract's text it ends by naming the SHA-256 of what was agreed as data.
    """
    with translation.override(language):
        _plan, plan = agreed.get("plan_change", (order.plan, order.plan))
        changes = changes_of(order.plan, order.terms, plan, agreed["terms"], order.currency)
        context = {
            "order": order,
            "number": agreed["number"],
            "contract_sha256": agreed["contract_sha256"],
            "previous_sha256": agreed["previous_sha256"],
            "title": one_line(order.listing.title),
            "seller": order.listing.organization,
            "buyer": order.buyer,
            "centre": settings.CENTRE_NAME_CHINESE
            if language.startswith("zh")
            else settings.CENTRE_NAME,
            "changes": [
                {"label": each.label, "old": one_line(each.old), "new": one_line(each.new)}
                for each in changes
            ],
            "changes_price": "plan_change" in agreed,
            "on": on,
            "agreed_sha256": hashlib.sha256(canonical_bytes(agreed)).hexdigest(),
        }
        text = render_to_string("trading/orders/amendment.txt", context)
    lines = [line.rstrip() for line in text.strip().splitlines()]
    return "\n".join(lines) + "\n"
