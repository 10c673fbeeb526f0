"""The public pages on which anybody checks what the centre signed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import rfc8785
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.core import clock
from marketplace.core.locking import visible
from marketplace.credentials import selectors
from marketplace.credentials.documents import MAX_BYTES, Malformed, read_document
from marketplace.credentials.forms import CheckForm
from marketplace.web.pages import form_status


def verify(request: HttpRequest) -> HttpResponse:
    """Check a number or a document, without signing in."""
    if request.method == "POST":
        form = CheckForm(request.POST, request.FILES)
    else:
        form = CheckForm(request.GET if "number" in request.GET else None)
    result = None
    if form.is_bound and form.is_valid():
        result = _checked(form.cleaned_data)
    context = {"form": form, "result": result}
    return render(request, "credentials/verify.html", context, status=form_status(form))


def _checked(sent: dict[str, Any]) -> selectors.CheckResult:
    if sent["number"]:
        return selectors.check_number(sent["number"])
    file = sent["file"]
    data = file.read(MAX_BYTES + 1) if file else sent["document"].encode()
    try:
        return selectors.check_document(read_document(data))
    except Malformed:
        return selectors.malformed()


def credential_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what was signed and whether it holds today."""
    credential = visible(selectors.all_credentials(), pk=pk)
    context = {
        "credential": credential,
        "doubts": selectors.standing(credential, on=clock.today()),
        "claims": selectors.claims_in_words(credential),
    }
    return render(request, "credentials/credential_detail.html", context)


def credential_json(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the signed document away, in the canonical form that was signed, with its proof."""
    credential = visible(selectors.all_credentials(), pk=pk)
    body = rfc8785.dumps(selectors.document_of(credential))
    answer = HttpResponse(body, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{credential.number}.json"'
    return answer
