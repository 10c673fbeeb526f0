"""The addresses of the appraisal app."""

from django.urls import path

from marketplace.appraisal.appraisal import api, views
from marketplace.appraisal.ceiling import urls as ceilings

APPRAISAL = "appraisals/<uuid:pk>/"

urlpatterns = [
    *ceilings.urlpatterns,
    path("appraisals/", views.appraisal_list, name="appraisal_list"),
    path("appraisals/calculator/", views.calculator, name="calculator"),
    path("datasets/<uuid:pk>/appraise/", views.appraisal_draft, name="appraisal_draft"),
    path(APPRAISAL, views.appraisal_detail, name="appraisal_detail"),
    path(f"{APPRAISAL}revise/", views.appraisal_revise, name="appraisal_revise"),
    path(f"{APPRAISAL}replay/", views.appraisal_replay, name="appraisal_replay"),
    path(f"{APPRAISAL}report/", views.appraisal_report, name="appraisal_report"),
    path(f"{APPRAISAL}report.json", views.appraisal_report_file, name="appraisal_report_file"),
    path(f"{APPRAISAL}submit/", views.appraisal_submit, name="appraisal_submit"),
    path(f"{APPRAISAL}withdraw/", views.appraisal_withdraw, name="appraisal_withdraw"),
    path(f"{APPRAISAL}review/", views.appraisal_review, name="appraisal_review"),
    path(f"{APPRAISAL}approve/", views.appraisal_approve, name="appraisal_approve"),
    path(f"{APPRAISAL}return/", views.appraisal_return, name="appraisal_return"),
]
api_patterns = [
    *ceilings.api_patterns,
    path("appraisals/", api.Appraisals.as_view(), name="api_list_appraisals"),
    path("appraisals/calculate/", api.Calculate.as_view(), name="api_calculate"),
    path(
        "datasets/<uuid:pk>/draft-appraisal/",
        api.DraftAppraisal.as_view(),
        name="api_draft_appraisal",
    ),
    path(APPRAISAL, api.OneAppraisal.as_view(), name="api_get_appraisal"),
    path(f"{APPRAISAL}revise/", api.ReviseAppraisal.as_view(), name="api_revise_appraisal"),
    path(f"{APPRAISAL}replay/", api.ReplayedAppraisal.as_view(), name="api_replay_appraisal"),
    path(f"{APPRAISAL}report/", api.AppraisalReport.as_view(), name="api_appraisal_report"),
    path(f"{APPRAISAL}submit/", api.SubmitAppraisal.as_view(), name="api_submit_appraisal"),
    path(f"{APPRAISAL}withdraw/", api.WithdrawAppraisal.as_view(), name="api_withdraw_appraisal"),
    path(f"{APPRAISAL}approve/", api.ApproveAppraisal.as_view(), name="api_approve_appraisal"),
    path(f"{APPRAISAL}return/", api.ReturnAppraisal.as_view(), name="api_return_appraisal"),
]
