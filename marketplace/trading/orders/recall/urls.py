"""The addresses of recalls."""

from django.urls import path

from marketplace.trading.orders.recall import api, views

CASE = "re-identifications/<uuid:pk>/"
RECALL = "orders/<uuid:pk>/recall/"

urlpatterns = [
    path("re-identifications/", views.reidentification_list, name="reidentification_list"),
    path(
        "re-identifications/report/", views.reidentification_report, name="reidentification_report"
    ),
    path("re-identifications/recall/", views.recall_propose, name="recall_propose"),
    path(
        "re-identifications/reported/",
        views.reidentification_reported,
        name="reidentification_reported",
    ),
    path(CASE, views.reidentification_detail, name="reidentification_detail"),
    path(f"{CASE}examine/", views.reidentification_examine, name="reidentification_examine"),
    path(f"{CASE}decide/", views.reidentification_decide, name="reidentification_decide"),
]

api_patterns = [
    path(
        "re-identifications/report/",
        api.ReportReidentification.as_view(),
        name="api_report_reidentification",
    ),
    path(
        "re-identifications/reported/<str:reference>/",
        api.Reported.as_view(),
        name="api_get_reported_reidentification",
    ),
    path("re-identifications/", api.Reidentifications.as_view(), name="api_list_reidentifications"),
    path(CASE, api.OneReidentification.as_view(), name="api_get_reidentification"),
    path(
        f"{CASE}examine/",
        api.ExamineReidentification.as_view(),
        name="api_examine_reidentification",
    ),
    path(
        f"{CASE}decide/", api.DecideReidentification.as_view(), name="api_decide_reidentification"
    ),
    path(
        "risk-reports/<uuid:pk>/propose-recall/",
        api.ProposeRecall.as_view(),
        name="api_propose_recall",
    ),
    path(RECALL, api.OrderRecall.as_view(), name="api_get_order_recall"),
]
