"""The claimant's pages."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.selectors import timeline_of
from marketplace.catalog.presentation import source_consequence
from marketplace.catalog.selectors import datasets_visible_to
from marketplace.core.locking import visible
from marketplace.rights import policies
from marketplace.rights.choices import EvidenceKind
from marketplace.rights.forms import ClaimForm, EvidenceForm, SubmitForm
from marketplace.rights.gatekeeping import chosen_procedure, offered_procedures
from marketplace.rights.models import Claim
from marketplace.rights.presentation import claims as claim_words
from marketplace.rights.presentation.following import changes_of
from marketplace.rights.presentation.offers import asked_points, waits_for_acquirer
from marketplace.rights.rules.acts import acts_on_claim
from marketplace.rights.rules.claims import check_claims
from marketplace.rights.selectors import (
    certificate_of_claim,
    claims_visible_to,
    evidence_of,
    objections_of,
    sees_dataset,
)
from marketplace.rights.services.claims import (
    attach_evidence,
    draft_claim,
    submit_claim,
    withdraw_claim,
)
from marketplace.rights.tables import ClaimTable
from marketplace.vault.services.files import open_stored
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.tables import arranged


@signed_in
def claim_list(request: HttpRequest) -> HttpResponse:
    """List the claims that the person may see."""
    rows = claims_visible_to(actor(request)).select_related("certificate")
    table = arranged(request, ClaimTable(rows))
    return render(request, "rights/claim_list.html", {"table": table})


@signed_in
def claim_draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin to claim rights over a dataset."""
    by = actor(request)
    dataset = visible(datasets_visible_to(by), pk=pk)
    if request.method != "POST":
        check_claims(dataset, by)
    form = ClaimForm(request.POST or None, offered=offered_procedures(dataset))
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        rights = frozenset(sent.pop("rights"))
        claim = attempt(form, lambda: draft_claim(pk, rights=rights, **sent, by=by))
        if claim is not None:
            messages.success(request, _("The claim is begun. Attach the evidence, then submit it."))
            return redirect("claim_detail", pk=claim.pk)
    context = {
        "form": form,
        "dataset": dataset,
        "needs": claim_words.possible_needs(dataset),
        "obstacle": claim_words.obstacle_to(dataset),
        "consequence": source_consequence(dataset),
        "profile": chosen_procedure("", dataset),
    }
    return render(request, "rights/claim_draft.html", context, status=form_status(form))


@signed_in
def claim_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a claim with what may be done."""
    return _claim_page(request, visible(claims_visible_to(actor(request)), pk=pk))


def _claim_page(
    request: HttpRequest,
    claim: Claim,
    *,
    form: EvidenceForm | None = None,
    submit_form: SubmitForm | None = None,
) -> HttpResponse:
    by, form, submit_form = actor(request), form or EvidenceForm(), submit_form or SubmitForm()
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
    """Add a file to a claim."""
    by, form = actor(request), EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        sent = form.cleaned_data
        evidence = attempt(
            form,
            lambda: attach_evidence(
                pk,
                kind=EvidenceKind(sent["kind"]),
                title=sent["title"],
                upload=sent["upload"],
                by=by,
            ),
        )
        if evidence is not None:
            messages.success(request, _("The file is attached, encrypted."))
            return redirect("claim_detail", pk=pk)
    return _claim_page(request, visible(claims_visible_to(by), pk=pk), form=form)


@require_POST
@signed_in
def claim_submit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand a claim to the register."""
    by, form = actor(request), SubmitForm(request.POST)
    if form.is_valid():
        claim = attempt(form, lambda: submit_claim(pk, by=by))
        if claim is not None:
            messages.success(request, _("The claim is with the register."))
            return redirect("claim_detail", pk=pk)
    return _claim_page(request, visible(claims_visible_to(by), pk=pk), submit_form=form)


@require_POST
@signed_in
def claim_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a claim back."""
    withdraw_claim(pk, by=actor(request))
    messages.success(request, _("The claim is withdrawn."))
    return redirect("claim_detail", pk=pk)


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
