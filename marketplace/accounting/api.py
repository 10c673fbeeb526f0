"""The accounting API."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from marketplace.accounting import serializers
from marketplace.accounting.filters import RecognitionFilters
from marketplace.accounting.models import Recognition
from marketplace.accounting.presentation import note_rows
from marketplace.accounting.selectors import (
    disclosed,
    recognitions_visible_to,
)
from marketplace.accounting.standards.planner import Plan, planned
from marketplace.accounting.standards.ratio import BalanceSheet, Entity
from marketplace.accounting.standards.refusals import RuleRefused
from marketplace.core import Actor, Invalid, Scope
from marketplace.web.api import ListView, ThingView
from marketplace.web.parameters import DeclaredView


class Recognitions(ListView):
    """The decisions that the caller may see, newest first."""

    gives = serializers.RecognitionOut
    operation = "list_recognitions"
    filters = RecognitionFilters
    summary = "List recognition decisions"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Recognition]:
        return recognitions_visible_to(by).prefetch_related("impairments")


class Disclosure(ThingView):
    """How the carrying amounts of data moved in a year."""

    gives = serializers.DisclosureOut
    operation = "get_disclosure"
    summary = "Get the disclosure table"

    def thing(self, by: Actor, **ids: int) -> dict[str, object]:
        return {"year": ids["year"], "rows": note_rows(disclosed(by), ids["year"])}


class DebtRatioPlan(DeclaredView):
    """Compare what possible moves do to the debt ratio over years; keeps nothing.

    What the law forbids an administrative unit stands as a refused move, with its source.
    """

    permission_classes = (IsAuthenticated,)
    scope = Scope.READ
    reads = (serializers.PlanIn,)

    @extend_schema(
        operation_id="plan_debt_ratio",
        summary="Plan the debt ratio",
        responses=serializers.PlannedOut,
        extensions={"x-token-scopes": [Scope.READ.value]},
    )
    def get(self, request: Request) -> Response:
        asked = serializers.PlanIn(data=request.query_params)
        asked.is_valid(raise_exception=True)
        sent = dict(asked.validated_data)
        sheet = BalanceSheet(sent.pop("assets"), sent.pop("liabilities"))
        try:
            result = planned(Plan(sheet=sheet, entity=Entity(sent.pop("entity")), **sent))
        except RuleRefused as refusal:
            raise Invalid(refusal.sentence, code=refusal.code) from None
        return Response(serializers.PlannedOut(result).data)
