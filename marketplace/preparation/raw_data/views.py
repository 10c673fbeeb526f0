"""The page on which raw data is destroyed early."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.core import allowed
from marketplace.preparation.raw_data.forms import DestroyForm
from marketplace.preparation.raw_data.rules import check_destroy_raw_data
from marketplace.preparation.raw_data.services import destroy_raw_data
from marketplace.preparation.run.selectors import runs_under_way
from marketplace.preparation.version.rules import check_decides
from marketplace.preparation.version.selectors import source_visible_to
from marketplace.web.pages import form_status, signed_in
from marketplace.web.requests import actor


@signed_in
def raw_data_destroy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what would be gone and what stays, and destroy the raw data once that is confirmed."""
    by = actor(request)
    version = source_visible_to(by, pk)
    check_decides(version, by)
    form = DestroyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        destroy_raw_data(pk, by=by)
        messages.success(request, _("The raw data is destroyed."))
        return redirect("dataset_detail", pk=version.dataset_id)
    context = {
        "version": version,
        "dataset": version.dataset,
        "form": form,
        "run": runs_under_way(version).first(),
        "acts": allowed({"destroy_raw_data": check_destroy_raw_data}, version, by),
    }
    return render(request, "preparation/raw_data.html", context, status=form_status(form))
