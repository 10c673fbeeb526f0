"""Who is answered what at the addresses of trading."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from marketplace.trading.listings.abroad.services import record_security_assessment
from marketplace.trading.listings.demand.services import answer_demand
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.renewal.models import ListingRenewal
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.order.models import Order
from tests.given import abroad, demands, feeds, renewals, reports, sandboxes
from tests.given import trading as given
from tests.given.access import SIGN_IN, Access
from tests.given.world import World, code
from tests.trading.listings.doors_of_assessments import ROWS as ASSESSMENTS
from tests.trading.listings.doors_of_feeds import ROWS as FEEDS
from tests.trading.listings.doors_of_income_shares import ROWS as INCOME_SHARES
from tests.trading.listings.doors_of_inquiries import ROWS as INQUIRIES
from tests.trading.orders.access_of_amendments import ROWS as AMENDMENTS
from tests.trading.orders.access_of_approvals import ROWS as APPROVALS
from tests.trading.orders.access_of_disputes import ROWS as DISPUTES
from tests.trading.orders.access_of_persons import ROWS as PERSONS
from tests.trading.orders.access_of_recalls import ROWS as RECALLS
from tests.trading.orders.doors_of_lineage import ROWS as LINEAGE
from tests.trading.orders.doors_of_remedies import ROWS as REMEDIES
from tests.trading.treasury.access_of_money import ROWS as MONEY

Reach = Callable[[World], dict[str, Any]]


def key_of(reach: Callable[[World], Listing | Order | Contract]) -> Reach:
    """Return a builder of the address's argument."""
    return lambda world: {"pk": reach(world).pk}


def version(world: World) -> dict[str, Any]:
    """Return a version that can be listed."""
    return {"pk": given.masked(world).pk}


def dataset(world: World) -> dict[str, Any]:
    """Return a dataset of which something is on offer."""
    return {"pk": given.published(world).product.dataset_id}


def product(world: World) -> dict[str, Any]:
    """Return a product that is on offer."""
    return {"pk": given.published(world).product_id}


def on_offer(world: World) -> dict[str, Any]:
    """Put something on the market; its page is asked without an argument."""
    given.published(world)
    return {}


def concluded(world: World) -> dict[str, Any]:
    """Return a contract that both sides have signed."""
    return {"pk": given.signed(world).contract.pk}


def demanded(world: World) -> dict[str, Any]:
    """Return a request for data."""
    return {"pk": demands.posted(world).pk}


def demand_answer(world: World) -> dict[str, Any]:
    """Return what a seller answers to a request for data."""
    demand = demands.posted(world)
    answer = answer_demand(demand.pk, message="We collect it.", by=world.actor("officer"))
    return {"pk": answer.pk}


def renewal(world: World) -> dict[str, Any]:
    """Return the renewal of a listing."""
    return {"pk": ListingRenewal.objects.get(listing=renewals.waiting(world)).pk}


def assessment_of_export(world: World) -> dict[str, Any]:
    """Return a security assessment."""
    passed = {"uscc": code("company"), "reference": abroad.REFERENCE}
    listing, by = abroad.for_foreigners(world), world.actor("reviewer")
    until = date(2099, 12, 31)
    return {"pk": record_security_assessment(listing.pk, **passed, valid_until=until, by=by).pk}


def page(
    route: str,
    stranger: int,
    party: int,
    reviewer: int,
    *,
    given: Reach | None = None,
    nobody: int = SIGN_IN,
    as_party: str = "officer",
) -> Access:
    """Return the row of a page."""
    return Access(
        route,
        nobody,
        stranger,
        party,
        reviewer,
        given=given,
        is_page=True,
        as_party=as_party,
    )


def post(route: str, given: Reach) -> Access:
    """Return the row of an address that takes only POST, which is asked before the sign-in."""
    return Access(route, 405, 405, 405, 405, given=given)


