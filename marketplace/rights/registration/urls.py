from typing import Any

from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework.parsers import MultiPartParser

from marketplace.core import Scope
from marketplace.rights.claim.selectors import claims_visible_to, evidence_of, evidence_visible_to
from marketplace.rights.registration import views
from marketplace.rights.registration.filters import ClaimFilters
from marketplace.rights.registration.serializers import (
    ClaimOut,
    EvidenceOut,
    OneClaimOut,
)
from marketplace.rights.registration.services import (
    accept_claim,
    ask_supplement,
    attach_evidence,
    confirm_claim,
    draft_claim,
    extend_decision,
    open_notice,
    refuse_claim,
    start_review,
    submit_claim,
    terminate_claim,
    waive_notice,
    withdraw_claim,
)
from marketplace.rights.title.serializers import CertificateOut
from marketplace.web.act_pages import act_page, form_page, thing_page
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.taking import A_FILE, serializer_of

CLAIM = "claims/<uuid:pk>/"

IN_REVIEW: dict[str, Any] = {
    "onto": "claim_review",
    "again": views.review_page,
    "of": claims_visible_to,
}

urlpatterns = [
    path("claims/", views.claim_list, name="claim_list"),
    path("datasets/<uuid:pk>/claim/", views.claim_draft, name="claim_draft"),
    thing_page(CLAIM, claims_visible_to, views.claim_page, name="claim_detail"),
    path(f"{CLAIM}evidence/", views.claim_attach, name="claim_attach"),
    path(f"{CLAIM}evidence/<uuid:evidence_pk>/", views.evidence_download, name="evidence_download"),
    form_page(
        f"{CLAIM}submit/",
        submit_claim,
        done=views.SUBMITTED,
        onto="claim_detail",
        again=views.claim_page,
        of=claims_visible_to,
        form_as="submit_form",
        name="claim_submit",
    ),
    act_page(
        f"{CLAIM}withdraw/",
        withdraw_claim,
        done=_("The claim is withdrawn."),
        onto="claim_detail",
        name="claim_withdraw",
    ),
    thing_page(f"{CLAIM}review/", claims_visible_to, views.review_page, name="claim_review"),
    act_page(
        f"{CLAIM}accept/",
        accept_claim,
        done=_("The claim is accepted."),
        onto="claim_review",
        name="claim_accept",
    ),
    form_page(
        f"{CLAIM}ask-supplement/",
        ask_supplement,
        **IN_REVIEW,
        done=_("The claimant is asked to complete the claim."),
        form_as="supplement_form",
        name="claim_ask_supplement",
    ),
    act_page(
        f"{CLAIM}start-review/",
        start_review,
        done=_("The claim is under review."),
        onto="claim_review",
        name="claim_start_review",
    ),
    form_page(
        f"{CLAIM}extend/",
        extend_decision,
        **IN_REVIEW,
        done=_("The term of the decision is extended."),
        form_as="reason_form",
        name="claim_extend",
    ),
    form_page(
        f"{CLAIM}terminate/",
        terminate_claim,
        **IN_REVIEW,
        done=_("The claim is terminated."),
        form_as="reason_form",
        name="claim_terminate",
    ),
    form_page(
        f"{CLAIM}refuse/",
        refuse_claim,
        **IN_REVIEW,
        done=_("The claim is refused."),
        form_as="reason_form",
        name="claim_refuse",
    ),
    act_page(
        f"{CLAIM}open-notice/",
        open_notice,
        done=_("The claim is in public notice."),
        onto="claim_review",
        name="claim_open_notice",
    ),
    form_page(
        f"{CLAIM}waive-notice/",
        waive_notice,
        **IN_REVIEW,
        done=_("The public notice is waived; the reason is kept."),
        form_as="reason_form",
        name="claim_waive_notice",
    ),
    form_page(
        f"{CLAIM}confirm/",
        confirm_claim,
        **IN_REVIEW
        | {
            "onto": "certificate_detail",
            "at": "pk",
            "done": lambda made: (
                gettext("Certificate %(number)s is issued.") % {"number": made.number}
            ),
        },
        form_as="confirm_form",
        name="claim_confirm",
    ),
]

