"""The register's pages: everything that a reviewer needs of a claim, and the acts."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.selectors import timeline_of
from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.review.models import CaseKind
from marketplace.review.selectors import cases_of
from marketplace.rights.forms import (
    ConfirmForm,
    DecideObjectionForm,
    ReasonForm,
    SupplementForm,
)
from marketplace.rights.models import Claim
from marketplace.rights.presentation import claims as claim_words
from marketplace.rights.presentation.following import changes_of
from marketplace.rights.presentation.offers import hints_for_reviewer
from marketplace.rights.rules.acts import acts_on_claim
from marketplace.rights.rules.examining import check_examines
from marketplace.rights.selectors import claims_visible_to, evidence_of, objections_of
from marketplace.rights.services.claims import (
    accept_claim,
    ask_supplement,
    confirm_claim,
    extend_decision,
    open_notice,
    refuse_claim,
    start_review,
    terminate_claim,
    waive_notice,
)
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor


@signed_in
def claim_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a reviewer everything that a decision needs."""
    return _review_page(request, pk)


def _review_page(
    request: HttpRequest,
    pk: UUID,
    *,
    supplement_form: SupplementForm | None = None,
    reason_form: ReasonForm | None = None,
    confirm_form: ConfirmForm | None = None,
) -> HttpResponse:
    by = actor(request)
    claim = visible(claims_visible_to(by), pk=pk)
    check_examines(claim, by)
    acts = acts_on_claim(claim, by)
    supplement_form = supplement_form or SupplementForm()
    reason_form, confirm_form = reason_form or ReasonForm(), confirm_form or ConfirmForm()
    evidence = list(evidence_of(claim))
    context = {
        "claim": claim,
        "steps": claim_words.steps_of(claim),
        "facts": claim_words.claim_facts(claim),
        "changes": changes_of(claim),
        "source": claim_words.source_facts(claim.dataset),
        "progress": claim_words.progress_facts(claim),
        "terms": claim_words.terms_of(claim),
        "stopped": claim_words.stopped_terms_of(claim),
        "needs": claim_words.shown_needs(claim, evidence),
        "evidence": evidence,
        "objections": objections_of(claim),
        "decide_form": DecideObjectionForm(),
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


@require_POST
@signed_in
def claim_accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a claim on."""
    accept_claim(pk, by=actor(request))
    messages.success(request, _("The claim is accepted."))
    return redirect("claim_review", pk=pk)


@require_POST
@signed_in
def claim_start_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin to examine a claim."""
    start_review(pk, by=actor(request))
    messages.success(request, _("The claim is under review."))
    return redirect("claim_review", pk=pk)


@require_POST
@signed_in
def claim_open_notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Publish a claim."""
    open_notice(pk, by=actor(request))
    messages.success(request, _("The claim is in public notice."))
    return redirect("claim_review", pk=pk)


@require_POST
@signed_in
def claim_ask_supplement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask the claimant for everything that is missing."""
    by, form = actor(request), SupplementForm(request.POST)
    if form.is_valid():
        points = form.cleaned_data["missing"].splitlines()
        claim = attempt(form, lambda: ask_supplement(pk, missing=points, by=by))
        if claim is not None:
            messages.success(request, _("The claimant is asked to complete the claim."))
            return redirect("claim_review", pk=pk)
    return _review_page(request, pk, supplement_form=form)


def _with_reason(
    request: HttpRequest, pk: UUID, act: Callable[[str, Actor], Claim], done: str
) -> HttpResponse:
    by, form = actor(request), ReasonForm(request.POST)
    if form.is_valid():
        claim = attempt(form, lambda: act(form.cleaned_data["reason"], by))
        if claim is not None:
            messages.success(request, done)
            return redirect("claim_review", pk=pk)
    return _review_page(request, pk, reason_form=form)


@require_POST
@signed_in
def claim_extend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the decision more time, once."""
    done = _("The term of the decision is extended.")
    return _with_reason(
        request, pk, lambda reason, by: extend_decision(pk, reason=reason, by=by), done
    )


@require_POST
@signed_in
def claim_terminate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a claim that was not completed."""
    done = _("The claim is terminated.")
    return _with_reason(
        request, pk, lambda reason, by: terminate_claim(pk, reason=reason, by=by), done
    )


@require_POST
@signed_in
def claim_refuse(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Refuse a claim."""
    done = _("The claim is refused.")
    return _with_reason(
        request, pk, lambda reason, by: refuse_claim(pk, reason=reason, by=by), done
    )


@require_POST
@signed_in
def claim_waive_notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a claim go on without public notice."""
    done = _("The public notice is waived; the reason is kept.")
    return _with_reason(
        request, pk, lambda reason, by: waive_notice(pk, reason=reason, by=by), done
    )


@require_POST
@signed_in
def claim_confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Deposit the rights and certify them."""
    by, form = actor(request), ConfirmForm(request.POST)
    if form.is_valid():
        certificate = attempt(
            form, lambda: confirm_claim(pk, checklist=form.cleaned_data["checklist"], by=by)
        )
        if certificate is not None:
            messages.success(
                request, _("Certificate %(number)s is issued.") % {"number": certificate.number}
            )
            return redirect("certificate_detail", pk=certificate.pk)
    return _review_page(request, pk, confirm_form=form)
