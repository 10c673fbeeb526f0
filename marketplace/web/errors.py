"""Refusals and faults to HTTP, in one place: status codes, problem details, pages, fragments."""

import logging
import sys
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import is_valid_path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.defaults import bad_request, page_not_found
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from marketplace.core import Invalid, NotAllowed, NotFound, Refusal, WrongState
from marketplace.core.faults import is_database_away, is_database_busy
from marketplace.core.versions import ChangedMeanwhile

log = logging.getLogger(__name__)

STATUS: dict[type[Refusal], int] = {
    NotFound: 404,
    NotAllowed: 403,
    WrongState: 409,
    ChangedMeanwhile: 412,
    Invalid: 422,
}
PROBLEM_TYPE = "urn:data-trading-centre:problem:"
TITLES = {
    "not-found": "Not found",
    "not-allowed": "Not allowed",
    "wrong-state": "Wrong state",
    "invalid": "Invalid",
    "not-signed-in": "Not signed in",
    "malformed": "Malformed request",
    "method-not-allowed": "Method not allowed",
    "too-many-requests": "Too many requests",
    "not-acceptable": "Not acceptable",
    "unsupported-media-type": "Unsupported media type",
    "idempotency-key-missing": "Idempotency-Key is missing",
    "idempotency-key-malformed": "Idempotency-Key is malformed",
    "idempotency-key-reused": "Idempotency-Key is already used",
    "idempotency-key-in-use": "A request is outstanding for this Idempotency-Key",
    "idempotency-answer-not-kept": "What was told once is not told again",
    "changed-meanwhile": "Changed meanwhile",
    "if-match-not-kept": "If-Match cannot be kept to",
    "unknown-parameter": "Unknown parameter",
    "header-malformed": "Malformed header",
    "checksum-malformed": "Malformed checksum",
    "checksum-mismatch": "Checksum mismatch",
    "tus-version": "Other version of tus",
    "too-large": "Too large",
    "wrong-type": "Wrong media type",
    "upload-broken": "Upload broken off",
    "range-not-satisfiable": "Range not satisfiable",
    "busy": "Held by others for a moment",
    "unavailable": "Unavailable for a moment",
    "fault": "Fault in the centre",
}
FAULTS = {
    "busy": gettext_lazy(
        "Others hold what this needs, and it was given up so that nobody waits for ever. Send the "
        "same again in a few seconds, under the same Idempotency-Key."
    ),
    "unavailable": gettext_lazy(
        "The centre's database does not answer. Try again in a few seconds."
    ),
    "fault": gettext_lazy("The centre made a mistake. It has been noted."),
}
"""What is said of each kind of fault."""
RETRY_AFTER = 5
"""Seconds after which a client may ask again while the database is away or busy."""


class Problem(Exception):
    """What is wrong with a request itself, whatever it asks for, as HTTP tells it."""

    def __init__(self, status: int, kind: str, sentence: str, *, retry_after: int = 0) -> None:
        super().__init__(sentence)
        self.status, self.kind, self.sentence = status, kind, sentence
        self.headers = {"Retry-After": str(retry_after)} if retry_after else {}


def status_of(refusal: Refusal) -> int:
    return STATUS[type(refusal)]


def problem(status: int, kind: str, detail: str, **extra: object) -> dict[str, object]:
    """Build the body of an RFC 9457 problem.

    `instance` names this very occurrence, in the log too, so that whoever asks about it is found.
    Where no rule has a name, `code` is the kind.
    """
    instance = uuid4().urn
    # Django, too, warns of what is refused, and takes what is 500 and above for an error.
    level = logging.ERROR if status >= HTTPStatus.INTERNAL_SERVER_ERROR else logging.WARNING
    log.log(level, "Problem %s: %s (%d)", instance, kind, status)
    return {
        "type": PROBLEM_TYPE + kind,
        "title": TITLES.get(kind, kind),
        "status": status,
        "detail": detail,
        "instance": instance,
        "code": kind,
        **extra,
    }


