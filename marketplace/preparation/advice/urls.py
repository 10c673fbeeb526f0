from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from marketplace.preparation.advice import views
from marketplace.preparation.report.services import withdraw_report
from marketplace.web.act_pages import form_page

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


api_patterns: list[URLPattern] = []
