"""The reviewers' pages of remarks on certificates, and what they say once it is done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from marketplace.rights.certificate.models import Certificate
from marketplace.rights.remark.models import Remark
from marketplace.web.pages import form_status
from marketplace.web.taking import ActForm


def entry_page(request: HttpRequest, certificate: Certificate, form: ActForm) -> HttpResponse:
    context = {"form": form, "certificate": certificate}
    return render(request, "rights/certificate_remark.html", context, status=form_status(form))


def entered(remark: Remark) -> str:
    if remark.is_freezing:
        return _("Entered. It holds once a second reviewer confirms it.")
    return _("The remark is in force.")


def lifting_page(request: HttpRequest, remark: Remark, form: ActForm) -> HttpResponse:
    context = {"form": form, "remark": remark}
    return render(request, "rights/remark_lift.html", context, status=form_status(form))


def lifted(remark: Remark) -> str:
    if remark.is_freezing:
        return _("Entered. The remark is lifted once a second reviewer confirms it.")
    return _("The remark is lifted.")
