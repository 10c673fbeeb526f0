"""The holder's pages of what follows from a certificate: renewal, change, and giving it up."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.core import Actor, visible
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.certificate.selectors import certificates_visible_to
from marketplace.rights.claim.models import Claim
from marketplace.rights.follow_up.forms import CancellationForm, ChangeForm, RenewalForm
from marketplace.rights.follow_up.services import ask_cancellation, ask_change, ask_renewal
from marketplace.rights.procedure.profile import profile
from marketplace.rights.registration.changes import centre_particulars
from marketplace.rights.title import presentation as certificate_words
from marketplace.rights.title.rules import acts_on_certificate, check_follows_up
from marketplace.web.bounded import forms
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor


@signed_in
def certificate_renew(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    certificate = _held(pk, request, by)
    form = RenewalForm(request.POST or None, initial={"term_years": certificate.claim.term_years})
    return _ask(
        request,
        certificate,
        form,
        lambda: ask_renewal(pk, **form.cleaned_data, by=by),
        page="rights/certificate_renew.html",
    )


@signed_in
def certificate_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    certificate = _held(pk, request, by)
    stands = ("restrictions", "industry", "term_years")
    initial = {name: getattr(certificate.claim, name) for name in stands}
    form = ChangeForm(request.POST or None, initial=initial)
    return _ask(
        request,
        certificate,
        form,
        lambda: ask_change(pk, **form.cleaned_data, by=by),
        page="rights/certificate_change.html",
    )


@signed_in
def certificate_give_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    certificate = _held(pk, request, by)
    form = CancellationForm(request.POST or None)
    return _ask(
        request,
        certificate,
        form,
        lambda: ask_cancellation(pk, **form.cleaned_data, by=by),
        page="rights/certificate_give_up.html",
    )


def _held(pk: UUID, request: HttpRequest, by: Actor) -> Certificate:
    certificate = visible(certificates_visible_to(by), pk=pk)
    if request.method != "POST":
        check_follows_up(certificate, by)
    return certificate


def _ask(
    request: HttpRequest,
    certificate: Certificate,
    form: forms.Form,
    act: Callable[[], Claim],
    *,
    page: str,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        claim = attempt(form, act)
        if claim is not None:
            messages.success(request, _("It is begun. Attach what is needed, then submit it."))
            return redirect("claim_detail", pk=claim.pk)
    context = {
        "form": form,
        "certificate": certificate,
        "acts": acts_on_certificate(certificate, actor(request)),
        "renewal": certificate_words.renewal_days(certificate),
        "kept": centre_particulars(certificate),
        "terms": profile(certificate.claim.procedure),
    }
    return render(request, page, context, status=form_status(form))
