from marketplace.trading.listings.abroad import urls as listings_abroad
from marketplace.trading.listings.advance import urls as listings_advance
from marketplace.trading.listings.assessment import urls as listings_assessment
from marketplace.trading.listings.demand import urls as listings_demand
from marketplace.trading.listings.history import urls as listings_history
from marketplace.trading.listings.income_share import urls as listings_income_share
from marketplace.trading.listings.inquiry import urls as listings_inquiry
from marketplace.trading.listings.line import urls as listings_line
from marketplace.trading.listings.listing import urls as listings_listing
from marketplace.trading.listings.market import urls as listings_market
from marketplace.trading.listings.measuring import urls as listings_measuring
from marketplace.trading.listings.product import urls as listings_product
from marketplace.trading.listings.publication import urls as listings_publication
from marketplace.trading.listings.renewal import urls as listings_renewal
from marketplace.trading.listings.report import urls as listings_report
from marketplace.trading.listings.sandbox import urls as listings_sandbox
from marketplace.trading.orders.amendment import urls as orders_amendment
from marketplace.trading.orders.approval import urls as orders_approval
from marketplace.trading.orders.bought_sheet import urls as orders_bought_sheet
from marketplace.trading.orders.contract import urls as orders_contract
from marketplace.trading.orders.deletion import urls as orders_deletion
from marketplace.trading.orders.delivery import urls as orders_delivery
from marketplace.trading.orders.dispute import urls as orders_dispute
from marketplace.trading.orders.lineage import urls as orders_lineage
from marketplace.trading.orders.negotiation import urls as orders_negotiation
from marketplace.trading.orders.objection import urls as orders_objection
from marketplace.trading.orders.order import urls as orders_order
from marketplace.trading.orders.pages import urls as orders_pages
from marketplace.trading.orders.person_request import urls as orders_person_request
from marketplace.trading.orders.recall import urls as orders_recall
from marketplace.trading.orders.settlement import urls as orders_settlement
from marketplace.trading.orders.signature import urls as orders_signature
from marketplace.trading.orders.termination import urls as orders_termination
from marketplace.trading.treasury.allocation import urls as treasury_allocation
from marketplace.trading.treasury.bank_account import urls as treasury_bank_account
from marketplace.trading.treasury.bank_item import urls as treasury_bank_item
from marketplace.trading.treasury.bank_match import urls as treasury_bank_match
from marketplace.trading.treasury.batch import urls as treasury_batch
from marketplace.trading.treasury.closing import urls as treasury_closing
from marketplace.trading.treasury.desk import urls as treasury_desk
from marketplace.trading.treasury.held_line import urls as treasury_held_line
from marketplace.trading.treasury.payment import urls as treasury_payment
from marketplace.trading.treasury.payout import urls as treasury_payout
from marketplace.trading.treasury.reconciliation import urls as treasury_reconciliation

NOUNS = (
    treasury_desk,
    treasury_reconciliation,
    treasury_bank_match,
    treasury_bank_account,
    treasury_bank_item,
    treasury_held_line,
    treasury_batch,
    treasury_payout,
    treasury_allocation,
    treasury_payment,
    orders_settlement,
    listings_market,
    listings_history,
    orders_order,
    orders_pages,
    listings_product,
    listings_inquiry,
    listings_income_share,
    listings_advance,
    listings_line,
    listings_listing,
    listings_publication,
    listings_sandbox,
    listings_measuring,
    listings_report,
    listings_assessment,
    listings_abroad,
    listings_renewal,
    orders_bought_sheet,
    orders_negotiation,
    orders_delivery,
    orders_termination,
    listings_demand,
    orders_contract,
    orders_signature,
    orders_amendment,
    orders_approval,
    orders_objection,
    orders_dispute,
    orders_recall,
    orders_deletion,
    orders_lineage,
    orders_person_request,
    treasury_closing,
)

urlpatterns = [route for noun in NOUNS for route in noun.urlpatterns]
api_patterns = [route for noun in NOUNS for route in noun.api_patterns]