def api(
    route: str,
    stranger: int,
    party: int,
    reviewer: int,
    *,
    given: Reach | None = None,
    nobody: int = 401,
) -> Access:
    """Return the row of an API address to read."""
    return Access(route, nobody, stranger, party, reviewer, given=given)


def api_post(route: str, given: Reach) -> Access:
    """Return the row of an API act."""
    return Access(route, 401, 405, 405, 405, given=given)


def later(world: World) -> dict[str, Any]:
    """Return a version to which the offers of its product can move on."""
    return {"pk": feeds.later(world).pk}


RENEWING, INVITED = key_of(renewals.waiting), key_of(renewals.by_invitation)
DRAFTED, SUBMITTED = key_of(given.drafted), key_of(given.submitted)
PUBLISHED, SUSPENDED = key_of(given.published), key_of(given.suspended)
SANDBOX = key_of(sandboxes.declared)
REPORT = key_of(reports.written)
PLACED, DELIVERED = key_of(given.placed), key_of(given.delivered)
CONTRACTED = key_of(given.contracted)

ROWS = [
    *AMENDMENTS,
    *APPROVALS,
    *DISPUTES,
    *MONEY,
    *RECALLS,
    *PERSONS,
    *LINEAGE,
    *REMEDIES,
    *FEEDS,
    *(INQUIRIES + INCOME_SHARES),
    *ASSESSMENTS,
    page("market", 200, 200, 200, nobody=200, given=on_offer),
    page("listing_public", 200, 200, 200, nobody=200, given=PUBLISHED),
    Access("listing_policy", 200, 200, 200, 200, PUBLISHED),
    Access("listing_sample_csv", 200, 200, 200, 200, PUBLISHED),
    Access("listing_sample_parquet", 200, 200, 200, 200, PUBLISHED),
    Access("listing_contract", 200, 200, 200, 200, PUBLISHED),
    Access("listing_history", 200, 200, 200, 200, PUBLISHED, is_page=True),
    Access("listing_feed", 200, 200, 200, 200, PUBLISHED),
    page("order_place", 200, 200, 200, given=PUBLISHED, as_party="buyer"),
    page("listing_list", 200, 200, 200),
    page("listing_draft", 404, 200, 200, given=version),
    page("listing_detail", 404, 200, 200, given=SUSPENDED),
    page("listing_revise", 404, 200, 200, given=DRAFTED),
    page("listing_review", 404, 200, 200, given=SUBMITTED),
    page("order_list", 200, 200, 200, as_party="buyer"),
    page("contract_list", 200, 200, 200, as_party="buyer"),
    page("dispute_list", 200, 200, 200, as_party="buyer"),
    page("order_detail", 404, 200, 200, given=DELIVERED, as_party="buyer"),
    page("order_sheet", 404, 200, 200, given=DELIVERED, as_party="buyer"),
    Access("order_policy", SIGN_IN, 404, 200, 200, DELIVERED, as_party="buyer"),
    page("contract_detail", 404, 200, 200, given=CONTRACTED, as_party="buyer"),
    page("sandbox_declare", 404, 200, 200, given=SANDBOX),
    page("report_write", 404, 200, 200, given=REPORT),
    page("measuring_allow", 404, 200, 200, given=PUBLISHED),
    post("listing_submit", DRAFTED),
    post("listing_publish", SUBMITTED),
    post("listing_return", SUBMITTED),
    post("listing_suspend", PUBLISHED),
    post("listing_resume", SUSPENDED),
    post("listing_withdraw", PUBLISHED),
    post("listing_offer_to_others", PUBLISHED),
    post("product_advance", later),
    post("product_key", product),
    page("listing_renew", 404, 200, 200, given=PUBLISHED),
    post("renewal_approve", RENEWING),
    post("renewal_return", RENEWING),
    post("listing_invite", INVITED),
    post("invitation_take_back", INVITED),
    api("api_get_listing_renewal", 404, 200, 200, given=renewal),
    Access("api_get_security_assessment", 401, 404, 200, 200, given=assessment_of_export),
    api("api_list_listing_renewals", 404, 200, 200, given=RENEWING),
    api("api_list_listing_invitations", 404, 200, 200, given=INVITED),
    api_post("api_renew_listing", PUBLISHED),
    api_post("api_approve_renewal", RENEWING),
    api_post("api_return_renewal", RENEWING),
    api_post("api_invite_to_listing", INVITED),
    api_post("api_take_invitation_back", INVITED),
    post("order_accept", PLACED),
    page("order_counter", 404, 200, 200, given=PLACED),
    page("order_offer", 200, 200, 200, given=PUBLISHED, as_party="buyer"),
    post("order_decline", PLACED),
    post("order_terminate", PLACED),
    post("order_cancel", PLACED),
    post("payment_record", PLACED),
    post("delivery_accept", PLACED),
    post("delivery_object", PLACED),
    api("contract_file", 404, 200, 200, given=concluded, nobody=SIGN_IN),
    post("contract_sign", CONTRACTED),
    post("contract_sign_by_passkey", CONTRACTED),
    api("api_search_market", 200, 200, 200, nobody=200),
    api("api_get_market_listing", 200, 200, 200, nobody=200, given=PUBLISHED),
    api("api_list_market_revisions", 200, 200, 200, nobody=200, given=PUBLISHED),
    api("api_get_market_freshness", 200, 200, 200, nobody=200, given=PUBLISHED),
    page("dataset_products", 404, 200, 200, given=dataset),
    api("api_list_products", 200, 200, 200),
    api("api_get_product", 404, 200, 200, given=product),
    api("api_list_listings", 200, 200, 200),
    api("api_get_listing", 404, 200, 200, given=DRAFTED),
    api("api_get_listing_gate", 404, 200, 200, given=DRAFTED),
    api("api_list_orders", 200, 200, 200),
    api("api_get_order", 404, 200, 200, given=PLACED),
    api("api_get_order_sheet", 404, 200, 200, given=PLACED),
    api("api_list_order_transfers", 404, 200, 200, given=DELIVERED),
    api("api_list_contracts", 200, 200, 200),
    api("api_get_contract", 404, 200, 200, given=CONTRACTED),
    api("api_get_contract_document", 404, 200, 200, given=concluded),
    api("api_get_contract_file", 404, 200, 200, given=concluded),
    api_post("api_place_order", PUBLISHED),
    api_post("api_draft_listing", version),
    api_post("api_revise_listing", DRAFTED),
    api_post("api_declare_sandbox", SANDBOX),
    api_post("api_write_report", REPORT),
    api_post("api_allow_measuring", PUBLISHED),
    api_post("api_submit_listing", DRAFTED),
    api_post("api_publish_listing", SUBMITTED),
    api_post("api_return_listing", SUBMITTED),
    api_post("api_suspend_listing", PUBLISHED),
    api_post("api_resume_listing", SUSPENDED),
    api_post("api_withdraw_listing", PUBLISHED),
    api_post("api_offer_to_others", PUBLISHED),
    api_post("api_advance_product", later),
    api_post("api_declare_key", product),
    api("api_list_order_offers", 404, 200, 200, given=PLACED),
    api_post("api_counter_order", PLACED),
    api_post("api_terminate_contract", PLACED),
    api_post("api_accept_order", PLACED),
    api_post("api_decline_order", PLACED),
    api_post("api_cancel_order", PLACED),
    api_post("api_record_payment", PLACED),
    api_post("api_accept_delivery", PLACED),
    api_post("api_object_to_delivery", PLACED),
    api_post("api_sign_contract", CONTRACTED),
    page("demand_list", 200, 200, 200, as_party="buyer"),
    page("demand_post", 200, 200, 200, as_party="buyer"),
    Access(
        "demand_detail",
        SIGN_IN,
        404,
        200,
        200,
        given=demanded,
        is_page=True,
        as_party="buyer",
        stranger_is="finance",
    ),
    post("demand_answer", demanded),
    post("demand_close", demanded),
    api("api_list_demands", 200, 200, 200),
    Access("api_get_demand", 401, 404, 200, 200, given=demanded, stranger_is="finance"),
    Access("api_get_demand_answer", 401, 404, 200, 200, given=demand_answer),
    Access("api_list_demand_answers", 401, 404, 200, 200, given=demanded, stranger_is="finance"),
    Access("api_post_demand", 401, 405, 405, 405),
    api_post("api_answer_demand", demanded),
    api_post("api_close_demand", demanded),
]

