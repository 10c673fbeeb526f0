"""The accounting API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.accounting import serializers
from marketplace.accounting.models import CostEntry, CostKind
from marketplace.accounting.selectors import costs_visible_to
from marketplace.accounting.services.costs import record_cost, reverse_cost
from marketplace.core.actor import Actor
from marketplace.web.api import ActView, ListView


class RecordCost(ActView):
    """Record an amount of a voucher for a dataset."""

    takes = serializers.RecordCostIn
    gives = serializers.CostOut
    creates = True
    operation = "record_cost"
    summary = "Record a cost"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> CostEntry:
        """Record."""
        return record_cost(ids["pk"], **(data | {"kind": CostKind(data["kind"])}), by=by)


class ReverseCost(ActView):
    """Take a recorded amount back by an entry of its own."""

    gives = serializers.CostOut
    operation = "reverse_cost"
    summary = "Reverse a cost"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> CostEntry:
        """Reverse."""
        return reverse_cost(ids["pk"], by=by)


class Costs(ListView):
    """The costs that the caller may see."""

    gives = serializers.CostOut
    operation = "list_costs"
    summary = "List costs"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[CostEntry]:
        """Select."""
        return costs_visible_to(by)
