"""The appraisal API: one view an act."""

from __future__ import annotations

from typing import Any

from marketplace.appraisal.adapters.results import Calculation
from marketplace.appraisal.appraisal import serializers
from marketplace.appraisal.appraisal.calculator import calculate
from marketplace.appraisal.appraisal.filters import AppraisalFilters
from marketplace.appraisal.appraisal.reports import report_of
from marketplace.appraisal.appraisal.selectors import appraisals_visible_to, replay
from marketplace.appraisal.appraisal.services import (
    approve_appraisal,
    draft_appraisal,
    return_appraisal,
    revise_appraisal,
    submit_appraisal,
    withdraw_appraisal,
)
from marketplace.core.actor import Actor
from marketplace.core.scopes import Scope
from marketplace.web.api import ActView, act_view, list_view, thing_view

DraftAppraisal = act_view(
    draft_appraisal,
    scope=Scope.TRADE,
    takes=serializers.ValueIn,
    gives=serializers.AppraisalOut,
    creates=True,
    made_at="get_appraisal",
    summary="Draft a valuation",
    about=(
        "Value the newest desensitized version of a dataset, of which the caller holds the right."
    ),
)

ReviseAppraisal = act_view(
    revise_appraisal,
    scope=Scope.TRADE,
    takes=serializers.ValueIn,
    gives=serializers.AppraisalOut,
    summary="Revise a valuation",
    about="Compute a valuation anew from other inputs.",
)

SubmitAppraisal = act_view(
    submit_appraisal,
    scope=Scope.TRADE,
    gives=serializers.AppraisalOut,
    summary="Submit a valuation",
)

ApproveAppraisal = act_view(
    approve_appraisal,
    scope=Scope.ADMINISTER,
    takes=serializers.ValuationChecklistIn,
    gives=serializers.AppraisalOut,
    summary="Approve a valuation",
    about="Put a valuation in force, by a second person; the one before is superseded.",
)

ReturnAppraisal = act_view(
    return_appraisal,
    scope=Scope.ADMINISTER,
    takes=serializers.ValuationReasonIn,
    gives=serializers.AppraisalOut,
    summary="Return a valuation",
)

WithdrawAppraisal = act_view(
    withdraw_appraisal,
    scope=Scope.TRADE,
    takes=serializers.ValuationReasonIn,
    gives=serializers.AppraisalOut,
    summary="Withdraw a valuation",
)


class Calculate(ActView):
    """Run any method of the valuation library on given inputs; nothing is kept."""

    takes = serializers.CalculateIn
    gives = serializers.CalculationOut
    changes = False
    scope = Scope.READ
    operation = "calculate"
    summary = "Run a method on given inputs"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Calculation:
        return calculate(data["method"], data["inputs"], by=by)


Appraisals = list_view(
    appraisals_visible_to,
    operation="list_appraisals",
    filters=AppraisalFilters,
    gives=serializers.AppraisalOut,
    summary="List valuations",
    about="The valuations that the caller may see, newest first.",
)

OneAppraisal = thing_view(
    appraisals_visible_to,
    operation="get_appraisal",
    gives=serializers.OneAppraisalOut,
    summary="Get a valuation",
    about="A valuation with its inputs, the whole way to the figure, and the acts that are open.",
)

AppraisalReport = thing_view(
    appraisals_visible_to,
    shown=report_of,
    operation="appraisal_report",
    gives=serializers.ReportOut,
    summary="Get the report of a valuation",
    about="A valuation whole, to be kept: with every input, bound to the version that was valued.",
)

ReplayedAppraisal = thing_view(
    appraisals_visible_to,
    shown=replay,
    operation="replay_appraisal",
    gives=serializers.ReplayOut,
    summary="Compute a valuation anew",
    about="A valuation computed anew from its stored inputs, and compared to the cent.",
)
