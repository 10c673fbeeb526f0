"""The addresses of the trading app."""

from django.urls import path

from marketplace.trading.listings.demand import api as demands_api
from marketplace.trading.listings.demand import views as demands
from marketplace.trading.listings.listing import views as listings
from marketplace.trading.listings.listing.api import (
    DraftListing,
    ListingGate,
    Listings,
    OneListing,
    PublishListing,
    ResumeListing,
    ReturnListing,
    ReviseListing,
    SubmitListing,
    SuspendListing,
    WithdrawListing,
)
from marketplace.trading.listings.market import views as market_views
from marketplace.trading.listings.market.api import Market, MarketListing
from marketplace.trading.listings.market.views import listing_policy, listing_public
from marketplace.trading.listings.renewal import api as renewing_api
from marketplace.trading.listings.renewal import views as renewing
from marketplace.trading.listings.report import api as reports_api
from marketplace.trading.listings.report import views as reports
from marketplace.trading.listings.sandbox import api as sandboxes_api
from marketplace.trading.listings.sandbox import views as sandboxes
from marketplace.trading.orders.amendment import urls as amendments
from marketplace.trading.orders.contract import api as contracts_api
from marketplace.trading.orders.contract import views as contracts
from marketplace.trading.orders.dispute import urls as disputes
from marketplace.trading.orders.negotiation import api as negotiating_api
from marketplace.trading.orders.negotiation import views as negotiating
from marketplace.trading.orders.order.api import (
    AcceptDelivery,
    AcceptOrder,
    CancelOrder,
    DeclineOrder,
    ObjectToDelivery,
    OneOrder,
    Orders,
    OrderSheet,
    OrderTransfers,
    PlaceOrder,
)
from marketplace.trading.orders.order.sheet_views import order_policy, order_sheet
from marketplace.trading.orders.order.views import (
    delivery_accept,
    delivery_object,
    order_accept,
    order_cancel,
    order_decline,
    order_detail,
    order_list,
    order_place,
)
from marketplace.trading.orders.recall import urls as recalls
from marketplace.trading.treasury import urls as money
from marketplace.trading.treasury.payment.api import RecordPayment
from marketplace.trading.treasury.payment.views import payment_record

