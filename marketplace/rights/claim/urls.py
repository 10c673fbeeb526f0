"""The addresses of claims."""

from django.urls import path

from marketplace.rights.claim import api, views

CLAIM = "claims/<uuid:pk>/"

urlpatterns = [
    path("claims/", views.claim_list, name="claim_list"),
    path("datasets/<uuid:pk>/claim/", views.claim_draft, name="claim_draft"),
    path(CLAIM, views.claim_detail, name="claim_detail"),
    path(f"{CLAIM}evidence/", views.claim_attach, name="claim_attach"),
    path(f"{CLAIM}evidence/<uuid:evidence_pk>/", views.evidence_download, name="evidence_download"),
    path(f"{CLAIM}submit/", views.claim_submit, name="claim_submit"),
    path(f"{CLAIM}withdraw/", views.claim_withdraw, name="claim_withdraw"),
    path(f"{CLAIM}review/", views.claim_review, name="claim_review"),
    path(f"{CLAIM}accept/", views.claim_accept, name="claim_accept"),
    path(f"{CLAIM}ask-supplement/", views.claim_ask_supplement, name="claim_ask_supplement"),
    path(f"{CLAIM}start-review/", views.claim_start_review, name="claim_start_review"),
    path(f"{CLAIM}extend/", views.claim_extend, name="claim_extend"),
    path(f"{CLAIM}terminate/", views.claim_terminate, name="claim_terminate"),
    path(f"{CLAIM}refuse/", views.claim_refuse, name="claim_refuse"),
    path(f"{CLAIM}open-notice/", views.claim_open_notice, name="claim_open_notice"),
    path(f"{CLAIM}waive-notice/", views.claim_waive_notice, name="claim_waive_notice"),
    path(f"{CLAIM}confirm/", views.claim_confirm, name="claim_confirm"),
]

api_patterns = [
    path("claims/", api.Claims.as_view(), name="api_list_claims"),
    path("datasets/<uuid:pk>/draft-claim/", api.DraftClaim.as_view(), name="api_draft_claim"),
    path(CLAIM, api.OneClaim.as_view(), name="api_get_claim"),
    path(f"{CLAIM}evidence/", api.ClaimEvidence.as_view(), name="api_list_evidence"),
    path("evidence/<uuid:pk>/", api.OneEvidence.as_view(), name="api_get_evidence"),
    path(f"{CLAIM}attach/", api.AttachEvidence.as_view(), name="api_attach_evidence"),
    path(f"{CLAIM}submit/", api.SubmitClaim.as_view(), name="api_submit_claim"),
    path(f"{CLAIM}withdraw/", api.WithdrawClaim.as_view(), name="api_withdraw_claim"),
    path(f"{CLAIM}accept/", api.AcceptClaim.as_view(), name="api_accept_claim"),
    path(
        f"{CLAIM}ask-supplement/",
        api.AskSupplement.as_view(),
        name="api_ask_supplement",
    ),
    path(f"{CLAIM}start-review/", api.StartReview.as_view(), name="api_start_review"),
    path(f"{CLAIM}extend/", api.ExtendDecision.as_view(), name="api_extend_decision"),
    path(f"{CLAIM}terminate/", api.TerminateClaim.as_view(), name="api_terminate_claim"),
    path(f"{CLAIM}refuse/", api.RefuseClaim.as_view(), name="api_refuse_claim"),
    path(f"{CLAIM}open-notice/", api.OpenNotice.as_view(), name="api_open_notice"),
    path(f"{CLAIM}waive-notice/", api.WaiveNotice.as_view(), name="api_waive_notice"),
    path(f"{CLAIM}confirm/", api.ConfirmClaim.as_view(), name="api_confirm_claim"),
]
