"""The accounting API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from marketplace.accounting import serializers
from marketplace.accounting.models import CostEntry, CostKind, Impairment, Recognition
from marketplace.accounting.presentation import note_rows
from marketplace.accounting.selectors import costs_visible_to, disclosed, recognitions_visible_to
from marketplace.accounting.services.bookings import (
    approve_recognition,
    record_impairment,
    return_recognition,
)
from marketplace.accounting.services.costs import record_cost, reverse_cost
from marketplace.accounting.services.recognitions import propose_recognition, withdraw_recognition
from marketplace.accounting.standards.figures import advice_on
from marketplace.accounting.standards.planner import Plan, planned
from marketplace.accounting.standards.ratio import BalanceSheet, Entity
from marketplace.accounting.standards.refusals import RuleRefused
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid
from marketplace.core.locking import visible
from marketplace.web.api import ActView, ListView, ThingView


class RecordCost(ActView):
    """Record an amount of a voucher for a dataset."""

    takes = serializers.RecordCostIn
    gives = serializers.CostOut
    creates = True
    operation = "record_cost"
    summary = "Record a cost"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> CostEntry:
        return record_cost(ids["pk"], **(data | {"kind": CostKind(data["kind"])}), by=by)


class ReverseCost(ActView):
    """Take a recorded amount back by an entry of its own."""

    gives = serializers.CostOut
    operation = "reverse_cost"
    summary = "Reverse a cost"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> CostEntry:
        return reverse_cost(ids["pk"], by=by)


class Costs(ListView):
    """The costs that the caller may see."""

    gives = serializers.CostOut
    operation = "list_costs"
    summary = "List costs"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[CostEntry]:
        return costs_visible_to(by)


class ProposeRecognition(ActView):
    """Decide by the questions of a standard what data is booked as, and submit the decision."""

    takes = serializers.ProposeRecognitionIn
    gives = serializers.RecognitionOut
    creates = True
    operation = "propose_recognition"
    summary = "Propose a recognition"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Recognition:
        return propose_recognition(ids["pk"], **data, by=by)


class ApproveRecognition(ActView):
    """Put a decision in force, by a second person; the one before is superseded."""

    takes = serializers.BookingChecklistIn
    gives = serializers.RecognitionOut
    operation = "approve_recognition"
    summary = "Approve a recognition"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Recognition:
        return approve_recognition(ids["pk"], checklist=data["checklist"], by=by)


class ReturnRecognition(ActView):
    """Send a decision back for correction, with a reason."""

    takes = serializers.BookingReasonIn
    gives = serializers.RecognitionOut
    operation = "return_recognition"
    summary = "Return a recognition"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Recognition:
        return return_recognition(ids["pk"], reason=data["reason"], by=by)


class WithdrawRecognition(ActView):
    """Take a decision back, with a reason."""

    takes = serializers.BookingReasonIn
    gives = serializers.RecognitionOut
    operation = "withdraw_recognition"
    summary = "Withdraw a recognition"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Recognition:
        return withdraw_recognition(ids["pk"], reason=data["reason"], by=by)


class RecordImpairment(ActView):
    """Test a booked asset and write it down to what is recoverable."""

    takes = serializers.RecordImpairmentIn
    gives = serializers.ImpairmentOut
    creates = True
    operation = "record_impairment"
    summary = "Record an impairment test"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Impairment:
        return record_impairment(ids["pk"], **data, by=by)


class Recognitions(ListView):
    """The decisions that the caller may see, newest first."""

    gives = serializers.RecognitionOut
    operation = "list_recognitions"
    summary = "List recognition decisions"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Recognition]:
        return recognitions_visible_to(by).prefetch_related("impairments")


class OneRecognition(ThingView):
    """A decision with its answers, its schedule and the acts that are open to whoever asks."""

    gives = serializers.OneRecognitionOut
    operation = "get_recognition"
    summary = "Get a recognition decision"

    def thing(self, by: Actor, **ids: UUID) -> Recognition:
        return visible(recognitions_visible_to(by), pk=ids["pk"])


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

    @extend_schema(
        operation_id="plan_debt_ratio",
        summary="Plan the debt ratio",
        parameters=[serializers.PlanIn],
        responses=serializers.PlannedOut,
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
            raise Invalid(refusal.sentence, code=refusal.code.lower().replace("_", "-")) from None
        return Response(serializers.PlannedOut(result).data)
