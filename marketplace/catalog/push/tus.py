"""The bytes of a file, sent by the protocol tus 1.0.0 (https://tus.io/protocols/resumable-upload).

Core with the extensions creation, expiration, checksum and termination. A part counts whole or not
at all; whoever is cut off asks for the offset and goes on. The file is committed by a call of its
own, as rows are.
"""

import base64
import binascii
import hashlib
from http import HTTPStatus
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from marketplace.catalog.push.choices import PushKind
from marketplace.catalog.push.models import Push
from marketplace.catalog.push.selectors import pushes_visible_to
from marketplace.catalog.push.services import cancel_push, open_push, send_bytes
from marketplace.core import NotFound, Scope, visible
from marketplace.vault.incoming import Incoming
from marketplace.web.errors import Problem
from marketplace.web.parameters import DeclaredView
from marketplace.web.requests import actor
from marketplace.web.scopes import scope_extension

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,checksum,termination"
OFFSET_STREAM = "application/offset+octet-stream"
CHECKSUMS = ("sha1", "sha256")
CHECKSUM_MISMATCH = 460
PIECE = 1024 * 1024
RESUMABLE = OpenApiParameter(
    "Tus-Resumable", str, OpenApiParameter.HEADER, required=True, enum=[VERSION]
)


class TusView(DeclaredView):
    """What the addresses of the protocol share."""

    permission_classes = (IsAuthenticated,)
    scope: ClassVar[Scope] = Scope.SEND
    refuses: ClassVar[frozenset[int]] = frozenset({412, 413, 415, CHECKSUM_MISMATCH})

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Name the version in each answer."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Tus-Resumable"] = VERSION
        return response

    def refuse_other_version(self, request: Request) -> None:
        """Refuse another version of the protocol.

        Raises:
            Problem: it is another (412, `tus-version`).
        """
        if request.headers.get("Tus-Resumable") != VERSION:
            sentence = _("Send the header Tus-Resumable: %s.") % VERSION
            raise Problem(HTTPStatus.PRECONDITION_FAILED, "tus-version", sentence)

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        answer = Response(status=HTTPStatus.NO_CONTENT)
        answer["Tus-Version"] = VERSION
        answer["Tus-Extension"] = EXTENSIONS
        answer["Tus-Max-Size"] = str(settings.CENTRE["UPLOAD_MAX_BYTES"])
        answer["Tus-Checksum-Algorithm"] = ",".join(CHECKSUMS)
        return answer


class Uploads(TusView):
    """Where a file begins."""

    @extend_schema(
        operation_id="create_upload",
        summary="tus: begin a file",
        request=None,
        responses={201: OpenApiResponse(description="`Location` is where its bytes are sent.")},
        parameters=[
            RESUMABLE,
            OpenApiParameter("Upload-Length", int, OpenApiParameter.HEADER, required=True),
            OpenApiParameter("Upload-Metadata", str, OpenApiParameter.HEADER),
        ],
        extensions=scope_extension(type("Scoped", (), {"scope": Scope.SEND})),
    )
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        """Begin a file of the whole table; `filename` of the metadata is its name."""
        self.refuse_other_version(request)
        length = _whole(request, "Upload-Length")
        if length > settings.CENTRE["UPLOAD_MAX_BYTES"]:
            sentence = _("The file has more bytes than are allowed.")
            raise Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", sentence)
        name = _metadata(request.headers.get("Upload-Metadata", "")).get("filename", "")
        push = open_push(pk, kind=PushKind.FILE.value, name=name, length=length, by=actor(request))
        answer = HttpResponse(status=HTTPStatus.CREATED)
        answer["Location"] = request.build_absolute_uri(reverse("api_upload", args=[push.pk]))
        answer["Upload-Expires"] = http_date(push.expires_at.timestamp())
        return answer