api_patterns = [
    list_view(
        "claims/",
        claims_visible_to,
        operation="list_claims",
        filters=ClaimFilters,
        gives=ClaimOut,
        about="The claims that the caller may see.",
    ),
    act_view(
        "datasets/<uuid:pk>/draft-claim/",
        draft_claim,
        scope=Scope.TRADE,
        takes=serializer_of(draft_claim, about="What is claimed."),
        gives=ClaimOut,
        creates=True,
        made_at="get_claim",
        summary="Draft a claim of rights",
        about="Begin to claim rights over a dataset.",
    ),
    thing_view(
        CLAIM,
        claims_visible_to,
        operation="get_claim",
        gives=OneClaimOut,
        about=(
            "A claim, with the acts on it that are open to whoever asks, and why the others are "
            "not."
        ),
    ),
    list_view(
        f"{CLAIM}evidence/",
        evidence_of,
        of=claims_visible_to,
        operation="list_evidence",
        gives=EvidenceOut,
        summary="List the evidence of a claim",
        about="The evidence of a claim.",
    ),
    thing_view(
        "evidence/<uuid:pk>/",
        evidence_visible_to,
        operation="get_evidence",
        gives=EvidenceOut,
        summary="Get evidence of a claim",
        about="A file of the evidence of a claim, as it is listed.",
    ),
    act_view(
        f"{CLAIM}attach/",
        attach_evidence,
        scope=Scope.TRADE,
        takes=serializer_of(attach_evidence, about=A_FILE),
        gives=EvidenceOut,
        creates=True,
        made_at="get_evidence",
        parser_classes=[MultiPartParser],
        summary="Attach evidence to a claim",
        about="Add a file to a claim, as a multipart request.",
    ),
    act_view(
        f"{CLAIM}submit/",
        submit_claim,
        scope=Scope.TRADE,
        gives=ClaimOut,
        about="Hand a claim to the register, or hand it back, completed.",
    ),
    act_view(
        f"{CLAIM}withdraw/",
        withdraw_claim,
        scope=Scope.TRADE,
        gives=ClaimOut,
        about="Take a claim back before it is deposited.",
    ),
    act_view(
        f"{CLAIM}accept/",
        accept_claim,
        scope=Scope.ADMINISTER,
        gives=ClaimOut,
        about="Take a claim on.",
    ),
    act_view(
        f"{CLAIM}ask-supplement/",
        ask_supplement,
        scope=Scope.ADMINISTER,
        takes=serializer_of(ask_supplement, about="Everything that is missing."),
        gives=ClaimOut,
        summary="Ask to complete a claim",
        about="Ask the claimant for everything that is missing.",
    ),
    act_view(
        f"{CLAIM}start-review/",
        start_review,
        scope=Scope.ADMINISTER,
        gives=ClaimOut,
        summary="Start the review of a claim",
        about="Begin to examine an accepted claim.",
    ),
    act_view(
        f"{CLAIM}extend/",
        extend_decision,
        scope=Scope.ADMINISTER,
        gives=ClaimOut,
        summary="Extend the term of a decision",
        about="Give the decision more time, once.",
    ),
    act_view(
        f"{CLAIM}terminate/",
        terminate_claim,
        scope=Scope.ADMINISTER,
        gives=ClaimOut,
        about="End a claim that was not completed during review.",
    ),
    act_view(
        f"{CLAIM}refuse/",
        refuse_claim,
        scope=Scope.ADMINISTER,
        gives=ClaimOut,
        about="Refuse a claim under review.",
    ),
    act_view(
        f"{CLAIM}open-notice/",
        open_notice,
        scope=Scope.ADMINISTER,
        gives=ClaimOut,
        summary="Open the public notice of a claim",
        about="Publish a claim, so that others can object.",
    ),
    act_view(
        f"{CLAIM}waive-notice/",
        waive_notice,
        scope=Scope.ADMINISTER,
        gives=ClaimOut,
        summary="Waive the public notice of a claim",
        about="Let a claim go on without public notice, for a reason.",
    ),
    act_view(
        f"{CLAIM}confirm/",
        confirm_claim,
        scope=Scope.ADMINISTER,
        takes=serializer_of(confirm_claim, about="What the reviewer has looked at."),
        gives=CertificateOut,
    ),
]
