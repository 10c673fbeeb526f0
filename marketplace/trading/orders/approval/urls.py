from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.trading.orders.approval import views
from marketplace.trading.orders.approval.selectors import approvals_visible_to
from marketplace.trading.orders.approval.serializers import ApprovalOut, OneApprovalOut
from marketplace.trading.orders.approval.services import (
    approve_signing,
    ask_amendment_approval,
    ask_contract_approval,
    refuse_signing,
)
from marketplace.web.act_pages import act_page, form_page
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.pages import signed_in

urlpatterns = [
    act_page(
        "contracts/<uuid:pk>/ask-approval/",
        ask_contract_approval,
        done=views.ASKED,
        onto="approval_detail",
        at="pk",
        name="contract_ask_approval",
    ),
    act_page(
        "amendments/<uuid:pk>/ask-approval/",
        ask_amendment_approval,
        done=views.ASKED,
        onto="approval_detail",
        at="pk",
        name="amendment_ask_approval",
    ),
    path("approvals/<uuid:pk>/", signed_in(views.approval_page), name="approval_detail"),
    act_page(
        "approvals/<uuid:pk>/approve/",
        approve_signing,
        done=_("Approved. Your colleague is told, and can sign now."),
        onto="approval_detail",
        name="approval_approve",
    ),
    form_page(
        "approvals/<uuid:pk>/refuse/",
        refuse_signing,
        done=_("Refused. Your colleague is told, and reads why."),
        onto="approval_detail",
        again=views.approval_page,
        form_as="reason_form",
        name="approval_refuse",
    ),
]

api_patterns = [
    act_view(
        "contracts/<uuid:pk>/ask-approval/",
        ask_contract_approval,
        scope=Scope.TRADE,
        gives=ApprovalOut,
        summary="Ask to sign a contract above one's limit",
    ),
    act_view(
        "amendments/<uuid:pk>/ask-approval/",
        ask_amendment_approval,
        scope=Scope.TRADE,
        gives=ApprovalOut,
        summary="Ask to sign an amendment above one's limit",
    ),
    list_view(
        "approvals/",
        approvals_visible_to,
        operation="list_signing_approvals",
        gives=ApprovalOut,
        about="The approvals to sign of the caller's own side; all for the centre.",
    ),
    thing_view(
        "approvals/<uuid:pk>/",
        approvals_visible_to,
        operation="get_signing_approval",
        gives=OneApprovalOut,
        about="An approval to sign, and the acts on it that are open to the caller.",
    ),
    act_view(
        "approvals/<uuid:pk>/approve/",
        approve_signing,
        scope=Scope.TRADE,
        gives=ApprovalOut,
        summary="Approve that a text is signed",
    ),
    act_view(
        "approvals/<uuid:pk>/refuse/",
        refuse_signing,
        scope=Scope.TRADE,
        gives=ApprovalOut,
        summary="Refuse that a text is signed",
    ),
]
