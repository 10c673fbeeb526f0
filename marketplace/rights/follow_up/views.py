"""The holder's pages of what follows from a certificate: renewal, change, and giving it up."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.core import Actor
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.follow_up.services import ask_change, ask_renewal
from marketplace.rights.procedure.profile import profile
from marketplace.rights.registration.changes import centre_particulars
from marketplace.rights.title.presentation import renewal_days
from marketplace.rights.title.rules import acts_on_certificate
from marketplace.web.pages import form_status
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm, form_of


def asked_page(
    request: HttpRequest, certificate: Certificate, form: ActForm, *, template: str
) -> HttpResponse:
    """Show a form of what the holder asks for, beside what the certificate states."""
    context = {
        "form": form,
        "certificate": certificate,
        "acts": acts_on_certificate(certificate, actor(request)),
        "renewal": renewal_days(certificate),
        "kept": centre_particulars(certificate),
        "terms": profile(certificate.claim.procedure),
    }
    return render(request, f"rights/{template}.html", context, status=form_status(form))


def renewal_form(sent: Any, certificate: Certificate, _by: Actor) -> ActForm:
    return form_of(ask_renewal)(sent, initial={"term_years": certificate.claim.term_years})


def change_form(sent: Any, certificate: Certificate, _by: Actor) -> ActForm:
    stands = ("restrictions", "industry", "term_years")
    initial = {name: getattr(certificate.claim, name) for name in stands}
    return form_of(ask_change)(sent, initial=initial)
