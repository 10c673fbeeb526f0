"""The preparation API: one view an act."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.request import Request

from marketplace.catalog.models import DatasetVersion
from marketplace.catalog.serializers import DatasetVersionOut
from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.preparation import serializers
from marketplace.preparation.inheritance import Inherited
from marketplace.preparation.looking import shown_policy
from marketplace.preparation.models import (
    ColumnFinding,
    ColumnHierarchy,
    MaskingPolicy,
    RiskReport,
    Run,
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
from marketplace.web.api import ActView, ListView, ThingView
from marketplace.web.pagination import CursorPages
from marketplace.web.serializers import ReasonIn


class StartProfile(ActView):
    """Profile and classify the columns of a source version whose content is approved."""

    gives = serializers.RunOut
    operation = "start_profile"
    summary = "Start a profile"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Run:
        return start_profile(ids["pk"], by=by)


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


class SetHierarchy(ActView):
    """Set what the values of a column become, for the policies to come."""

    takes = serializers.HierarchyIn
    gives = serializers.HierarchyOut
    operation = "set_hierarchy"
    summary = "Set the hierarchy of a column"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> ColumnHierarchy:
        return set_hierarchy(ids["pk"], column=data["column"], rows=data["rows"], by=by)


class ClearHierarchy(ActView):
    """Let the hierarchy of a column be made from its values again."""

    takes = serializers.ColumnIn
    gives = serializers.PreparedVersionOut
    operation = "clear_hierarchy"
    summary = "Forget the hierarchy of a column"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> DatasetVersion:
        return clear_hierarchy(ids["pk"], column=data["column"], by=by)


class InheritHierarchies(ActView):
    """Set the hierarchies of earlier versions where they still cover every value."""

    gives = serializers.InheritedOut
    operation = "inherit_hierarchies"
    summary = "Take over the hierarchies of earlier versions"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> dict[str, list[Inherited]]:
        return {"columns": inherit_hierarchies(ids["pk"], by=by)}


class StartMasking(ActView):
    """Desensitize a source version by its confirmed policy, and measure the result."""

    gives = serializers.RunOut
    operation = "start_masking"
    summary = "Start a masking run"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Run:
        return start_masking(ids["pk"], by=by)


class DestroyRawData(ActView):
    """Destroy the raw bytes of a source version for good; masked versions and reports stay."""

    gives = DatasetVersionOut
    operation = "destroy_raw_data"
    summary = "Destroy raw data"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> DatasetVersion:
        return destroy_raw_data(ids["pk"], by=by)


class CancelRun(ActView):
    """End a run that waits or works."""

    gives = serializers.RunOut
    operation = "cancel_run"
    summary = "Cancel a run"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Run:
        return cancel_run(ids["pk"], by=by)


class WithdrawReport(ActView):
    """Let a risk report not count any more, with a reason."""

    takes = ReasonIn
    gives = serializers.RiskReportOut
    operation = "withdraw_report"
    summary = "Withdraw a risk report"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> RiskReport:
        return withdraw_report(ids["pk"], reason=data["reason"], by=by)


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


class Runs(ListView):
    """The runs that the caller may see."""

    gives = serializers.RunOut
    operation = "list_runs"
    summary = "List runs"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[Run]:
        return runs_visible_to(by)


class OneRun(ThingView):
    """A run."""

    gives = serializers.RunOut
    operation = "get_run"
    summary = "Get a run"

    def thing(self, by: Actor, **ids: UUID) -> Run:
        return visible(runs_visible_to(by), pk=ids["pk"])


class RiskReports(ListView):
    """The risk reports that the caller may see."""

    gives = serializers.RiskReportOut
    operation = "list_risk_reports"
    summary = "List risk reports"

    def rows(self, by: Actor, request: Request, **ids: Any) -> QuerySet[RiskReport]:
        return reports_visible_to(by)


class OneRiskReport(ThingView):
    """A risk report."""

    gives = serializers.RiskReportOut
    operation = "get_risk_report"
    summary = "Get a risk report"

    def thing(self, by: Actor, **ids: UUID) -> RiskReport:
        return visible(reports_visible_to(by), pk=ids["pk"])
