from django.urls import path

from marketplace.delivery.report import api, views

urlpatterns = [
    path("grants/<uuid:pk>/report/", views.grant_report, name="grant_report"),
    path("grants/<uuid:pk>/report.json", views.grant_report_file, name="grant_report_file"),
]

api_patterns = [
    path("grants/<uuid:pk>/report/", api.GrantReport.as_view(), name="api_open_report"),
]