urlpatterns = [
    *amendments.urlpatterns,
    *disputes.urlpatterns,
    *money.urlpatterns,
    *recalls.urlpatterns,
    path("market/", market_views.market, name="market"),
    path("market/<uuid:pk>/", listing_public, name="listing_public"),
    path("market/<uuid:pk>/policy/", listing_policy, name="listing_policy"),
    path("market/<uuid:pk>/order/", order_place, name="order_place"),
    path("listings/", listings.listing_list, name="listing_list"),
    path("versions/<uuid:pk>/list/", listings.listing_draft, name="listing_draft"),
    path("listings/<uuid:pk>/", listings.listing_detail, name="listing_detail"),
    path("listings/<uuid:pk>/revise/", listings.listing_revise, name="listing_revise"),
    path("listings/<uuid:pk>/sandbox/", sandboxes.sandbox_declare, name="sandbox_declare"),
    path("listings/<uuid:pk>/report/", reports.report_write, name="report_write"),
    path("listings/<uuid:pk>/submit/", listings.listing_submit, name="listing_submit"),
    path("listings/<uuid:pk>/review/", listings.listing_review, name="listing_review"),
    path("listings/<uuid:pk>/publish/", listings.listing_publish, name="listing_publish"),
    path("listings/<uuid:pk>/return/", listings.listing_return, name="listing_return"),
    path("listings/<uuid:pk>/suspend/", listings.listing_suspend, name="listing_suspend"),
    path("listings/<uuid:pk>/resume/", listings.listing_resume, name="listing_resume"),
    path("listings/<uuid:pk>/withdraw/", listings.listing_withdraw, name="listing_withdraw"),
    path("listings/<uuid:pk>/renew/", renewing.listing_renew, name="listing_renew"),
    path("listings/<uuid:pk>/approve-renewal/", renewing.renewal_approve, name="renewal_approve"),
    path("listings/<uuid:pk>/return-renewal/", renewing.renewal_return, name="renewal_return"),
    path("listings/<uuid:pk>/invite/", renewing.listing_invite, name="listing_invite"),
    path(
        "listings/<uuid:pk>/take-invitation-back/",
        renewing.invitation_take_back,
        name="invitation_take_back",
    ),
    path("orders/", order_list, name="order_list"),
    path("orders/<uuid:pk>/", order_detail, name="order_detail"),
    path("orders/<uuid:pk>/sheet/", order_sheet, name="order_sheet"),
    path("orders/<uuid:pk>/policy/", order_policy, name="order_policy"),
    path("orders/<uuid:pk>/accept/", order_accept, name="order_accept"),
    path("orders/<uuid:pk>/decline/", order_decline, name="order_decline"),
    path("orders/<uuid:pk>/cancel/", order_cancel, name="order_cancel"),
    path("orders/<uuid:pk>/payment/", payment_record, name="payment_record"),
    path("orders/<uuid:pk>/accept-delivery/", delivery_accept, name="delivery_accept"),
    path("orders/<uuid:pk>/object/", delivery_object, name="delivery_object"),
    path("orders/<uuid:pk>/counter/", negotiating.order_counter, name="order_counter"),
    path("orders/<uuid:pk>/terminate/", negotiating.order_terminate, name="order_terminate"),
    path("demands/", demands.demand_list, name="demand_list"),
    path("demands/new/", demands.demand_post, name="demand_post"),
    path("demands/<uuid:pk>/", demands.demand_detail, name="demand_detail"),
    path("demands/<uuid:pk>/answer/", demands.demand_answer, name="demand_answer"),
    path("demands/<uuid:pk>/close/", demands.demand_close, name="demand_close"),
    path("contracts/<uuid:pk>/", contracts.contract_detail, name="contract_detail"),
    path("contracts/<uuid:pk>/sign/", contracts.contract_sign, name="contract_sign"),
    path(
        "contracts/<uuid:pk>/sign-by-passkey/",
        contracts.contract_sign_by_passkey,
        name="contract_sign_by_passkey",
    ),
    path("contracts/<uuid:pk>/contract.json", contracts.contract_file, name="contract_file"),
]

