"""What an offer would change, field by field, in the reader's language."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from marketplace.trading.listings.plans import (
    Free,
    Once,
    Plan,
    Subscription,
    chosen_plan,
    plan_of,
    plan_of_price,
)
from marketplace.trading.listings.terms.presentation import terms_facts
from marketplace.trading.orders.negotiation.selectors import proposals_of
from marketplace.trading.orders.order.models import Order


@dataclass(frozen=True)
class Change:
    """One line of what is agreed, before and after."""

    label: str
    old: str
    new: str


def changes_of(
    old_plan: dict[str, Any],
    old_terms: dict[str, Any],
    plan: dict[str, Any],
    terms: dict[str, Any],
    currency: str,
) -> list[Change]:
    """Return what differs between two sets of plan and terms, in the order of the terms."""
    before = dict(_lines(old_plan, old_terms, currency))
    after = dict(_lines(plan, terms, currency))
    none = _("nothing")
    return [
        Change(label, before.get(label, none), after.get(label, none))
        for label in (*after, *(label for label in before if label not in after))
        if before.get(label) != after.get(label)
    ]


def offers_in_words(order: Order) -> list[dict[str, Any]]:
    """Return every offer with what it changed in the one before it, latest first.

    The first is compared with the price and the terms of the listing.
    """
    listed = chosen_plan(order.listing.price_plan, order.tier).as_json()
    told: list[dict[str, Any]] = []
    plan, terms = listed, order.listing.terms
    for offer in proposals_of(order):
        changes = changes_of(plan, terms, offer.plan, offer.terms, order.currency)
        told.append({"offer": offer, "changes": changes})
        plan, terms = offer.plan, offer.terms
    return told[::-1]


def price_to_ask(plan: Plan) -> Decimal | None:
    """Return the one amount of a plan that a form can ask for; None where there are several."""
    if isinstance(plan, Once | Subscription):
        return plan.amount
    return Decimal("0.00") if isinstance(plan, Free) else None


def with_price(plan: Plan, amount: Decimal | None) -> Plan:
    """Return a plan with another amount, of the kinds that have one; else the plan itself."""
    if amount is None:
        return plan
    if isinstance(plan, Subscription) or (isinstance(plan, Once) and plan.rows is not None):
        return replace(plan, amount=amount)
    return plan_of_price(amount) if isinstance(plan, Once | Free) else plan


def _lines(plan: dict[str, Any], terms: dict[str, Any], currency: str) -> list[tuple[str, str]]:
    return [(_("Price"), " ".join(plan_of(plan).describe(currency))), *terms_facts(terms)]
