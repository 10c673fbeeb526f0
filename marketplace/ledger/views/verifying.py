"""The verifier: its one file to take away, and a page that runs the same checks on an upload."""

from __future__ import annotations

from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from marketplace.core.errors import Invalid
from marketplace.ledger import verify
from marketplace.ledger.forms import CheckFileForm
from marketplace.ledger.views.log import given
from marketplace.web.pages import attempt, form_status

PROGRAM = Path(verify.__file__)
KEPT = "public, max-age=300"


def verifier(request: HttpRequest) -> HttpResponseBase:
    """Give the program away."""
    return given(request, PROGRAM.read_bytes(), kind="text/x-python; charset=utf-8", keep=KEPT)


def check_file(request: HttpRequest) -> HttpResponse:
    """Check a file as the program does, without keeping it or signing in."""
    form = CheckFileForm(request.POST, request.FILES) if request.method == "POST" else None
    outcome, reason = None, ""
    if form is not None and form.is_valid():
        sent = form.cleaned_data
        try:
            outcome = attempt(form, lambda: _checked(sent))
        except verify.Refused as refused:
            reason = str(refused)
    form = form or CheckFileForm()
    context = {"form": form, "outcome": outcome, "reason": reason}
    return render(request, "ledger/check_file.html", context, status=form_status(form))


def _checked(sent: dict[str, UploadedFile[bytes] | None]) -> verify.Outcome:
    read = {name: _read(name, file) for name, file in sent.items() if file}
    trust = verify.Trust.parse(read["trust"]) if "trust" in read else verify.NOBODY
    status_lists = [read["status"]] if "status" in read else []
    return verify.check_file(
        read["document"], read.get("table"), trust=trust, status_lists=status_lists
    )


def _read(name: str, file: UploadedFile[bytes]) -> bytes:
    data = file.read()
    if len(data) != file.size:
        sentence = _("This file is too large for the page. Check it with verify.py instead.")
        raise Invalid(sentence, code="too_large", fields={name: [sentence]})
    return bytes(data)
