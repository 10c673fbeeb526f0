"""The register's public side, and certificates."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.selectors import timeline_of
from marketplace.core import clock
from marketplace.core.locking import visible
from marketplace.credentials.selectors import standing
from marketplace.rights import policies
from marketplace.rights.feed import public_notices
from marketplace.rights.forms import ObjectionForm, ReasonForm
from marketplace.rights.models import Certificate
from marketplace.rights.presentation import certificates as certificate_words
from marketplace.rights.presentation import claims as claim_words
from marketplace.rights.presentation.offers import invites_objection, shown_remarks
from marketplace.rights.profile import profile
from marketplace.rights.rules.acts import acts_on_certificate, acts_on_claim
from marketplace.rights.selectors import (
    certificates_visible_to,
    claims_in_notice,
    published_claims,
    published_remarks,
)
from marketplace.rights.services.certificates import (
    cancel_certificate,
    freeze_certificate,
    unfreeze_certificate,
)
from marketplace.rights.services.objections import object_to_claim
from marketplace.rights.tables import NoticeTable
from marketplace.web.pages import attempt, form_status, same_for_visitors, signed_in
from marketplace.web.requests import actor
from marketplace.web.tables import arranged


@same_for_visitors
def public_notice_list(request: HttpRequest) -> HttpResponse:
    """List, to everybody, the claims to which one can object now."""
    table = arranged(request, NoticeTable(claims_in_notice()))
    return render(request, "rights/public_notice_list.html", {"table": table})


def public_notice_feed(request: HttpRequest) -> HttpResponse:
    """Give everybody the same list as an Atom feed."""
    return HttpResponse(
        public_notices(request.build_absolute_uri),
        content_type="application/atom+xml; charset=utf-8",
    )


def public_notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show everybody what the register publishes of a claim."""
    claim = visible(published_claims(), pk=pk)
    context = {
        "claim": claim,
        "facts": claim_words.published_facts(claim),
        "remarks": published_remarks(claim),
        "is_open": invites_objection(claim, actor(request)),
        "is_own": policies.is_party(actor(request), claim),
    }
    return render(request, "rights/public_notice.html", context)


@signed_in
def claim_object(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let an identified party object to a published claim."""
    by, form = actor(request), ObjectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        objection = attempt(
            form, lambda: object_to_claim(pk, text=form.cleaned_data["text"], by=by)
        )
        if objection is not None:
            messages.success(
                request, _("Your objection is submitted. You will be notified of the decision.")
            )
            return redirect("objection_detail", pk=objection.pk)
    claim = visible(published_claims(), pk=pk)
    context = {
        "claim": claim,
        "facts": claim_words.published_facts(claim),
        "acts": acts_on_claim(claim, by),
        "profile": profile(claim.procedure),
        "form": form,
    }
    return render(request, "rights/claim_object.html", context, status=form_status(form))


@signed_in
def certificate_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a certificate as it can be printed, and what may be done."""
    certificate = visible(certificates_visible_to(actor(request)), pk=pk)
    return _certificate_page(request, certificate, ReasonForm())


def _certificate_page(
    request: HttpRequest, certificate: Certificate, form: ReasonForm
) -> HttpResponse:
    by = actor(request)
    context = {
        "certificate": certificate,
        "sections": certificate_words.certificate_sections(certificate),
        "doubts": standing(certificate.credential, on=clock.today()),
        "renewal": certificate_words.renewal_days(certificate),
        "is_national": certificate_words.is_national(certificate),
        "remarks": shown_remarks(certificate, by),
        "title_rows": certificate_words.title_rows(certificate),
        "acts": acts_on_certificate(certificate, by),
        "form": form,
        "timeline": timeline_of(f"certificate:{certificate.pk}", by=by),
    }
    return render(request, "rights/certificate_detail.html", context, status=form_status(form))


@require_POST
@signed_in
def certificate_freeze(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Freeze a certificate."""
    by, form = actor(request), ReasonForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        frozen = attempt(form, lambda: freeze_certificate(pk, reason=reason, by=by))
        if frozen is not None:
            messages.success(request, _("The certificate is frozen."))
            return redirect("certificate_detail", pk=pk)
    return _certificate_page(request, visible(certificates_visible_to(by), pk=pk), form)


@require_POST
@signed_in
def certificate_unfreeze(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a certificate go."""
    unfreeze_certificate(pk, by=actor(request))
    messages.success(request, _("The certificate is in force again."))
    return redirect("certificate_detail", pk=pk)


@require_POST
@signed_in
def certificate_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Cancel a certificate."""
    by, form = actor(request), ReasonForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        cancelled = attempt(form, lambda: cancel_certificate(pk, reason=reason, by=by))
        if cancelled is not None:
            messages.success(request, _("The certificate is cancelled."))
            return redirect("certificate_detail", pk=pk)
    return _certificate_page(request, visible(certificates_visible_to(by), pk=pk), form)
