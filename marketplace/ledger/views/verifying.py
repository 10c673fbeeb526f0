"""The verifier: its one file to take away, and a page that runs the same checks on an upload."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from marketplace.core.errors import Invalid
from marketplace.ledger.forms import CheckFileForm
from marketplace.ledger.uploads import (
    CheckedUpload,
    CheckingUploadHandler,
    is_too_large,
    largest_body,
)
from marketplace.ledger.verdicts import in_words
from marketplace.ledger.verifier import verify
from marketplace.ledger.views.log import given
from marketplace.web.pages import attempt, form_status

PROGRAM = Path(verify.__file__)
KEPT = "public, max-age=300"


def verifier(request: HttpRequest) -> HttpResponseBase:
    """Return the program as a download."""
    return given(request, PROGRAM.read_bytes(), kind="text/x-python; charset=utf-8", keep=KEPT)


@csrf_exempt
def check_file(request: HttpRequest) -> HttpResponse:
    """Check a file as the program does, without keeping it or signing in.

    How files are taken is set before the form is read, so that the inner view asks for the token.
    """
    if is_too_large(request):
        return _too_much(request)
    handler = CheckingUploadHandler(request)
    request.upload_handlers = [handler]
    return _check_file(request, handler)


@csrf_protect
def _check_file(request: HttpRequest, handler: CheckingUploadHandler) -> HttpResponse:
    form = CheckFileForm(request.POST, request.FILES) if request.method == "POST" else None
    if handler.has_too_many:
        return _too_much(request)
    outcome, reason = None, ""
    if form is not None and form.is_valid():
        sent = form.cleaned_data
        try:
            outcome = attempt(form, lambda: _checked(sent))
        except verify.Refused as refused:
            reason = in_words(refused.sentence)
    form = form or CheckFileForm()
    context = {
        "form": form,
        "outcome": outcome,
        "found": [in_words(sentence) for sentence in outcome.sentences] if outcome else [],
        "reason": reason,
    }
    return render(request, "ledger/check_file.html", context, status=form_status(form))


def _too_much(request: HttpRequest) -> HttpResponse:
    """Refuse more than the form asks for, of which no more was read."""
    sentence = _(
        "The page takes one file in each of its fields, together at most %(limit)s. Send less, or "
        "check it with verify.py."
    ) % {"limit": filesizeformat(largest_body())}
    context = {"form": CheckFileForm(), "too_much": sentence}
    return render(request, "ledger/check_file.html", context, status=413)


def _checked(sent: dict[str, CheckedUpload | None]) -> verify.Outcome:
    given = {name: file for name, file in sent.items() if file}
    for name, file in given.items():
        if not file.is_whole:
            sentence = _(
                "The file has %(size)s; the page checks at most %(limit)s. Check it with verify.py."
            ) % {"size": filesizeformat(file.size or 0), "limit": filesizeformat(file.limit)}
            raise Invalid(sentence, code="too-large", fields={name: [sentence]})
    trust = verify.Trust.parse(given["trust"].read()) if "trust" in given else verify.NOBODY
    return verify.check_file(
        given["document"].read(),
        given["table"].sha256 if "table" in given else None,
        trust=trust,
        status_lists=[given["status"].read()] if "status" in given else [],
    )
