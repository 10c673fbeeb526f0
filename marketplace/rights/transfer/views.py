"""The page of a transfer: the holder opens it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.rights.certificate.models import Certificate
from marketplace.rights.transfer.forms import TransferForm
from marketplace.web.pages import form_status


def transfer_page(
    request: HttpRequest, certificate: Certificate, form: TransferForm
) -> HttpResponse:
    """Begin to pass certified rights to another organization."""
    context = {"form": form, "certificate": certificate}
    return render(request, "rights/certificate_transfer.html", context, status=form_status(form))
