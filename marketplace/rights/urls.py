"""The addresses of the rights app."""

from django.urls import path

from marketplace.rights.api import claims as claims_api
from marketplace.rights.api import examining as examining_api
from marketplace.rights.api import following as following_api
from marketplace.rights.api import register as register_api
from marketplace.rights.api import remarks as remarks_api
from marketplace.rights.api import transfers as transfers_api
from marketplace.rights.views import (
    claims,
    examining,
    following,
    objections,
    register,
    remarks,
    transfers,
)

CLAIM = "claims/<uuid:pk>/"
CERTIFICATE = "certificates/<uuid:pk>/"
OBJECTION = "objections/<uuid:pk>/"
REMARK = "remarks/<uuid:pk>/"

urlpatterns = [
    path("claims/", claims.claim_list, name="claim_list"),
    path("datasets/<uuid:pk>/claim/", claims.claim_draft, name="claim_draft"),
    path(CLAIM, claims.claim_detail, name="claim_detail"),
    path(f"{CLAIM}evidence/", claims.claim_attach, name="claim_attach"),
    path(
        f"{CLAIM}evidence/<uuid:evidence_pk>/", claims.evidence_download, name="evidence_download"
    ),
    path(f"{CLAIM}submit/", claims.claim_submit, name="claim_submit"),
    path(f"{CLAIM}withdraw/", claims.claim_withdraw, name="claim_withdraw"),
    path(f"{CLAIM}join/", transfers.claim_join, name="claim_join"),
    path(f"{CLAIM}review/", examining.claim_review, name="claim_review"),
    path(f"{CLAIM}accept/", examining.claim_accept, name="claim_accept"),
    path(f"{CLAIM}ask-supplement/", examining.claim_ask_supplement, name="claim_ask_supplement"),
    path(f"{CLAIM}start-review/", examining.claim_start_review, name="claim_start_review"),
    path(f"{CLAIM}extend/", examining.claim_extend, name="claim_extend"),
    path(f"{CLAIM}terminate/", examining.claim_terminate, name="claim_terminate"),
    path(f"{CLAIM}refuse/", examining.claim_refuse, name="claim_refuse"),
    path(f"{CLAIM}open-notice/", examining.claim_open_notice, name="claim_open_notice"),
    path(f"{CLAIM}waive-notice/", examining.claim_waive_notice, name="claim_waive_notice"),
    path(f"{CLAIM}confirm/", examining.claim_confirm, name="claim_confirm"),
    path(f"{CLAIM}object/", register.claim_object, name="claim_object"),
    path("notices/public/", register.public_notice_list, name="public_notice_list"),
    path("notices/public/feed/", register.public_notice_feed, name="public_notice_feed"),
    path("notices/public/<uuid:pk>/", register.public_notice, name="public_notice"),
    path(OBJECTION, objections.objection_detail, name="objection_detail"),
    path(f"{OBJECTION}decide/", objections.objection_decide, name="objection_decide"),
    path(f"{OBJECTION}refer/", objections.objection_refer, name="objection_refer"),
    path(f"{OBJECTION}exhibits/", objections.exhibit_attach, name="exhibit_attach"),
    path(
        f"{OBJECTION}exhibits/<uuid:exhibit_pk>/",
        objections.exhibit_download,
        name="exhibit_download",
    ),
    path(CERTIFICATE, register.certificate_detail, name="certificate_detail"),
    path(f"{CERTIFICATE}freeze/", register.certificate_freeze, name="certificate_freeze"),
    path(f"{CERTIFICATE}unfreeze/", register.certificate_unfreeze, name="certificate_unfreeze"),
    path(f"{CERTIFICATE}cancel/", register.certificate_cancel, name="certificate_cancel"),
    path(f"{CERTIFICATE}transfer/", transfers.certificate_transfer, name="certificate_transfer"),
    path(f"{CERTIFICATE}renew/", following.certificate_renew, name="certificate_renew"),
    path(f"{CERTIFICATE}change/", following.certificate_change, name="certificate_change"),
    path(f"{CERTIFICATE}give-up/", following.certificate_give_up, name="certificate_give_up"),
    path(f"{CERTIFICATE}remark/", remarks.certificate_remark, name="certificate_remark"),
    path(f"{REMARK}decide/", remarks.remark_decide, name="remark_decide"),
    path(f"{REMARK}lift/", remarks.remark_lift, name="remark_lift"),
]

