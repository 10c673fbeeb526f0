"""The acts of trading and their doors."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from marketplace.trading.orders.contract.models import Contract
from tests.given import feeds, money
from tests.given import trading as given
from tests.given.doors import DoorCase, Things, to
from tests.given.passkeys import assertion_in_json
from tests.given.world import World
from tests.trading.listings import (
    doors_instead_of_rows,
    doors_of_assessments,
    doors_of_feeds,
    doors_of_income_shares,
    doors_of_inquiries,
    doors_of_renewals,
)
from tests.trading.orders import (
    doors_of_amendments,
    doors_of_approvals,
    doors_of_lineage,
    doors_of_persons,
    doors_of_recalls,
    doors_of_remedies,
)
from tests.trading.orders.doors_of_negotiation import CASES as NEGOTIATION_CASES
from tests.trading.sending import REASON, key_of, signed_by_passkey, signed_by_password
from tests.trading.treasury import doors_of_money

OFFER_JSON: dict[str, Any] = {
    **given.OFFER.texts(),
    "price": "13000.00",
    "terms": asdict(given.OFFER.terms),
}
OFFER_FORM = {
    **{name: value for name, value in OFFER_JSON.items() if name != "terms"},
    **{name: value for name, value in OFFER_JSON["terms"].items() if value is not False},
    "delivery_mode": "file",
}
KINDS = {"visible_kinds": ["company"]}
PURPOSE = {"purpose": "To price insurance.", "request_key": "a-key"}
CHECKLIST = {"checklist": list(given.LISTING_CHECKLIST)}


def masked_version(world: World) -> Things:
    """Return a version that can be listed."""
    return {"pk": given.masked(world).pk}


def product(world: World) -> Things:
    """Return a product that is on the market."""
    return {"pk": given.published(world).product_id}


def later(world: World) -> Things:
    """Return a version to which the offers of its product can move on."""
    return {"pk": feeds.later(world).pk}


def exclusive_listing(world: World) -> Things:
    """Return a listing that is sold to one buyer alone."""
    return {"pk": given.published(world, exclusive=True).pk}


def order_of_draft(world: World) -> Things:
    """Return an exclusive listing that somebody ordered."""
    return {"pk": given.placed(world, given.published(world, exclusive=True)).listing_id}


def contract(world: World) -> Things:
    """Return a contract that waits for both sides."""
    return signable(given.contracted(world), world)


def signable(found: Contract, world: World) -> Things:
    """Return a contract's key and digest, and what the buyer's passkey makes of it."""
    assertion = assertion_in_json(found, world, "buyer", "buyer")
    return {"pk": found.pk, "digest": found.digest, "assertion": assertion}


def cancelled_contract(world: World) -> Things:
    """Return the contract of an order that was cancelled."""
    return signable(given.cancelled_contract(world), world)


def told_paid(world: World) -> Things:
    """Return the id of a payment that somebody recorded by hand."""
    return {"pk": given.told_paid(world).pk}


def waiting_payment(world: World) -> Things:
    """Return the id of a payment of the bank's that waits to be allocated."""
    return {"pk": money.unallocated(world).pk}


