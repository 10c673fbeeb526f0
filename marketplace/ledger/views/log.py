"""The files of the log (C2SP tlog-tiles, tlog-checkpoint, tlog-proof), for anybody to fetch."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response

from marketplace.ledger import published
from marketplace.web.requests import actor

TEXT = "text/plain; charset=utf-8"
BYTES = "application/octet-stream"
FOREVER = "public, max-age=31536000, immutable"
BRIEFLY = "public, max-age=5"
ASK_AGAIN = "private, no-cache"


def checkpoint(request: HttpRequest) -> HttpResponseBase:
    """Return the newest checkpoint, with the cosignatures of witnesses."""
    return given(request, published.checkpoint().encode(), kind=TEXT, keep=BRIEFLY)


def checkpoint_of(request: HttpRequest, size: int) -> HttpResponseBase:
    """Return the checkpoint of an earlier size."""
    return given(request, published.checkpoint(size).encode(), kind=TEXT, keep=BRIEFLY)


def keys(request: HttpRequest) -> HttpResponseBase:
    """Return the keys of the log, and the notes by which each named the next."""
    return given(request, published.keys(), kind="application/json", keep=BRIEFLY)


def tile(request: HttpRequest, level: int, place: str) -> HttpResponseBase:
    """Return a tile of hashes."""
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
