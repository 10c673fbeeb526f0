"""The accounting API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from marketplace.accounting import serializers
from marketplace.accounting.filters import RecognitionFilters
from marketplace.accounting.models import CostEntry, CostKind, Recognition
from marketplace.accounting.presentation import note_rows
from marketplace.accounting.selectors import (
    costs_visible_to,
    disclosed,
    impairments_visible_to,
    recognitions_visible_to,
)
from marketplace.accounting.services import (
    approve_recognition,
    propose_recognition,
    record_cost,
    record_impairment,
    return_recognition,
    reverse_cost,
    withdraw_recognition,
)
from marketplace.accounting.standards.figures import advice_on
from marketplace.accounting.standards.planner import Plan, planned
from marketplace.accounting.standards.ratio import BalanceSheet, Entity
from marketplace.accounting.standards.refusals import RuleRefused
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid
from marketplace.core.scopes import Scope
from marketplace.web.api import ActView, ListView, ThingView, act_view, list_view, thing_view


class RecordCost(ActView):
    """Record an amount of a voucher for a dataset."""

    takes = serializers.RecordCostIn
    gives = serializers.CostOut
    creates = True
    made_at = "get_cost"
    scope = Scope.TRADE
    operation = "record_cost"
    summary = "Record a cost"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> CostEntry:
        return record_cost(ids["pk"], **(data | {"kind": CostKind(data["kind"])}), by=by)


ReverseCost = act_view(
    reverse_cost,
    scope=Scope.TRADE,
    gives=serializers.CostOut,
    about="Take a recorded amount back by an entry of its own.",
)

Costs = list_view(
    costs_visible_to,
    operation="list_costs",
    gives=serializers.CostOut,
    about="The costs that the caller may see.",
)

OneCost = thing_view(
    costs_visible_to,
    operation="get_cost",
    gives=serializers.CostOut,
    about="A recorded cost, or the entry that took it back.",
)

ProposeRecognition = act_view(
    propose_recognition,
    scope=Scope.TRADE,
    takes=serializers.ProposeRecognitionIn,
    gives=serializers.RecognitionOut,
    creates=True,
    made_at="get_recognition",
)

ApproveRecognition = act_view(
    approve_recognition,
    scope=Scope.ADMINISTER,
    takes=serializers.BookingChecklistIn,
    gives=serializers.RecognitionOut,
)

ReturnRecognition = act_view(
    return_recognition,
    scope=Scope.ADMINISTER,
    takes=serializers.BookingReasonIn,
    gives=serializers.RecognitionOut,
    about="Send a decision back for correction, with a reason.",
)

WithdrawRecognition = act_view(
    withdraw_recognition,
    scope=Scope.TRADE,
    takes=serializers.BookingReasonIn,
    gives=serializers.RecognitionOut,
    about="Take a decision back, with a reason.",
)

RecordImpairment = act_view(
    record_impairment,
    scope=Scope.TRADE,
    takes=serializers.RecordImpairmentIn,
    gives=serializers.ImpairmentOut,
    creates=True,
    made_at="get_impairment",
    summary="Record an impairment test",
    about="Test a booked asset and write it down to what is recoverable.",
)


OneImpairment = thing_view(
    impairments_visible_to,
    operation="get_impairment",
    gives=serializers.ImpairmentOut,
    summary="Get an impairment test",
    about="An impairment test of a booked asset.",
)


class Recognitions(ListView):
    """The decisions that the caller may see, newest first."""

    gives = serializers.RecognitionOut
    operation = "list_recognitions"
    filters = RecognitionFilters
    summary = "List recognition decisions"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Recognition]:
        return recognitions_visible_to(by).prefetch_related("impairments")


OneRecognition = thing_view(
    recognitions_visible_to,
    operation="get_recognition",
    gives=serializers.OneRecognitionOut,
    summary="Get a recognition decision",
    about="A decision with its answers, its schedule and the acts that are open to whoever asks.",
)


class Disclosure(ThingView):
    """How the carrying amounts of data moved in a year."""

    gives = serializers.DisclosureOut
    operation = "get_disclosure"
    summary = "Get the disclosure table"

    def thing(self, by: Actor, **ids: int) -> dict[str, object]:
        return {"year": ids["year"], "rows": note_rows(disclosed(by), ids["year"])}


class DebtRatioPlan(APIView):
    """Compare what possible moves do to the debt ratio over years; keeps nothing.

    What the law forbids an administrative unit stands as a refused move, with its source.
    """

    permission_classes = (IsAuthenticated,)
    scope = Scope.READ

    @extend_schema(
        operation_id="plan_debt_ratio",
        summary="Plan the debt ratio",
        parameters=[serializers.PlanIn],
        responses=serializers.PlannedOut,
        extensions={"x-token-scopes": [Scope.READ.value]},
    )
    def get(self, request: Request) -> Response:
        asked = serializers.PlanIn(data=request.query_params)
        unknown = {
            name: [_("There is no such figure.") + " " + advice_on(name, asked.fields)]
            for name in request.query_params
            if name not in asked.fields
        }
        if unknown:
            raise Invalid(_("A figure of the plan is not known."), fields=unknown)
        asked.is_valid(raise_exception=True)
        sent = dict(asked.validated_data)
        sheet = BalanceSheet(sent.pop("assets"), sent.pop("liabilities"))
        try:
            result = planned(Plan(sheet=sheet, entity=Entity(sent.pop("entity")), **sent))
        except RuleRefused as refusal:
            raise Invalid(refusal.sentence, code=refusal.code) from None
        return Response(serializers.PlannedOut(result).data)
