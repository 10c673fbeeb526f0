"""What stands around every page: what may be asked of it, by whom, and how it refuses."""

from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.http.request import UnreadablePostError
from django.middleware.common import CommonMiddleware
from django.shortcuts import render
from django.utils.translation import gettext as _

from marketplace.core import Invalid, Refusal
from marketplace.web.errors import problem, refusal_page
from marketplace.web.requests import length_of

HELD_BY_PROXY, PIECE = 17 * 1024 * 1024, 65536
"""The most of a body that the documented proxy keeps until it is whole; what is read at once."""

METHODS_OF_PAGES = ("GET", "HEAD", "OPTIONS", "POST")
READS = ("GET", "HEAD")


class PageMethodsMiddleware:
    """Refuse what no page means: a view that reads would take a PUT or DELETE for a GET.

    Whoever opens the address of a form's button, as after signing in anew, reads what to do.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on the methods of pages; each view of the API says by itself what it takes."""
        if request.path.startswith("/api/"):
            return self.get_response(request)
        if request.method not in METHODS_OF_PAGES:
            return HttpResponseNotAllowed(METHODS_OF_PAGES)
        answer = self.get_response(request)
        if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED and request.method == "GET":
            page = render(request, "405.html", status=answer.status_code)
            page["Allow"] = answer["Allow"]
            return page
        return answer


class SlashMiddleware(CommonMiddleware):
    """Lead to the address with its last slash, but for what a program sends to the API.

    A redirect would turn it into a GET, so that it is refused with problem details instead.
    """

    def should_redirect_with_slash(self, request: HttpRequest) -> bool:
        """Return whether the same address with a slash is meant, and may be led to."""
        if request.path.startswith("/api/") and request.method not in READS:
            return False
        return bool(super().should_redirect_with_slash(request))


class DomainErrorMiddleware:
    """Catch what an act refused, wherever a page let it through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the refusal page; leave everything else to Django."""
        return refusal_page(request, error) if isinstance(error, Refusal) else None


class NullMiddleware:
    """Refuse a null in an address: no text of the centre holds one, and no database keeps it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse such an address before anything is looked for."""
        if "\x00" not in request.path and "%00" not in request.META.get("QUERY_STRING", ""):
            return self.get_response(request)
        sentence = _("The address holds a null character. Take %00 out of it.")
        if request.path.startswith("/api/"):
            body = problem(400, "malformed", sentence)
            return JsonResponse(body, status=400, content_type="application/problem+json")
        return refusal_page(request, Invalid(sentence))


class ClientAddressMiddleware:
    """Learn who asks where the server listens on a Unix socket, which has no addresses.

    Whoever may open the socket is the proxy in front, and it sets the header itself; from a network
    socket the header is not believed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Put the address that the proxy saw where every library looks for it."""
        if not request.META.get("REMOTE_ADDR"):
            seen = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
            request.META["REMOTE_ADDR"] = seen if is_address(seen) else "127.0.0.1"
        return self.get_response(request)


def is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


class PrivateAnswersMiddleware:
    """Let nobody keep what was answered to somebody: no browser's history, no cache on the way.

    A view that answers everybody alike says `public` itself, such as the log's tiles.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Mark each answer to a session or a token, and each that begins a session."""
        answer = self.get_response(request)
        session = settings.SESSION_COOKIE_NAME
        is_known = session in request.COOKIES or "Authorization" in request.headers
        if (is_known or session in answer.cookies) and not _is_for_all(answer):
            answer["Cache-Control"] = "private, no-store"
        return answer


def _is_for_all(answer: HttpResponse) -> bool:
    kept = answer.get("Cache-Control", "").split(",")
    return "public" in (directive.strip() for directive in kept)


class HeadMiddleware:
    """Serve HEAD as GET without the body, as RFC 9110 asks; servers warn of a body."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Take the body away and tell its length."""
        answer = self.get_response(request)
        if request.method == "HEAD" and not answer.streaming and answer.content:
            answer["Content-Length"] = str(len(answer.content))
            answer.content = b""
        return answer


class UnreadBodyMiddleware:
    """Take what a refusal left unread of a body.

    A server that closes its connection on unread bytes resets it, and the proxy in front then tells
    of a broken server instead of the refusal.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Read on to the end of what the proxy holds whole; leave a long upload where it is."""
        answer = self.get_response(request)
        if answer.status_code >= HTTPStatus.BAD_REQUEST and length_of(request) <= HELD_BY_PROXY:
            with suppress(UnreadablePostError):
                while request.read(PIECE):
                    pass
        return answer
