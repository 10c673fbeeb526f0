"""The page of a certificate."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.accounts.timeline import timeline_of
from marketplace.core import clock
from marketplace.credentials.selectors import standing
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.freeze.services import freeze_certificate
from marketplace.rights.remark.models import Remark
from marketplace.rights.remark.presentation import shown_remarks
from marketplace.rights.title import presentation as certificate_words
from marketplace.rights.title.rules import acts_on_certificate
from marketplace.web.pages import form_status
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm, form_of


def remark_page(request: HttpRequest, remark: Remark, form: ActForm) -> HttpResponse:
    return certificate_page(request, remark.certificate, form)


def certificate_page(
    request: HttpRequest, certificate: Certificate, form: ActForm | None = None
) -> HttpResponse:
    by, form = actor(request), form or form_of(freeze_certificate)()
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