def problem_of(refusal: Refusal) -> dict[str, object]:
    """Build the problem of a refusal.

    `code` names the very rule, `errors` the fields, and `instead` is the address of what to go on
    with, where the refusal knows it.
    """
    extra: dict[str, object] = {"code": refusal.code}
    if refusal.instead is not None:
        extra["instead"] = reverse(refusal.instead.api, args=[refusal.instead.pk])
    if isinstance(refusal, Invalid) and refusal.fields:
        extra["errors"] = refusal.fields
    return problem(status_of(refusal), refusal.kind, refusal.sentence, **extra)


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn any exception of an API view into problem details; DRF calls it."""
    if isinstance(error, Refusal):
        return _respond(problem_of(error))
    if isinstance(error, Problem):
        return _respond(
            problem(error.status, error.kind, error.sentence, code=error.kind), error.headers
        )
    if isinstance(error, Http404):
        return _respond(problem(404, "not-found", _("There is nothing at this address.")))
    if isinstance(error, exceptions.ValidationError):
        fields = error.get_full_details()
        sentence = _("The request needs corrections. See the fields.")
        return _respond(problem(422, "invalid", sentence, code="invalid", errors=_messages(fields)))
    if isinstance(error, RequestDataTooBig):
        return _respond(problem(400, "malformed", too_large(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)))
    answer = exception_handler(error, context)
    if answer is None:
        return None
    kinds = {
        400: "malformed",
        401: "not-signed-in",
        403: "not-allowed",
        404: "not-found",
        405: "method-not-allowed",
        406: "not-acceptable",
        415: "unsupported-media-type",
        429: "too-many-requests",
    }
    detail = str(getattr(error, "detail", error))
    body = problem(answer.status_code, kinds.get(answer.status_code, "malformed"), detail)
    kept = {
        name: answer[name]
        for name in ("WWW-Authenticate", "Retry-After", "Allow")
        if name in answer
    }
    return _respond(body, kept)


def too_large(most: int) -> str:
    """Say how large a body may be."""
    return _("The body is too large. Send at most %d bytes.") % most


def _respond(body: dict[str, object], headers: dict[str, str] | None = None) -> Response:
    return Response(
        body,
        status=int(str(body["status"])),
        headers=headers,
        content_type="application/problem+json",
    )


def _messages(details: Any) -> Any:
    if isinstance(details, dict):
        if "message" in details and "code" in details:
            return str(details["message"])
        return {name: _messages(value) for name, value in details.items()}
    return [_messages(value) for value in details]


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Show a refusal: a fragment into `#messages` for HTMX, else a page."""
    instead = refusal.instead
    context = {
        "refusal": refusal,
        "status": status_of(refusal),
        "instead": reverse(instead.page, args=[instead.pk]) if instead else "",
    }
    if getattr(request, "htmx", False):
        answer = render(
            request, "partials/refusal_message.html", context, status=status_of(refusal)
        )
        answer["HX-Retarget"] = "#messages"
        answer["HX-Reswap"] = "innerHTML"
        return answer
    return render(request, "refusal.html", context, status=status_of(refusal))


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Serve what Django itself refuses to read; it calls this as `handler400`."""
    if not request.path.startswith("/api/"):
        return bad_request(request, exception)
    sentence = _("What was sent cannot be read. Send it as the description of the API says.")
    if isinstance(exception, DisallowedHost):
        sentence = _("The centre is not at this host. Ask at the address that it names itself.")
    body = problem(400, "malformed", sentence)
    return JsonResponse(body, status=400, content_type="application/problem+json")


def refused_body(request: HttpRequest, most: int) -> HttpResponse:
    """Refuse a body of more bytes than `most`, before anything of it is read."""
    if not request.path.startswith("/api/"):
        return render(request, "400.html", {"sentence": too_large(most)}, status=400)
    body = problem(400, "malformed", too_large(most))
    return JsonResponse(body, status=400, content_type="application/problem+json")


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Serve an address that does not exist; Django calls it as `handler404`."""
    if not request.path.startswith("/api/"):
        return page_not_found(request, exception)
    slashed = f"{request.path_info}/"
    if is_valid_path(slashed):
        sentence = _("Addresses of the API end in a slash. Send it to the address in `instead`.")
        body = problem(404, "not-found", sentence, instead=slashed)
    else:
        body = problem(404, "not-found", _("There is nothing at this address."))
    return JsonResponse(body, status=404, content_type="application/problem+json")


def fault(request: HttpRequest) -> HttpResponse:
    """Serve what nobody caught: 503 where the database does not answer or is busy, else 500.

    Django calls it as `handler500`, whichever view or middleware broke. It asks neither database
    nor session.
    """
    error = sys.exc_info()[1]
    kind = _kind_of(error)
    status = 500 if kind == "fault" else 503
    if request.path.startswith("/api/"):
        body = problem(status, kind, str(FAULTS[kind]))
        answer: HttpResponse = JsonResponse(
            body, status=status, content_type="application/problem+json"
        )
    else:
        page = render_to_string(f"{status}.html", {"is_busy": kind == "busy"})
        answer = HttpResponse(page, status=status)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        answer["Retry-After"] = str(RETRY_AFTER)
    return answer


def _kind_of(error: BaseException | None) -> str:
    if is_database_busy(error):
        return "busy"
    return "unavailable" if is_database_away(error) else "fault"
