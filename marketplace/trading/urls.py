"""The addresses of the trading app."""

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
from marketplace.trading.listings.renewal import urls as listings_renewal
from marketplace.trading.listings.report import urls as listings_report
from marketplace.trading.listings.sandbox import urls as listings_sandbox
from marketplace.trading.orders.amendment import urls as orders_amendment
from marketplace.trading.orders.approval import urls as orders_approval
from marketplace.trading.orders.bought_sheet import urls as orders_bought_sheet
from marketplace.trading.orders.contract import urls as orders_contract
from marketplace.trading.orders.deletion import urls as orders_deletion
from marketplace.trading.orders.dispute import urls as orders_dispute
from marketplace.trading.orders.lineage import urls as orders_lineage
from marketplace.trading.orders.negotiation import urls as orders_negotiation
from marketplace.trading.orders.order import urls as orders_order
from marketplace.trading.orders.person_request import urls as orders_person_request
from marketplace.trading.orders.recall import urls as orders_recall
from marketplace.trading.orders.remedy import urls as orders_remedy
from marketplace.trading.orders.settlement import urls as orders_settlement
from marketplace.trading.treasury.bank import urls as treasury_bank
from marketplace.trading.treasury.bank_account import urls as treasury_bank_account
from marketplace.trading.treasury.batch import urls as treasury_batch
from marketplace.trading.treasury.closing import urls as treasury_closing
from marketplace.trading.treasury.desk import urls as treasury_desk
from marketplace.trading.treasury.payment import urls as treasury_payment
from marketplace.trading.treasury.payout import urls as treasury_payout

urlpatterns = [
    *treasury_desk.urlpatterns,
    *treasury_bank.urlpatterns,
    *treasury_bank_account.urlpatterns,
    *treasury_batch.urlpatterns,
    *treasury_payout.urlpatterns,
    *treasury_payment.urlpatterns,
    *orders_settlement.urlpatterns,
    *listings_market.urlpatterns,
    *listings_history.urlpatterns,
    *orders_order.urlpatterns,
    *listings_product.urlpatterns,
    *listings_inquiry.urlpatterns,
    *listings_income_share.urlpatterns,
    *listings_advance.urlpatterns,
    *listings_line.urlpatterns,
    *listings_listing.urlpatterns,
    *listings_sandbox.urlpatterns,
    *listings_measuring.urlpatterns,
    *listings_report.urlpatterns,
    *listings_assessment.urlpatterns,
    *listings_abroad.urlpatterns,
    *listings_renewal.urlpatterns,
    *orders_bought_sheet.urlpatterns,
    *orders_negotiation.urlpatterns,
    *listings_demand.urlpatterns,
    *orders_contract.urlpatterns,
    *orders_amendment.urlpatterns,
    *orders_approval.urlpatterns,
    *orders_remedy.urlpatterns,
    *orders_dispute.urlpatterns,
    *orders_recall.urlpatterns,
    *orders_deletion.urlpatterns,
    *orders_lineage.urlpatterns,
    *orders_person_request.urlpatterns,
]

api_patterns = [
    *orders_settlement.api_patterns,
    *treasury_payout.api_patterns,
    *treasury_closing.api_patterns,
    *treasury_bank.api_patterns,
    *treasury_bank_account.api_patterns,
    *treasury_batch.api_patterns,
    *treasury_payment.api_patterns,
    *listings_market.api_patterns,
    *listings_history.api_patterns,
    *orders_order.api_patterns,
    *listings_product.api_patterns,
    *listings_inquiry.api_patterns,
    *listings_income_share.api_patterns,
    *listings_advance.api_patterns,
    *listings_line.api_patterns,
    *listings_listing.api_patterns,
    *listings_report.api_patterns,
    *listings_assessment.api_patterns,
    *listings_abroad.api_patterns,
    *listings_sandbox.api_patterns,
    *listings_measuring.api_patterns,
    *listings_renewal.api_patterns,
    *orders_negotiation.api_patterns,
    *listings_demand.api_patterns,
    *orders_contract.api_patterns,
    *orders_amendment.api_patterns,
    *orders_approval.api_patterns,
    *orders_remedy.api_patterns,
    *orders_dispute.api_patterns,
    *orders_recall.api_patterns,
    *orders_deletion.api_patterns,
    *orders_lineage.api_patterns,
    *orders_person_request.api_patterns,
]
