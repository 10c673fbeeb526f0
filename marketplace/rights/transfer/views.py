"""The pages of a transfer: the holder opens it, the acquirer joins."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.accounts.organization.selectors import organization_with_code
from marketplace.core import Actor, visible
from marketplace.rights.certificate.selectors import certificates_visible_to
from marketplace.rights.claim.models import Claim
from marketplace.rights.title.rules import check_transfers
from marketplace.rights.transfer.forms import TransferForm
from marketplace.rights.transfer.services import open_transfer
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor


@signed_in
def certificate_transfer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begin to pass certified rights to another organization."""
    by = actor(request)
    certificate = visible(certificates_visible_to(by), pk=pk)
    if request.method != "POST":
        check_transfers(certificate, by)
    form = TransferForm(request.POST or None, rights=certificate.rights)
    if request.method == "POST" and form.is_valid():
        claim = attempt(form, lambda: _open(pk, form, by))
        if claim is not None:
            messages.success(
                request, _("The transfer is begun. The acquirer is asked to join; attach the file.")
            )
            return redirect("claim_detail", pk=claim.pk)
    context = {"form": form, "certificate": certificate}
    return render(request, "rights/certificate_transfer.html", context, status=form_status(form))


def _open(pk: UUID, form: TransferForm, by: Actor) -> Claim:
    sent = form.cleaned_data
    return open_transfer(
        pk,
        acquirer_id=organization_with_code(sent["acquirer_uscc"], field="acquirer_uscc", by=by).pk,
        rights=frozenset(sent["rights"]),
        limits=sent["limits"],
        reference=sent["reference"],
        by=by,
    )