class OneUpload(TusView):
    """Where its bytes are sent."""

    @extend_schema(
        operation_id="get_upload_offset",
        summary="tus: how many bytes have come",
        responses={200: OpenApiResponse(description="`Upload-Offset` and `Upload-Length`.")},
        parameters=[RESUMABLE],
        extensions=scope_extension(type("Scoped", (), {"scope": Scope.SEND})),
    )
    def head(self, request: Request, pk: UUID) -> HttpResponse:
        """Return how many bytes have come."""
        self.refuse_other_version(request)
        return _told(self._file(request, pk), HTTPStatus.OK)

    @extend_schema(
        operation_id="send_bytes",
        summary="tus: send bytes",
        request={OFFSET_STREAM: bytes},
        responses={204: OpenApiResponse(description="`Upload-Offset` is where to go on.")},
        parameters=[
            RESUMABLE,
            OpenApiParameter("Upload-Offset", int, OpenApiParameter.HEADER, required=True),
            OpenApiParameter(
                "Upload-Checksum",
                str,
                OpenApiParameter.HEADER,
                description="`sha256` or `sha1`, and the digest in Base64.",
            ),
        ],
        extensions=scope_extension(type("Scoped", (), {"scope": Scope.SEND})),
    )
    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        """Take the next bytes, whole or not at all."""
        self.refuse_other_version(request)
        push = self._file(request, pk)
        if request.content_type != OFFSET_STREAM:
            sentence = _("Send the bytes as %s.") % OFFSET_STREAM
            raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "wrong-type", sentence)
        offset, size = _whole(request, "Upload-Offset"), _whole(request, "Content-Length")
        assert push.length is not None, "A file has a length."
        if size > push.length - min(offset, push.length):
            sentence = _("That is more than the file was said to have.")
            raise Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", sentence)
        incoming = _received(request, size)
        try:
            push = send_bytes(pk, offset=offset, incoming=incoming, by=actor(request))
        finally:
            incoming.discard()
        return _told(push, HTTPStatus.NO_CONTENT)

    @extend_schema(
        operation_id="terminate_upload",
        summary="tus: drop a file",
        responses={204: OpenApiResponse(description="It is dropped.")},
        parameters=[RESUMABLE],
        extensions=scope_extension(type("Scoped", (), {"scope": Scope.SEND})),
    )
    def delete(self, request: Request, pk: UUID) -> HttpResponse:
        """Drop what came so far."""
        self.refuse_other_version(request)
        self._file(request, pk)
        cancel_push(pk, by=actor(request))
        return HttpResponse(status=HTTPStatus.NO_CONTENT)

    def _file(self, request: Request, pk: UUID) -> Push:
        push = visible(pushes_visible_to(actor(request)), pk=pk)
        if push.kind != PushKind.FILE:
            raise NotFound(_("There is no such file, or you may not see it."))
        return push


def _told(push: Push, status: int) -> HttpResponse:
    answer = HttpResponse(status=status)
    answer["Upload-Offset"] = str(push.received)
    answer["Upload-Length"] = str(push.length)
    answer["Upload-Expires"] = http_date(push.expires_at.timestamp())
    return answer


def _received(request: Request, size: int) -> Incoming:
    """Encrypt the body as it arrives.

    Raises:
        Problem: less came than was said (400, `upload-broken`), or its digest is another (460,
            `checksum-mismatch`); then nothing is kept.
    """
    algorithm, expected = _checksum(request.headers.get("Upload-Checksum", ""))
    digest = hashlib.new(algorithm or "sha256", usedforsecurity=False)
    incoming = Incoming()
    try:
        while incoming.size < size:
            piece = request._request.read(min(PIECE, size - incoming.size))
            if not piece:
                break
            digest.update(piece)
            incoming.write(piece)
        incoming.finish()
        if incoming.size < size:
            raise Problem(
                HTTPStatus.BAD_REQUEST, "upload-broken", _("Less came than was said. Go on.")
            )
        if algorithm and digest.digest() != expected:
            sentence = _("The bytes that came have another digest than was said. Send them again.")
            raise Problem(CHECKSUM_MISMATCH, "checksum-mismatch", sentence)
    except BaseException:
        incoming.discard()
        raise
    return incoming


def _checksum(header: str) -> tuple[str, bytes]:
    if not header:
        return "", b""
    algorithm, _blank, encoded = header.partition(" ")
    try:
        expected = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        expected = b""
    if algorithm not in CHECKSUMS or not expected:
        sentence = _("Write Upload-Checksum as sha256 or sha1 and the digest in Base64.")
        raise Problem(HTTPStatus.BAD_REQUEST, "checksum-malformed", sentence)
    return algorithm, expected


def _metadata(header: str) -> dict[str, str]:
    """Read pairs of a name and a text in Base64; what is none is left out."""
    found = {}
    for pair in header.split(","):
        name, _blank, encoded = pair.strip().partition(" ")
        try:
            found[name] = base64.b64decode(encoded, validate=True).decode()
        except (binascii.Error, ValueError):
            continue
    return found


def _whole(request: Request, header: str) -> int:
    """Read a header that is a whole number.

    Raises:
        Problem: it is none (400, `header-malformed`).
    """
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        sentence = _("The header %s has to be a whole number.") % header
        raise Problem(HTTPStatus.BAD_REQUEST, "header-malformed", sentence)
    return int(text)
