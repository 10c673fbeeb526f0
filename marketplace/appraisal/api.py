"""The appraisal API: one view an act."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.appraisal import serializers
from marketplace.appraisal.adapters import Replayed
from marketplace.appraisal.adapters.calculations import Calculation
from marketplace.appraisal.calculator import calculate
from marketplace.appraisal.models import Appraisal
from marketplace.appraisal.reports import report_of
from marketplace.appraisal.selectors import appraisals_visible_to, replay
from marketplace.appraisal.services.appraisals import (
    draft_appraisal,
    revise_appraisal,
    submit_appraisal,
    withdraw_appraisal,
)
from marketplace.appraisal.services.decisions import approve_appraisal, return_appraisal
from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.web.api import ActView, ListView, ThingView


class DraftAppraisal(ActView):
    """Value the newest desensitized version of a dataset, of which the caller holds the right."""

    takes = serializers.ValueIn
    gives = serializers.AppraisalOut
    creates = True
    operation = "draft_appraisal"
    summary = "Draft a valuation"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Appraisal:
        return draft_appraisal(ids["pk"], **data, by=by)


class ReviseAppraisal(ActView):
    """Compute a valuation anew from other inputs."""

    takes = serializers.ValueIn
    gives = serializers.AppraisalOut
    operation = "revise_appraisal"
    summary = "Revise a valuation"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Appraisal:
        return revise_appraisal(ids["pk"], **data, by=by)


class SubmitAppraisal(ActView):
    """Give a valuation to a second person."""

    gives = serializers.AppraisalOut
    operation = "submit_appraisal"
    summary = "Submit a valuation"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Appraisal:
        return submit_appraisal(ids["pk"], by=by)


class ApproveAppraisal(ActView):
    """Put a valuation in force, by a second person; the one before is superseded."""

    takes = serializers.ValuationChecklistIn
    gives = serializers.AppraisalOut
    operation = "approve_appraisal"
    summary = "Approve a valuation"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Appraisal:
        return approve_appraisal(ids["pk"], checklist=data["checklist"], by=by)


class ReturnAppraisal(ActView):
    """Send a valuation back for correction, with a reason."""

    takes = serializers.ValuationReasonIn
    gives = serializers.AppraisalOut
    operation = "return_appraisal"
    summary = "Return a valuation"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Appraisal:
        return return_appraisal(ids["pk"], reason=data["reason"], by=by)


class WithdrawAppraisal(ActView):
    """Take a valuation back, with a reason; its credential is revoked."""

    takes = serializers.ValuationReasonIn
    gives = serializers.AppraisalOut
    operation = "withdraw_appraisal"
    summary = "Withdraw a valuation"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Appraisal:
        return withdraw_appraisal(ids["pk"], reason=data["reason"], by=by)


class Calculate(ActView):
    """Run any method of the valuation library on given inputs; nothing is kept."""

    takes = serializers.CalculateIn
    gives = serializers.CalculationOut
    keeps_answer = False
    operation = "calculate"
    summary = "Run a method on given inputs"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Calculation:
        return calculate(data["method"], data["inputs"], by=by)


class Appraisals(ListView):
    """The valuations that the caller may see, newest first."""

    gives = serializers.AppraisalOut
    operation = "list_appraisals"
    summary = "List valuations"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Appraisal]:
        return appraisals_visible_to(by)


class OneAppraisal(ThingView):
    """A valuation with its inputs, the whole way to the figure, and the acts that are open."""

    gives = serializers.OneAppraisalOut
    operation = "get_appraisal"
    summary = "Get a valuation"

    def thing(self, by: Actor, **ids: UUID) -> Appraisal:
        return visible(appraisals_visible_to(by), pk=ids["pk"])


class AppraisalReport(ThingView):
    """A valuation whole, to be kept: with every input, bound to the version that was valued."""

    gives = serializers.ReportOut
    operation = "appraisal_report"
    summary = "Get the report of a valuation"

    def thing(self, by: Actor, **ids: UUID) -> dict[str, Any]:
        return report_of(visible(appraisals_visible_to(by), pk=ids["pk"]))


class ReplayedAppraisal(ThingView):
    """A valuation computed anew from its stored inputs, and compared to the cent."""

    gives = serializers.ReplayOut
    operation = "replay_appraisal"
    summary = "Compute a valuation anew"

    def thing(self, by: Actor, **ids: UUID) -> Replayed:
        return replay(visible(appraisals_visible_to(by), pk=ids["pk"]))
