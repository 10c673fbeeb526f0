from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.preparation.report import views
from marketplace.preparation.report.selectors import reports_visible_to
from marketplace.preparation.report.serializers import OneRiskReportOut, RiskReportOut
from marketplace.preparation.report.services import withdraw_report
from marketplace.web.act_pages import form_page
from marketplace.web.api import act_view, list_view, thing_view

urlpatterns = [
    path("risk-reports/<uuid:pk>/", views.risk_report_detail, name="risk_report_detail"),
    form_page(
        "risk-reports/<uuid:pk>/withdraw/",
        withdraw_report,
        done=_("The report is withdrawn, and what relied on it stops."),
        onto="risk_report_detail",
        again=views.report_page,
        of=views.reports_of_actor,
        name="risk_report_withdraw",
    ),
]

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