SCOPES = {
    "trade": {
        "api_declare_bought_origin",
        "api_end_feed",
        "api_open_feed",
        "api_declare_origin",
        "api_withdraw_origin",
        "api_ask_for_person",
        "api_grant_person_request",
        "api_refuse_person_request",
        "api_accept_delivery",
        "api_accept_remedy",
        "api_decline_remedy",
        "api_offer_remedy",
        "api_advance_product",
        "api_accept_order",
        "api_answer_demand",
        "api_ask_seller",
        "api_answer_inquiry",
        "api_answer_income_share",
        "api_end_income_share",
        "api_propose_income_share",
        "api_propose_shapley_shares",
        "api_approve_signing",
        "api_ask_amendment_approval",
        "api_ask_contract_approval",
        "api_answer_settlement",
        "api_appeal_dispute",
        "api_cancel_order",
        "api_close_demand",
        "api_counter_order",
        "api_allow_measuring",
        "api_declare_sandbox",
        "api_declare_key",
        "api_decline_amendment",
        "api_decline_order",
        "api_draft_listing",
        "api_invite_to_listing",
        "api_make_assessment",
        "api_object_to_delivery",
        "api_offer_to_others",
        "api_open_dispute",
        "api_place_order",
        "api_post_demand",
        "api_propose_amendment",
        "api_propose_settlement",
        "api_refuse_signing",
        "api_renew_listing",
        "api_resume_listing",
        "api_revise_listing",
        "api_show_exhibit",
        "api_sign_amendment",
        "api_sign_contract",
        "api_state_deletion",
        "api_set_off_credit",
        "api_submit_listing",
        "api_suspend_listing",
        "api_take_invitation_back",
        "api_terminate_contract",
        "api_withdraw_amendment",
        "api_withdraw_dispute",
        "api_withdraw_listing",
        "api_write_report",
    },
    "administer": {
        "api_read_identity",
        "api_prove_identity",
        "api_close_unproven",
        "api_confirm_removal",
        "api_allocate_payment",
        "api_approve_disbursement",
        "api_approve_assessment",
        "api_approve_renewal",
        "api_close_day",
        "api_confirm_match",
        "api_decide_dispute",
        "api_decide_reidentification",
        "api_decline_match",
        "api_examine_reidentification",
        "api_confirm_statement",
        "api_import_statement",
        "api_reject_statement",
        "api_propose_payout",
        "api_make_batch",
        "api_refuse_batch_line",
        "api_confirm_bank_account",
        "api_prove_bank_account",
        "api_state_bank_account",
        "api_vouch_bank_account",
        "api_withdraw_bank_account",
        "api_propose_recall",
        "api_propose_refund",
        "api_propose_return",
        "api_publish_listing",
        "api_withhold_inquiry",
        "api_record_payment",
        "api_confirm_payment",
        "api_reject_payment",
        "api_record_ruling",
        "api_reject_disbursement",
        "api_record_security_assessment",
        "api_return_assessment",
        "api_return_listing",
        "api_return_renewal",
        "api_take_over_mediation",
        "api_withdraw_bank_match",
    },
}
"""The scope that a token needs, of each address that is not just read."""
