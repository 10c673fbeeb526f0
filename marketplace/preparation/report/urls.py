from django.urls import URLPattern

from marketplace.core import Scope
from marketplace.preparation.report.selectors import reports_visible_to
from marketplace.preparation.report.serializers import OneRiskReportOut, RiskReportOut
from marketplace.preparation.report.services import withdraw_report
from marketplace.web.api import act_view, list_view, thing_view

urlpatterns: list[URLPattern] = []

api_patterns = [
    list_view(
        "risk-reports/",
        reports_visible_to,
        operation="list_risk_reports",
        gives=RiskReportOut,
        about="The risk reports that the caller may see.",
    ),
    thing_view(
        "risk-reports/<uuid:pk>/",
        reports_visible_to,
        operation="get_risk_report",
        gives=OneRiskReportOut,
        about="A risk report, and the acts on it that are open to the caller.",
    ),
    act_view(
        "risk-reports/<uuid:pk>/withdraw/",
        withdraw_report,
        scope=Scope.ADMINISTER,
        gives=RiskReportOut,
        summary="Withdraw a risk report",
        about="Let a risk report not count any more, with a reason.",
    ),
]
