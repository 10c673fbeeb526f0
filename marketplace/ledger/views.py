"""The public pages of the ledger: entries, proofs, and files to verify."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from marketplace.core import Invalid, is_open
from marketplace.ledger import published, selectors
from marketplace.ledger.auditing import check_ledger
from marketplace.ledger.forms import CheckFileForm, SearchForm
from marketplace.ledger.rules import check_checks_ledger
from marketplace.ledger.selectors import drawn_proof, found_entries, log_state
from marketplace.ledger.verifier import verify
from marketplace.ledger.verifier.verify import LARGEST_DOCUMENT, Sentence
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.pagination import CappedPages
from marketplace.web.requests import actor

# The files of the log (C2SP tlog-tiles, tlog-checkpoint, tlog-proof), for anybody to fetch.

TEXT = "text/plain; charset=utf-8"
BYTES = "application/octet-stream"
FOREVER = "public, max-age=31536000, immutable"
BRIEFLY = "public, max-age=5"
ASK_AGAIN = "private, no-cache"


def checkpoint(request: HttpRequest) -> HttpResponseBase:
    """Return the newest checkpoint, with the cosignatures of witnesses."""
    return given(request, published.checkpoint().encode(), kind=TEXT, keep=BRIEFLY)


def checkpoint_of(request: HttpRequest, size: int) -> HttpResponseBase:
    return given(request, published.checkpoint(size).encode(), kind=TEXT, keep=BRIEFLY)


def keys(request: HttpRequest) -> HttpResponseBase:
    """Return the keys of the log, and the notes by which each named the next."""
    return given(request, published.keys(), kind="application/json", keep=BRIEFLY)


def tile(request: HttpRequest, level: int, place: str) -> HttpResponseBase:
    return given(request, published.tile(level, place), kind=BYTES, keep=FOREVER)


def entries(request: HttpRequest, place: str) -> HttpResponseBase:
    """Return a bundle of leaves: salted commitments alone."""
    return given(request, published.bundle(place), kind=BYTES, keep=FOREVER)


def receipt(request: HttpRequest, reference: UUID) -> HttpResponseBase:
    """Return the receipt of an entry; it opens the commitment for whom the entry concerns."""
    body = published.receipt(reference, by=actor(request)).encode()
    answer = given(request, body, kind=TEXT, keep=ASK_AGAIN)
    answer["Content-Disposition"] = f'attachment; filename="{reference}.tlog-proof"'
    return answer


def given(request: HttpRequest, body: bytes, *, kind: str, keep: str) -> HttpResponseBase:
    """Return a file with its digest as its tag, or that the asker has it already."""
    etag = f'"{hashlib.sha256(body).hexdigest()}"'
    answer = HttpResponse(body, content_type=kind)
    answer["Cache-Control"], answer["ETag"] = keep, etag
    return get_conditional_response(request, etag=etag, response=answer) or answer


# The ledger pages: the state of the tree, one entry with its proof, the check of all of it.

SHOWN = 25
"""Rows of each table of the watch over the log, but for its pages of audits."""


def ledger(request: HttpRequest) -> HttpResponse:
    """Show the newest entries and the signed head. Everybody may look."""
    by, kinds = actor(request), selectors.kinds_in_use()
    form = SearchForm(request.GET, kinds=kinds)
    search = form.search()
    pages = Paginator(found_entries(search, by=by), 30)
    page = pages.get_page(request.GET.get("page"))
    head = selectors.last_head()
    context = {
        "page": page,
        "rows": [selectors.timeline_entry(entry) for entry in page.object_list],
        "head": head,
        "log": log_state(head),
        "unsealed": selectors.unsealed_count(),
        "form": form,
        "search": search,
        "searches": by.is_signed_in,
        "checks_ledger": is_open(check_checks_ledger, None, by),
    }
    return render(request, "ledger/ledger.html", context)


def ledger_entry(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Show an entry, its place in the tree and the proof that it stands there."""
    found = selectors.proved_entry(reference, by=actor(request))
    drawing = drawn_proof(found.proof) if found.proof else ""
    return render(request, "ledger/entry.html", {"found": found, "drawing": drawing})


