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
from tests.given import abroad, demands, renewals, reports, sandboxes
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
    page("listing_renew", 404, 200, 200, given=PUBLISHED),
    api("api_get_listing_renewal", 404, 200, 200, given=renewal),
    Access("api_get_security_assessment", 401, 404, 200, 200, given=assessment_of_export),
    api("api_list_listing_renewals", 404, 200, 200, given=RENEWING),
    api("api_list_listing_invitations", 404, 200, 200, given=INVITED),
    page("order_counter", 404, 200, 200, given=PLACED),
    page("order_offer", 200, 200, 200, given=PUBLISHED, as_party="buyer"),
    api("contract_file", 404, 200, 200, given=concluded, nobody=SIGN_IN),
    Access("contract_sign_by_passkey", 405, 405, 405, 405, given=CONTRACTED),
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
    api("api_list_order_offers", 404, 200, 200, given=PLACED),
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
    api("api_list_demands", 200, 200, 200),
    Access("api_get_demand", 401, 404, 200, 200, given=demanded, stranger_is="finance"),
    Access("api_get_demand_answer", 401, 404, 200, 200, given=demand_answer),
    Access("api_list_demand_answers", 401, 404, 200, 200, given=demanded, stranger_is="finance"),
]
