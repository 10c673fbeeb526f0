from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.treasury.payout import views
from marketplace.trading.treasury.payout.filters import DisbursementFilters
from marketplace.trading.treasury.payout.selectors import disbursements_visible_to
from marketplace.trading.treasury.payout.serializers import (
    DisbursementOut,
    OneDisbursementOut,
)
from marketplace.trading.treasury.payout.services import (
    approve_disbursement,
    propose_payout,
    propose_refund,
    propose_return,
    reject_disbursement,
)
from marketplace.trading.treasury.payout.tables import DisbursementTable
from marketplace.web.act_pages import act_page, form_page, thing_page
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.lists import list_of
from marketplace.web.taking import serializer_of

PROPOSED: dict[str, Any] = {
    "done": _("Proposed. A second person decides."),
    "onto": "disbursement_detail",
    "at": "pk",
}
AMOUNT_IN = serializer_of(propose_payout, name="AmountIn", about="How much, why, and the key.")

urlpatterns = [
    list_of(
        "money/outgoing/",
        disbursements_visible_to,
        DisbursementTable,
        "trading/treasury/disbursement_list.html",
        filters=DisbursementFilters,
        name="disbursement_list",
    ),
    form_page(
        "orders/<uuid:pk>/refund/",
        propose_refund,
        **PROPOSED,
        again=views.refund_page,
        of=orders_visible_to,
        name="refund_propose",
    ),
    thing_page(
        "money/outgoing/<uuid:pk>/",
        disbursements_visible_to,
        views.disbursement_page,
        name="disbursement_detail",
    ),
    act_page(
        "money/outgoing/<uuid:pk>/approve/",
        approve_disbursement,
        done=_("Approved and booked."),
        onto="disbursement_detail",
        name="disbursement_approve",
    ),
    form_page(
        "money/outgoing/<uuid:pk>/reject/",
        reject_disbursement,
        done=_("Rejected."),
        onto="disbursement_detail",
        again=views.disbursement_page,
        of=disbursements_visible_to,
        name="disbursement_reject",
    ),
]

api_patterns = [
    act_view(
        "accounts/<uuid:pk>/propose-payout/",
        propose_payout,
        scope=Scope.ADMINISTER,
        takes=AMOUNT_IN,
        gives=DisbursementOut,
        creates=True,
        made_at="get_disbursement",
        about="Propose to pay money of an account out; a second person decides.",
    ),
    act_view(
        "orders/<uuid:pk>/propose-refund/",
        propose_refund,
        scope=Scope.ADMINISTER,
        takes=AMOUNT_IN,
        gives=DisbursementOut,
        creates=True,
        made_at="get_disbursement",
        about="Propose to give a buyer money of an order back; a second person decides.",
    ),
    act_view(
        "payments/<uuid:pk>/propose-return/",
        propose_return,
        scope=Scope.ADMINISTER,
        takes=serializer_of(
            propose_return,
            name="ProposalIn",
            about="Why, and a key under which the same request is one proposal.",
        ),
        gives=DisbursementOut,
        creates=True,
        made_at="get_disbursement",
        summary="Propose the return of a payment",
        about="Propose to send a payment back to where it came from; a second person decides.",
    ),
    thing_view(
        "disbursements/<uuid:pk>/",
        disbursements_visible_to,
        operation="get_disbursement",
        gives=OneDisbursementOut,
        summary="Get outgoing money",
        about="What is to go out or went out, for the centre.",
    ),
    list_view(
        "disbursements/",
        disbursements_visible_to,
        operation="list_disbursements",
        filters=DisbursementFilters,
        gives=DisbursementOut,
        summary="List outgoing money",
        about="What is to go out and went out, for the centre.",
    ),
    act_view(
        "disbursements/<uuid:pk>/approve/",
        approve_disbursement,
        scope=Scope.ADMINISTER,
        gives=DisbursementOut,
        summary="Approve outgoing money",
    ),
    act_view(
        "disbursements/<uuid:pk>/reject/",
        reject_disbursement,
        scope=Scope.ADMINISTER,
        gives=DisbursementOut,
        summary="Reject outgoing money",
    ),
]