@signed_in
def ledger_check(request: HttpRequest) -> HttpResponse:
    """Recompute the ledger for an auditor: a part at a time, from `?after=`."""
    after = request.GET.get("after", "")
    part = check_ledger(
        int(after) if after.isdecimal() and len(after) < 18 else 0, by=actor(request)
    )
    return render(request, "ledger/check.html", {"part": part})


def ledger_audits(request: HttpRequest) -> HttpResponse:
    """Show who watched over the log, and how it ended. Everybody may look."""
    pages = CappedPages(selectors.audits(), SHOWN)
    context = {
        "page": pages.get_page(request.GET.get("page")),
        "cosignatures": selectors.cosignatures()[:SHOWN],
        "logs": selectors.witnessed_logs()[:SHOWN],
        "checks": selectors.witness_checks()[:SHOWN],
        "checks_ledger": is_open(check_checks_ledger, None, actor(request)),
    }
    return render(request, "ledger/audits.html", context)


# What the verifier found, in the language of whoever reads it.


def in_words(sentence: Sentence) -> str:
    """Say a sentence of the verifier. The program itself speaks English alone."""
    return gettext(sentence.words).format(**sentence.shown)


# Files that are checked and not kept: small ones in memory, a table by its digest alone.

TABLE = "table"
"""The field of the form whose file may be large."""

SMALL = ("document", "trust", "status")
"""The other fields that take a file, each at most once."""

LARGEST_REST = 64 * 1024
"""What a browser sends beside the files: the token of the form, and the heads of the parts."""

if TYPE_CHECKING:
    Base = UploadedFile[bytes]
else:
    Base = UploadedFile


class CheckedUpload(Base):
    """An uploaded file of which there is its SHA-256 and, where it is no table, its bytes.

    `is_whole` is False where it was larger than allowed; then neither counts.
    """

    def __init__(self, data: io.BytesIO, *, name: str, size: int, sha256: str, limit: int) -> None:
        super().__init__(data, name, "application/octet-stream", size, None)
        self.sha256 = sha256
        self.limit = limit

    @property
    def is_whole(self) -> bool:
        return (self.size or 0) <= self.limit


def largest_body() -> int:
    """Return how many bytes a whole request may have."""
    files = settings.CENTRE["UPLOAD_MAX_BYTES"] + len(SMALL) * LARGEST_DOCUMENT
    return int(files) + LARGEST_REST


def is_too_large(request: HttpRequest) -> bool:
    """Return whether the declared length of a request is above the limit, before it is read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return not (length.isascii() and length.isdigit()) or int(length[:20]) > largest_body()


class CheckingUploadHandler(FileUploadHandler):
    """Digests each uploaded file on its way; nothing of it touches the disk.

    A part of another name, or a second one of a name, ends the reading: `has_too_many` then tells.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.begun: set[str] = set()
        self.has_too_many = False

    def new_file(self, *args: Any, **options: Any) -> None:
        """Begin the next file, or read no further."""
        super().new_file(*args, **options)
        name = self.field_name or ""
        if name in self.begun or name not in (TABLE, *SMALL):
            self.has_too_many = True
            raise StopUpload(connection_reset=True)
        self.begun.add(name)
        is_table = name == TABLE
        self.limit = settings.CENTRE["UPLOAD_MAX_BYTES"] if is_table else LARGEST_DOCUMENT
        self.received = 0
        self.digest = hashlib.sha256()
        self.data = None if is_table else io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Digest the next bytes; read on but look at nothing once it is too large."""
        self.received += len(raw_data)
        if self.received > self.limit:
            return
        self.digest.update(raw_data)
        if self.data is not None:
            self.data.write(raw_data)

    def file_complete(self, file_size: int) -> CheckedUpload:
        data = self.data or io.BytesIO()
        data.seek(0)
        return CheckedUpload(
            data,
            name=self.file_name or "",
            size=self.received,
            sha256=self.digest.hexdigest(),
            limit=self.limit,
        )


# The verifier: its one file to take away, and a page that runs the same checks on an upload.

PROGRAM = Path(verify.__file__)
KEPT = "public, max-age=300"


def verifier(request: HttpRequest) -> HttpResponseBase:
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
