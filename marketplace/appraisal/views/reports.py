"""The report of a valuation: a page made to be printed, and a file."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from marketplace.appraisal import presentation
from marketplace.appraisal.reports import report_of
from marketplace.appraisal.selectors import appraisals_visible_to, replay
from marketplace.core.locking import visible
from marketplace.web.pages import signed_in
from marketplace.web.requests import actor


@signed_in
def appraisal_report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the report."""
    appraisal = visible(appraisals_visible_to(actor(request)), pk=pk)
    context = {
        **presentation.shown(appraisal),
        "replayed": replay(appraisal),
        "bound": [
            (_("Dataset"), appraisal.dataset.title),
            (_("Desensitized version"), appraisal.version.number),
            (_("SHA-256 of the version"), appraisal.version.sha256),
            (_("Digest of the result"), appraisal.result_digest),
            (_("Credential"), appraisal.credential.number if appraisal.credential else ""),
            (_("Computed by"), f"valuation {appraisal.library_version}"),
        ],
    }
    return render(request, "appraisal/appraisal_report.html", context)


@signed_in
def appraisal_report_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send the report as JSON, to be kept."""
    appraisal = visible(appraisals_visible_to(actor(request)), pk=pk)
    answer = JsonResponse(
        report_of(appraisal), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    answer["Content-Disposition"] = f'attachment; filename="valuation-{appraisal.pk}.json"'
    return answer
