"""Send the bytes of a grant over HTTP, whole or one range (RFC 9110, section 14)."""

import base64
from collections.abc import Callable
from uuid import UUID

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from marketplace.core import Actor
from marketplace.delivery.grant.as_of import read_as_of
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.ranges import ByteRange, Unsatisfiable, wanted_range, whole
from marketplace.delivery.grant.services import OpenedDownload, look_at_download, open_download
from marketplace.delivery.grant.stored import content_type, file_name
from marketplace.web.errors import problem


def download_response(request: HttpRequest, grant_id: UUID, *, by: Actor) -> HttpResponseBase:
    """Return a GET or HEAD for the bytes of a grant: 200, 206, 304, 412 or 416.

    Every request is asked anew whether the buyer may have them; only those that get bytes count.
    The parameter `as_of` asks for a revision that the grant gave before.

    Raises:
        NotFound, NotAllowed, WrongState: as for `open_download`.
    """
    grant = look_at_download(grant_id, as_of=read_as_of(request.GET.get("as_of", "")), by=by)
    # What is opened is what was looked at, even if the grant moves on in between.
    number = grant.revision.number
    return answer_bytes(
        request,
        grant,
        lambda part: open_download(grant_id, byte_range=part, as_of=number, by=by),
    )


OTHER_VERSION = 412


def answer_bytes(
    request: HttpRequest, grant: Grant, opening: Callable[[ByteRange | None], OpenedDownload]
) -> HttpResponseBase:
    """Answer a GET or HEAD for the bytes of a grant; `opening` opens them where any are sent."""
    etag = f'"{grant.sha256}"'
    answer = get_conditional_response(request, etag=etag, response=None)
    if answer is not None and answer.status_code == OTHER_VERSION:
        sentence = _("The data is not of the version that is asked for: leave If-Match out.")
        refused = JsonResponse(
            problem(OTHER_VERSION, "changed-meanwhile", sentence),
            status=OTHER_VERSION,
            content_type="application/problem+json",
        )
        return _with_headers(refused, grant)
    if answer is not None:
        return _with_headers(answer, grant)
    try:
        byte_range = _asked_range(request, grant, etag)
    except Unsatisfiable:
        sentence = _("The range lies beyond the end of the data.")
        refused = JsonResponse(
            problem(416, "range-not-satisfiable", sentence),
            status=416,
            content_type="application/problem+json",
        )
        refused["Content-Range"] = f"bytes */{grant.size}"
        return _with_headers(refused, grant)
    if request.method == "HEAD":
        body: HttpResponseBase = HttpResponse()
    else:
        body = StreamingHttpResponse(opening(byte_range).pieces())
    return _described(body, grant, byte_range)


def _asked_range(request: HttpRequest, grant: Grant, etag: str) -> ByteRange | None:
    """Return the one range to send. A range is asked only of the very bytes that `If-Range` names.

    Raises:
        Unsatisfiable: the range holds no byte.
    """
    header = request.headers.get("Range", "")
    if not header or request.method != "GET":
        return None
    condition = request.headers.get("If-Range")
    if condition is not None and condition.strip() != etag:
        return None
    return wanted_range(header, grant.size)


def _described(
    response: HttpResponseBase, grant: Grant, byte_range: ByteRange | None
) -> HttpResponseBase:
    sent = byte_range or whole(grant.size)
    response["Content-Type"] = content_type(grant)
    response["Content-Length"] = str(sent.length)
    response["Content-Disposition"] = f'attachment; filename="{file_name(grant)}"'
    if byte_range is not None:
        response.status_code = 206
        response["Content-Range"] = f"bytes {sent.first}-{sent.last}/{grant.size}"
    else:
        response["Content-Digest"] = _digest_field(grant)
    return _with_headers(response, grant)


def _with_headers(response: HttpResponseBase, grant: Grant) -> HttpResponseBase:
    response["ETag"] = f'"{grant.sha256}"'
    response["Accept-Ranges"] = "bytes"
    response["Repr-Digest"] = _digest_field(grant)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _digest_field(grant: Grant) -> str:
    """Write a digest as RFC 9530 has it."""
    return f"sha-256=:{base64.b64encode(bytes.fromhex(grant.sha256)).decode()}:"
