"""The preparation API: one view an act."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.serializers import DatasetVersionOut
from marketplace.core.actor import Actor
from marketplace.preparation import serializers
from marketplace.preparation.inheritance import Inherited
from marketplace.preparation.looking import shown_policy
from marketplace.preparation.models import (
    ColumnFinding,
    ColumnHierarchy,
    MaskingPolicy,
)
from marketplace.preparation.proposals import policy_to_decide
from marketplace.preparation.selectors import (
    findings_of,
    hierarchies_of,
    reports_visible_to,
    runs_visible_to,
    source_visible_to,
)
from marketplace.preparation.services.hierarchies import (
    clear_hierarchy,
    inherit_hierarchies,
    set_hierarchy,
)
from marketplace.preparation.services.policies import confirm_policy
from marketplace.preparation.services.reports import withdraw_report
from marketplace.preparation.services.retention import destroy_raw_data
from marketplace.preparation.services.runs import cancel_run, start_masking, start_profile
from marketplace.web.api import ActView, ListView, ThingView, act_view, list_view, thing_view
from marketplace.web.pagination import CursorPages
from marketplace.web.serializers import ReasonIn

StartProfile = act_view(
    start_profile,
    gives=serializers.RunOut,
    about="Profile and classify the columns of a source version whose content is approved.",
)


class ConfirmPolicy(ActView):
    """Decide on each column, with a reason where it is taken for less than was found."""

    takes = serializers.PolicyIn
    gives = serializers.ConfirmedPolicyOut
    operation = "confirm_policy"
    summary = "Confirm a masking policy"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> MaskingPolicy:
        reasons = {rule["name"]: rule["reason"] for rule in data["columns"] if "reason" in rule}
        columns = [
            {name: value for name, value in rule.items() if name != "reason"}
            for rule in data["columns"]
        ]
        policy = {**data, "columns": columns}
        return confirm_policy(ids["pk"], policy=policy, reasons=reasons, by=by)


SetHierarchy = act_view(
    set_hierarchy,
    takes=serializers.HierarchyIn,
    gives=serializers.HierarchyOut,
    summary="Set the hierarchy of a column",
    about="Set what the values of a column become, for the policies to come.",
)

ClearHierarchy = act_view(
    clear_hierarchy,
    takes=serializers.ColumnIn,
    gives=serializers.PreparedVersionOut,
    summary="Forget the hierarchy of a column",
    about="Let the hierarchy of a column be made from its values again.",
)


class InheritHierarchies(ActView):
    """Set the hierarchies of earlier versions where they still cover every value."""

    gives = serializers.InheritedOut
    operation = "inherit_hierarchies"
    summary = "Take over the hierarchies of earlier versions"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> dict[str, list[Inherited]]:
        return {"columns": inherit_hierarchies(ids["pk"], by=by)}


StartMasking = act_view(
    start_masking,
    gives=serializers.RunOut,
    summary="Start a masking run",
    about="Desensitize a source version by its confirmed policy, and measure the result.",
)

DestroyRawData = act_view(
    destroy_raw_data,
    gives=DatasetVersionOut,
    summary="Destroy raw data",
    about="Destroy the raw bytes of a source version for good; masked versions and reports stay.",
)

CancelRun = act_view(
    cancel_run,
    gives=serializers.RunOut,
    about="End a run that waits or works.",
)

WithdrawReport = act_view(
    withdraw_report,
    takes=ReasonIn,
    gives=serializers.RiskReportOut,
    summary="Withdraw a risk report",
    about="Let a risk report not count any more, with a reason.",
)


class InTableOrder(CursorPages):
    """Columns as they stand in the table."""

    ordering = ("position",)


class Findings(ListView):
    """What was found about each column of a source version."""

    gives = serializers.FindingOut
    operation = "list_findings"
    summary = "List what was found about the columns"
    pages = InTableOrder

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[ColumnFinding]:
        return findings_of(source_visible_to(by, ids["pk"]))


class Hierarchies(ListView):
    """The hierarchies that officers set for the columns of a source version."""

    gives = serializers.HierarchyOut
    operation = "list_hierarchies"
    summary = "List the hierarchies of a version"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[ColumnHierarchy]:
        return hierarchies_of(source_visible_to(by, ids["pk"]))


class OnePreparation(ThingView):
    """A source version on its way, and the acts on it that are open to the caller."""

    gives = serializers.PreparationOut
    operation = "get_preparation"
    summary = "Get what can be done with a source version"

    def thing(self, by: Actor, **ids: UUID) -> DatasetVersion:
        return source_visible_to(by, ids["pk"])


class PolicyToDecide(ThingView):
    """The policy of a source version, as confirmed or proposed, in the form in which it is sent.

    Levels that were set list values of the data: an officer needs a look at those columns, and
    whoever only reads gets the policy without them.
    """

    gives = serializers.PolicyToDecideOut
    operation = "get_policy"
    summary = "Get the masking policy"

    def thing(self, by: Actor, **ids: UUID) -> dict[str, Any]:
        version = source_visible_to(by, ids["pk"])
        decided = policy_to_decide(version)
        document = shown_policy(version, decided.policy.to_dict(), by=by)
        return {"is_confirmed": decided.is_confirmed, "document": document}


Runs = list_view(
    runs_visible_to,
    operation="list_runs",
    gives=serializers.RunOut,
    about="The runs that the caller may see.",
)

OneRun = thing_view(
    runs_visible_to,
    operation="get_run",
    gives=serializers.OneRunOut,
    about="A run, and the acts on it that are open to the caller.",
)

RiskReports = list_view(
    reports_visible_to,
    operation="list_risk_reports",
    gives=serializers.RiskReportOut,
    about="The risk reports that the caller may see.",
)

OneRiskReport = thing_view(
    reports_visible_to,
    operation="get_risk_report",
    gives=serializers.OneRiskReportOut,
    about="A risk report, and the acts on it that are open to the caller.",
)