api_patterns = [
    *amendments.api_patterns,
    *disputes.api_patterns,
    *money.api_patterns,
    *recalls.api_patterns,
    path("market/", Market.as_view(), name="api_search_market"),
    path("market/<uuid:pk>/", MarketListing.as_view(), name="api_get_market_listing"),
    path("market/<uuid:pk>/order/", PlaceOrder.as_view(), name="api_place_order"),
    path("listings/", Listings.as_view(), name="api_list_listings"),
    path("versions/<uuid:pk>/list/", DraftListing.as_view(), name="api_draft_listing"),
    path("listings/<uuid:pk>/", OneListing.as_view(), name="api_get_listing"),
    path("listings/<uuid:pk>/gate/", ListingGate.as_view(), name="api_get_listing_gate"),
    path(
        "listings/<uuid:pk>/revise/",
        ReviseListing.as_view(),
        name="api_revise_listing",
    ),
    path("listings/<uuid:pk>/report/", reports_api.WriteReport.as_view(), name="api_write_report"),
    path(
        "listings/<uuid:pk>/sandbox/",
        sandboxes_api.DeclareSandbox.as_view(),
        name="api_declare_sandbox",
    ),
    path(
        "listings/<uuid:pk>/submit/",
        SubmitListing.as_view(),
        name="api_submit_listing",
    ),
    path(
        "listings/<uuid:pk>/publish/",
        PublishListing.as_view(),
        name="api_publish_listing",
    ),
    path(
        "listings/<uuid:pk>/return/",
        ReturnListing.as_view(),
        name="api_return_listing",
    ),
    path(
        "listings/<uuid:pk>/suspend/",
        SuspendListing.as_view(),
        name="api_suspend_listing",
    ),
    path(
        "listings/<uuid:pk>/resume/",
        ResumeListing.as_view(),
        name="api_resume_listing",
    ),
    path(
        "listings/<uuid:pk>/withdraw/",
        WithdrawListing.as_view(),
        name="api_withdraw_listing",
    ),
    path(
        "listings/<uuid:pk>/renew/", renewing_api.RenewListing.as_view(), name="api_renew_listing"
    ),
    path(
        "listings/<uuid:pk>/renewals/",
        renewing_api.ListingRenewals.as_view(),
        name="api_list_listing_renewals",
    ),
    path(
        "listings/<uuid:pk>/approve-renewal/",
        renewing_api.ApproveRenewal.as_view(),
        name="api_approve_renewal",
    ),
    path(
        "listings/<uuid:pk>/return-renewal/",
        renewing_api.ReturnRenewal.as_view(),
        name="api_return_renewal",
    ),
    path(
        "listings/<uuid:pk>/invitations/",
        renewing_api.ListingInvitations.as_view(),
        name="api_list_listing_invitations",
    ),
    path(
        "listings/<uuid:pk>/invite/",
        renewing_api.InviteToListing.as_view(),
        name="api_invite_to_listing",
    ),
    path(
        "listings/<uuid:pk>/take-invitation-back/",
        renewing_api.TakeInvitationBack.as_view(),
        name="api_take_invitation_back",
    ),
    path("orders/", Orders.as_view(), name="api_list_orders"),
    path("orders/<uuid:pk>/", OneOrder.as_view(), name="api_get_order"),
    path("orders/<uuid:pk>/sheet/", OrderSheet.as_view(), name="api_get_order_sheet"),
    path("orders/<uuid:pk>/accept/", AcceptOrder.as_view(), name="api_accept_order"),
    path("orders/<uuid:pk>/decline/", DeclineOrder.as_view(), name="api_decline_order"),
    path("orders/<uuid:pk>/cancel/", CancelOrder.as_view(), name="api_cancel_order"),
    path("orders/<uuid:pk>/payment/", RecordPayment.as_view(), name="api_record_payment"),
    path(
        "orders/<uuid:pk>/accept-delivery/",
        AcceptDelivery.as_view(),
        name="api_accept_delivery",
    ),
    path(
        "orders/<uuid:pk>/object/",
        ObjectToDelivery.as_view(),
        name="api_object_to_delivery",
    ),
    path(
        "orders/<uuid:pk>/transfers/",
        OrderTransfers.as_view(),
        name="api_list_order_transfers",
    ),
    path(
        "orders/<uuid:pk>/counter/",
        negotiating_api.CounterOrder.as_view(),
        name="api_counter_order",
    ),
    path(
        "orders/<uuid:pk>/terminate/",
        negotiating_api.TerminateContract.as_view(),
        name="api_terminate_contract",
    ),
    path(
        "orders/<uuid:pk>/offers/",
        negotiating_api.OrderOffers.as_view(),
        name="api_list_order_offers",
    ),
    path("demands/", demands_api.Demands.as_view(), name="api_list_demands"),
    path("demands/new/", demands_api.PostDemand.as_view(), name="api_post_demand"),
    path("demands/<uuid:pk>/", demands_api.OneDemand.as_view(), name="api_get_demand"),
    path(
        "demands/<uuid:pk>/answers/",
        demands_api.DemandAnswers.as_view(),
        name="api_list_demand_answers",
    ),
    path("demands/<uuid:pk>/answer/", demands_api.AnswerDemand.as_view(), name="api_answer_demand"),
    path("demands/<uuid:pk>/close/", demands_api.CloseDemand.as_view(), name="api_close_demand"),
    path("contracts/", contracts_api.Contracts.as_view(), name="api_list_contracts"),
    path("contracts/<uuid:pk>/", contracts_api.OneContract.as_view(), name="api_get_contract"),
    path(
        "contracts/<uuid:pk>/document/",
        contracts_api.ContractDocument.as_view(),
        name="api_get_contract_document",
    ),
    path(
        "contracts/<uuid:pk>/contract.json",
        contracts_api.ContractFile.as_view(),
        name="api_get_contract_file",
    ),
    path(
        "contracts/<uuid:pk>/sign/",
        contracts_api.SignContract.as_view(),
        name="api_sign_contract",
    ),
]
