"""The API of risk reports."""

from __future__ import annotations

from marketplace.core.scopes import Scope
from marketplace.preparation.report import serializers
from marketplace.preparation.report.selectors import reports_visible_to
from marketplace.preparation.report.services import withdraw_report
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.serializers import ReasonIn

WithdrawReport = act_view(
    withdraw_report,
    scope=Scope.ADMINISTER,
    takes=ReasonIn,
    gives=serializers.RiskReportOut,
    summary="Withdraw a risk report",
    about="Let a risk report not count any more, with a reason.",
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