CASES = [
    *(doors_of_money.CASES + doors_instead_of_rows.CASES),
    *(doors_of_amendments.CASES + doors_of_renewals.CASES),
    *(doors_of_approvals.CASES + doors_of_recalls.CASES),
    *doors_of_persons.CASES,
    *doors_of_remedies.CASES,
    *doors_of_lineage.CASES,
    *doors_of_feeds.CASES,
    *(doors_of_inquiries.CASES + doors_of_income_shares.CASES),
    *doors_of_assessments.CASES,
    DoorCase(
        act="trading.listings.listing.services.draft_listing",
        given=masked_version,
        actor="officer",
        page=to("listing_draft", OFFER_FORM),
        api=to("api_draft_listing", OFFER_JSON),
        fact="trading.listing_drafted",
        scope="trade",
        not_allowed="auditor",
        not_visible="stranger",
        again="already",
    ),
    DoorCase(
        act="trading.listings.product.services.declare_key",
        given=product,
        actor="officer",
        page=to("product_key", {"columns": "day\nline"}),
        api=to("api_declare_key", {"columns": ["day", "line"]}),
        fact="trading.key_declared",
        scope="trade",
        not_allowed="auditor",
        not_visible="stranger",
        again="already",
    ),
    DoorCase(
        act="trading.listings.advance.services.advance_product",
        given=later,
        actor="officer",
        page=to("product_advance"),
        api=to("api_advance_product"),
        fact="trading.listing_advanced",
        scope="trade",
        not_allowed="auditor",
        not_visible="stranger",
        wrong_state=masked_version,
        again="already",
    ),
    DoorCase(
        act="trading.listings.listing.services.offer_to_others",
        given=key_of(given.published),
        actor="officer",
        page=to("listing_offer_to_others", KINDS),
        api=to("api_offer_to_others", KINDS),
        fact="trading.listing_drafted",
        scope="trade",
        not_allowed="auditor",
        not_visible="buyer",
        wrong_state=exclusive_listing,
        again="already",
    ),
    DoorCase(
        act="trading.listings.listing.services.revise_listing",
        given=key_of(given.drafted),
        actor="officer",
        page=to("listing_revise", OFFER_FORM),
        api=to("api_revise_listing", OFFER_JSON),
        fact="trading.listing_revised",
        scope="trade",
        not_allowed="auditor",
        not_visible="stranger",
        wrong_state=key_of(given.submitted),
        again="already",
    ),
    DoorCase(
        act="trading.listings.publication.services.submit_listing",
        given=key_of(given.drafted),
        actor="officer",
        page=to("listing_submit"),
        api=to("api_submit_listing"),
        fact="trading.listing_submitted",
        scope="trade",
        not_allowed="reviewer",
        not_visible="buyer",
        wrong_state=key_of(given.published),
    ),
    DoorCase(
        act="trading.listings.publication.services.publish_listing",
        given=key_of(given.submitted),
        actor="reviewer",
        page=to("listing_publish", CHECKLIST),
        api=to("api_publish_listing", CHECKLIST),
        fact="trading.listing_published",
        scope="administer",
        not_allowed="officer",
        not_visible="buyer",
        wrong_state=key_of(given.returned),
    ),
    DoorCase(
        act="trading.listings.publication.services.return_listing",
        given=key_of(given.submitted),
        actor="reviewer",
        page=to("listing_return", REASON),
        api=to("api_return_listing", REASON),
        fact="trading.listing_returned",
        scope="administer",
        not_allowed="officer",
        not_visible="buyer",
        wrong_state=key_of(given.published),
    ),
    DoorCase(
        act="trading.listings.publication.services.suspend_listing",
        given=key_of(given.published),
        actor="officer",
        page=to("listing_suspend", REASON),
        api=to("api_suspend_listing", REASON),
        fact="trading.listing_suspended",
        scope="trade",
        not_allowed="buyer",
        wrong_state=key_of(given.suspended),
    ),
    DoorCase(
        act="trading.listings.publication.services.resume_listing",
        given=key_of(given.suspended),
        actor="officer",
        page=to("listing_resume"),
        api=to("api_resume_listing"),
        fact="trading.listing_resumed",
        scope="trade",
        not_allowed="auditor",
        not_visible="buyer",
        wrong_state=key_of(given.published),
    ),
    DoorCase(
        act="trading.listings.publication.services.withdraw_listing",
        given=key_of(given.published),
        actor="officer",
        page=to("listing_withdraw", REASON),
        api=to("api_withdraw_listing", REASON),
        fact="trading.listing_withdrawn",
        scope="trade",
        not_allowed="buyer",
        wrong_state=key_of(given.withdrawn),
    ),
    DoorCase(
        act="trading.orders.negotiation.services.place_order",
        given=key_of(given.published),
        actor="buyer",
        page=to("order_place", PURPOSE),
        api=to("api_place_order", PURPOSE),
        fact="trading.order_placed",
        scope="trade",
        not_allowed="officer",
        wrong_state=order_of_draft,
        again="already",
    ),
    DoorCase(
        act="trading.orders.contract.services.accept_order",
        given=key_of(given.placed),
        actor="officer",
        page=to("order_accept"),
        api=to("api_accept_order"),
        fact="trading.order_accepted",
        scope="trade",
        not_allowed="buyer",
        not_visible="stranger",
        wrong_state=key_of(given.declined),
    ),
    DoorCase(
        act="trading.orders.negotiation.services.decline_order",
        given=key_of(given.placed),
        actor="officer",
        page=to("order_decline", REASON),
        api=to("api_decline_order", REASON),
        fact="trading.order_declined",
        scope="trade",
        not_allowed="buyer",
        not_visible="stranger",
        wrong_state=key_of(given.accepted),
    ),
    DoorCase(
        act="trading.orders.negotiation.services.cancel_order",
        given=key_of(given.placed),
        actor="buyer",
        page=to("order_cancel"),
        api=to("api_cancel_order"),
        fact="trading.order_cancelled",
        scope="trade",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=key_of(given.signed),
    ),
    DoorCase(
        act="trading.orders.signature.services.sign_contract",
        given=contract,
        actor="buyer",
        page=to("contract_sign", signed_by_password),
        api=to("api_sign_contract", signed_by_passkey),
        fact="trading.contract_signed",
        scope="trade",
        not_allowed="auditor",
        not_visible="stranger",
        wrong_state=cancelled_contract,
        again="already",
    ),
    DoorCase(
        act="trading.treasury.payment.services.record_payment",
        given=key_of(given.signed),
        actor="treasurer",
        page=to("payment_record", {"reference": "BANK-2026-0001"}),
        api=to("api_record_payment", {"reference": "BANK-2026-0001"}),
        fact="trading.payment_recorded",
        scope="administer",
        not_allowed="finance",
        not_visible="stranger",
        wrong_state=key_of(given.accepted),
        again="already",
    ),
    DoorCase(
        act="trading.treasury.payment.services.confirm_payment",
        given=told_paid,
        actor="second_treasurer",
        page=to("payment_confirm"),
        api=to("api_confirm_payment"),
        fact="trading.payment_held",
        scope="administer",
        not_allowed="treasurer",
        not_visible="buyer",
        wrong_state=waiting_payment,
    ),
    DoorCase(
        act="trading.treasury.payment.services.reject_payment",
        given=told_paid,
        actor="second_treasurer",
        page=to("payment_reject", {"reason": "It is on no statement."}),
        api=to("api_reject_payment", {"reason": "It is on no statement."}),
        fact="trading.payment_rejected",
        scope="administer",
        not_allowed="reviewer",
        not_visible="buyer",
        wrong_state=waiting_payment,
    ),
    DoorCase(
        act="trading.orders.delivery.services.object_to_delivery",
        given=key_of(given.delivered),
        actor="buyer",
        page=to("delivery_object", {"reason": "Half of the columns are empty."}),
        api=to("api_object_to_delivery", {"reason": "Half of the columns are empty."}),
        fact="trading.delivery_objected",
        scope="trade",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=key_of(given.paid),
        again="already",
    ),
    DoorCase(
        act="trading.orders.delivery.services.accept_delivery",
        given=key_of(given.delivered),
        actor="buyer",
        page=to("delivery_accept"),
        api=to("api_accept_delivery"),
        fact="trading.order_completed",
        scope="trade",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=key_of(given.paid),
    ),
    *NEGOTIATION_CASES,
]