api_patterns = [
    path("claims/", claims_api.Claims.as_view(), name="api_list_claims"),
    path("datasets/<uuid:pk>/claims/", claims_api.DraftClaim.as_view(), name="api_draft_claim"),
    path(CLAIM, claims_api.OneClaim.as_view(), name="api_get_claim"),
    path(f"{CLAIM}evidence/", claims_api.ClaimEvidence.as_view(), name="api_list_evidence"),
    path(f"{CLAIM}attach/", claims_api.AttachEvidence.as_view(), name="api_attach_evidence"),
    path(f"{CLAIM}submit/", claims_api.SubmitClaim.as_view(), name="api_submit_claim"),
    path(f"{CLAIM}withdraw/", claims_api.WithdrawClaim.as_view(), name="api_withdraw_claim"),
    path(f"{CLAIM}join/", transfers_api.JoinTransfer.as_view(), name="api_join_transfer"),
    path(f"{CLAIM}accept/", examining_api.AcceptClaim.as_view(), name="api_accept_claim"),
    path(
        f"{CLAIM}ask-supplement/",
        examining_api.AskSupplement.as_view(),
        name="api_ask_supplement",
    ),
    path(f"{CLAIM}start-review/", examining_api.StartReview.as_view(), name="api_start_review"),
    path(f"{CLAIM}extend/", examining_api.ExtendDecision.as_view(), name="api_extend_decision"),
    path(f"{CLAIM}terminate/", examining_api.TerminateClaim.as_view(), name="api_terminate_claim"),
    path(f"{CLAIM}refuse/", examining_api.RefuseClaim.as_view(), name="api_refuse_claim"),
    path(f"{CLAIM}open-notice/", examining_api.OpenNotice.as_view(), name="api_open_notice"),
    path(f"{CLAIM}waive-notice/", examining_api.WaiveNotice.as_view(), name="api_waive_notice"),
    path(f"{CLAIM}confirm/", examining_api.ConfirmClaim.as_view(), name="api_confirm_claim"),
    path(f"{CLAIM}object/", register_api.ObjectToClaim.as_view(), name="api_object_to_claim"),
    path("public-notices/", register_api.PublicNotices.as_view(), name="api_list_public_notices"),
    path("objections/", register_api.Objections.as_view(), name="api_list_objections"),
    path(OBJECTION, register_api.OneObjection.as_view(), name="api_get_objection"),
    path(
        f"{OBJECTION}decide/", register_api.DecideObjection.as_view(), name="api_decide_objection"
    ),
    path(f"{OBJECTION}refer/", register_api.ReferObjection.as_view(), name="api_refer_objection"),
    path(
        f"{OBJECTION}exhibits/",
        register_api.ObjectionExhibits.as_view(),
        name="api_list_exhibits",
    ),
    path(f"{OBJECTION}attach/", register_api.AttachExhibit.as_view(), name="api_attach_exhibit"),
    path("certificates/", register_api.Certificates.as_view(), name="api_list_certificates"),
    path(CERTIFICATE, register_api.OneCertificate.as_view(), name="api_get_certificate"),
    path(
        f"{CERTIFICATE}freeze/",
        register_api.FreezeCertificate.as_view(),
        name="api_freeze_certificate",
    ),
    path(
        f"{CERTIFICATE}unfreeze/",
        register_api.UnfreezeCertificate.as_view(),
        name="api_unfreeze_certificate",
    ),
    path(
        f"{CERTIFICATE}cancel/",
        register_api.CancelCertificate.as_view(),
        name="api_cancel_certificate",
    ),
    path(
        f"{CERTIFICATE}transfer/",
        transfers_api.OpenTransfer.as_view(),
        name="api_open_transfer",
    ),
    path(f"{CERTIFICATE}renew/", following_api.AskRenewal.as_view(), name="api_ask_renewal"),
    path(f"{CERTIFICATE}change/", following_api.AskChange.as_view(), name="api_ask_change"),
    path(
        f"{CERTIFICATE}give-up/",
        following_api.AskCancellation.as_view(),
        name="api_ask_cancellation",
    ),
    path(
        f"{CERTIFICATE}remarks/",
        remarks_api.CertificateRemarks.as_view(),
        name="api_list_remarks",
    ),
    path(f"{CERTIFICATE}remark/", remarks_api.EnterRemark.as_view(), name="api_enter_remark"),
    path(f"{REMARK}decide/", remarks_api.DecideRemark.as_view(), name="api_decide_remark"),
    path(f"{REMARK}lift/", remarks_api.LiftRemark.as_view(), name="api_lift_remark"),
]
