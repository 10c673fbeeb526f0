"""The pages of claims: the claimant's, and the examination."""

from functools import partial
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from marketplace.accounts.timeline import timeline_of
from marketplace.catalog.dataset.presentation import source_consequence
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.core import Invalid, visible
from marketplace.review.models import CaseKind
from marketplace.review.selectors import cases_of
from marketplace.rights.certificate.selectors import certificate_of_claim
from marketplace.rights.claim import policies
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.origins import chosen_procedure, offered_procedures
from marketplace.rights.claim.selectors import claims_visible_to, evidence_of, sees_dataset
from marketplace.rights.objection.selectors import objections_of
from marketplace.rights.registration import presentation as claim_words
from marketplace.rights.registration.changes import changes_of
from marketplace.rights.registration.filters import ClaimFilters
from marketplace.rights.registration.forms import (
    ClaimForm,
    FirstEvidenceForm,
)
from marketplace.rights.registration.hints import (
    asked_points,
    hints_for_reviewer,
    waits_for_acquirer,
)
from marketplace.rights.registration.rules import acts_on_claim, check_claims, check_examines
from marketplace.rights.registration.services import (
    ask_supplement,
    attach_evidence,
    confirm_claim,
    draft_claim,
    refuse_claim,
    submit_claim,
)
from marketplace.rights.registration.tables import ClaimTable
from marketplace.vault.services import open_stored
from marketplace.web.lists import list_page
from marketplace.web.pages import attempt, form_status, goes_on, signed_in
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm, form_of

SUBMITTED = gettext_lazy("The claim is with the register.")


@signed_in
def claim_list(request: HttpRequest) -> HttpResponse:
    rows = claims_visible_to(actor(request)).select_related("certificate")
    return list_page(request, "rights/claim_list.html", ClaimTable, rows, filters=ClaimFilters)


@signed_in
def claim_draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    dataset = visible(datasets_visible_to(by), pk=pk)
    if request.method != "POST":
        check_claims(dataset, by)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    needs = claim_words.possible_needs(dataset)
    form = ClaimForm(sent[0], offered=offered_procedures(dataset))
    proof = FirstEvidenceForm(*sent, needs=[need.kind for need in needs])
    if request.method == "POST" and form.is_valid() and proof.is_valid():
        claim = attempt(form, lambda: draft_claim(pk, **form.taken(), by=by))
        if claim is not None:
            messages.success(request, _("The claim is begun."))
            return _first_steps(request, claim, proof)
    context = {
        "form": form,
        "proof": proof,
        "dataset": dataset,
        "needs": needs,
        "obstacle": claim_words.obstacle_to(dataset),
        "consequence": source_consequence(dataset),
        "profile": chosen_procedure("", dataset),
    }
    status = max(form_status(form), form_status(proof))
    return render(request, "rights/claim_draft.html", context, status=status)


def _first_steps(request: HttpRequest, claim: Claim, proof: FirstEvidenceForm) -> HttpResponse:
    """Attach the file that came with a claim, and submit it where that was asked."""
    by, sent = actor(request), proof.taken()
    if sent["upload"] is not None:
        try:
            attach_evidence(claim.pk, **sent, by=by)
        except Invalid as refusal:
            messages.warning(request, refusal.sentence)
            return redirect("claim_detail", pk=claim.pk)
        messages.success(request, _("The file is attached, encrypted."))
    if goes_on(request, lambda: submit_claim(claim.pk, by=by)):
        messages.success(request, SUBMITTED)
        return redirect(settings.LOGIN_REDIRECT_URL)
    return redirect("claim_detail", pk=claim.pk)


def claim_page(
    request: HttpRequest,
    claim: Claim,
    *,
    form: ActForm | None = None,
    submit_form: ActForm | None = None,
) -> HttpResponse:
    by, form = actor(request), form or form_of(attach_evidence)()
    submit_form = submit_form or form_of(submit_claim)()
    evidence = list(evidence_of(claim))
    context = {
        "claim": claim,
        "steps": claim_words.steps_of(claim),
        "facts": claim_words.claim_facts(claim),
        "changes": changes_of(claim),
        "progress": claim_words.progress_facts(claim),
        "terms": claim_words.terms_of(claim),
        "stopped": claim_words.stopped_terms_of(claim),
        "needs": claim_words.shown_needs(claim, evidence),
        "evidence": evidence,
        "objections": objections_of(claim),
        "certificate": certificate_of_claim(claim),
        "acts": acts_on_claim(claim, by),
        "asked": asked_points(claim),
        "waits_for_acquirer": waits_for_acquirer(claim),
        "sees_dataset": sees_dataset(by, claim),
        "examines": policies.may_examine(by, claim),
        "form": form,
        "submit_form": submit_form,
        "timeline": timeline_of(f"claim:{claim.pk}", by=by),
    }
    status = max(form_status(form), form_status(submit_form))
    return render(request, "rights/claim_detail.html", context, status=status)


@require_POST
@signed_in
def claim_attach(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, form = actor(request), form_of(attach_evidence)(request.POST, request.FILES)
    act = partial(attach_evidence, pk, by=by)
    if form.is_valid() and attempt(form, lambda: act(**form.taken())) is not None:
        messages.success(request, _("The file is attached, encrypted."))
        return redirect("claim_detail", pk=pk)
    return claim_page(request, visible(claims_visible_to(by), pk=pk), form=form)


@login_required
def evidence_download(request: HttpRequest, pk: UUID, evidence_pk: UUID) -> FileResponse:
    """Give a file of evidence to the claimant and the centre, as an attachment and nothing else."""
    claim = visible(claims_visible_to(actor(request)), pk=pk)
    file = visible(evidence_of(claim), pk=evidence_pk).file
    return FileResponse(
        open_stored(file),
        as_attachment=True,
        filename=file.name,
        content_type="application/octet-stream",
    )


def review_page(
    request: HttpRequest,
    claim: Claim,
    *,
    supplement_form: ActForm | None = None,
    reason_form: ActForm | None = None,
    confirm_form: ActForm | None = None,
) -> HttpResponse:
    by = actor(request)
    check_examines(claim, by)
    acts = acts_on_claim(claim, by)
    supplement_form = supplement_form or form_of(ask_supplement)()
    reason_form = reason_form or form_of(refuse_claim)()
    confirm_form = confirm_form or form_of(confirm_claim)()
    evidence = list(evidence_of(claim))
    context = {
        "claim": claim,
        "steps": claim_words.steps_of(claim),
        "facts": claim_words.claim_facts(claim),
        "changes": changes_of(claim),
        "source": claim_words.source_facts(claim.described),
        "progress": claim_words.progress_facts(claim),
        "terms": claim_words.terms_of(claim),
        "stopped": claim_words.stopped_terms_of(claim),
        "needs": claim_words.shown_needs(claim, evidence),
        "evidence": evidence,
        "objections": objections_of(claim),
        "cases": cases_of(CaseKind.RIGHT, f"claim:{claim.pk}"),
        "acts": acts,
        "hints": hints_for_reviewer(claim, acts),
        "supplement_form": supplement_form,
        "reason_form": reason_form,
        "confirm_form": confirm_form,
        "timeline": timeline_of(f"claim:{claim.pk}", by=by),
    }
    status = max(map(form_status, (supplement_form, reason_form, confirm_form)))
    return render(request, "rights/claim_review.html", context, status=status)
