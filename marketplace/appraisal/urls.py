"""The addresses of the appraisal app."""

from django.urls import path

from marketplace.appraisal import api
from marketplace.appraisal.ceilings import urls as ceilings
from marketplace.appraisal.views import appraisals, calculator, guide, reports, reviews

APPRAISAL = "appraisals/<uuid:pk>/"

urlpatterns = [
    *ceilings.urlpatterns,
    path("appraisals/", appraisals.appraisal_list, name="appraisal_list"),
    path("appraisals/calculator/", calculator.calculator, name="calculator"),
    path("datasets/<uuid:pk>/appraise/", guide.appraisal_draft, name="appraisal_draft"),
    path(APPRAISAL, appraisals.appraisal_detail, name="appraisal_detail"),
    path(f"{APPRAISAL}revise/", guide.appraisal_revise, name="appraisal_revise"),
    path(f"{APPRAISAL}replay/", appraisals.appraisal_replay, name="appraisal_replay"),
    path(f"{APPRAISAL}report/", reports.appraisal_report, name="appraisal_report"),
    path(f"{APPRAISAL}report.json", reports.appraisal_report_file, name="appraisal_report_file"),
    path(f"{APPRAISAL}submit/", appraisals.appraisal_submit, name="appraisal_submit"),
    path(f"{APPRAISAL}withdraw/", appraisals.appraisal_withdraw, name="appraisal_withdraw"),
    path(f"{APPRAISAL}review/", reviews.appraisal_review, name="appraisal_review"),
    path(f"{APPRAISAL}approve/", reviews.appraisal_approve, name="appraisal_approve"),
    path(f"{APPRAISAL}return/", reviews.appraisal_return, name="appraisal_return"),
]
api_patterns = [
    *ceilings.api_patterns,
    path("appraisals/", api.Appraisals.as_view(), name="api_list_appraisals"),
    path("appraisals/calculator/", api.Calculate.as_view(), name="api_calculate"),
    path("datasets/<uuid:pk>/appraise/", api.DraftAppraisal.as_view(), name="api_draft_appraisal"),
    path(APPRAISAL, api.OneAppraisal.as_view(), name="api_get_appraisal"),
    path(f"{APPRAISAL}revise/", api.ReviseAppraisal.as_view(), name="api_revise_appraisal"),
    path(f"{APPRAISAL}replay/", api.ReplayedAppraisal.as_view(), name="api_replay_appraisal"),
    path(f"{APPRAISAL}report/", api.AppraisalReport.as_view(), name="api_appraisal_report"),
    path(f"{APPRAISAL}submit/", api.SubmitAppraisal.as_view(), name="api_submit_appraisal"),
    path(f"{APPRAISAL}withdraw/", api.WithdrawAppraisal.as_view(), name="api_withdraw_appraisal"),
    path(f"{APPRAISAL}approve/", api.ApproveAppraisal.as_view(), name="api_approve_appraisal"),
    path(f"{APPRAISAL}return/", api.ReturnAppraisal.as_view(), name="api_return_appraisal"),
]
