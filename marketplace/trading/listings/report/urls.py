from django.urls import path

from marketplace.trading.listings.report import api, views

urlpatterns = [
    path("listings/<uuid:pk>/report/", views.report_write, name="report_write"),
]

api_patterns = [
    path("listings/<uuid:pk>/write-report/", api.WriteReport.as_view(), name="api_write_report"),
]
