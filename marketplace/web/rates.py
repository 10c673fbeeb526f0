"""How much a stranger may send: counted by address, in a cache that all processes share."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from redis.exceptions import RedisError

from marketplace.core import clock
from marketplace.web.errors import problem, refused_body
from marketplace.web.requests import length_of

log = logging.getLogger(__name__)

MINUTE, HOUR = 60, 3600
READS = ("GET", "HEAD", "OPTIONS")
HOME_BITS = 64
"""Whoever has an IPv6 address has all of its network."""


@dataclass(frozen=True)
class Rate:
    """The name of a setting of the centre: how many in so many seconds, of these routes together.

    Without routes it counts all that a stranger sends; `of_everybody` counts whoever is signed in
    too, where nobody is recorded as the sender.
    """

    setting: str
    seconds: int
    routes: frozenset[str] = frozenset()
    of_everybody: bool = False


RATES = (
    Rate("STRANGER_REQUESTS_PER_MINUTE", MINUTE),
    # Each of these leaves something behind, or writes to somebody.
    Rate(
        "STRANGER_APPLICATIONS_PER_HOUR",
        HOUR,
        frozenset({"organization_apply", "api_apply_organization", "account_reset_password"}),
    ),
    Rate(
        "REIDENTIFICATIONS_PER_HOUR",
        HOUR,
        frozenset({"reidentification_report", "api_report_reidentification"}),
        of_everybody=True,
    ),
    Rate(
        "PERSON_REQUESTS_PER_HOUR",
        HOUR,
        frozenset(
            {
                *("person_request_ask", "api_ask_as_person"),
                # Each try to pick up an answer is a guess at a reference and a number.
                *("person_request_answer", "api_pick_up_answer"),
            }
        ),
        of_everybody=True,
    ),
)
NOT_COUNTED = frozenset({"api_receive_message", "set_language"})
"""A payment provider signs each message; to choose a language costs nothing."""


class StrangerRateMiddleware:
    """Refuse what comes too often from one address without a sign-in, before its body is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the route is known only later."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, arguments: Any, names: Any
    ) -> HttpResponse | None:
        """Count what a stranger sends, and refuse what is too much."""
        route = request.resolver_match.url_name if request.resolver_match else ""
        if request.method in READS:
            return None
        known = _is_known(request)
        if not known and _is_too_long(request):
            return refused_body(request, settings.CENTRE["STRANGER_MAX_BYTES"])
        if route in NOT_COUNTED:
            return None
        rates = [rate for rate in RATES if rate.of_everybody or not known]
        waits = [wait for rate in rates if (wait := _counted(rate, route or "", request))]
        return _refused(request, max(waits)) if waits else None


def _is_known(request: HttpRequest) -> bool:
    """Return whether it is somebody's request; the API refuses at once a token that is none."""
    bearer = request.headers.get("Authorization", "").lower().startswith("bearer ")
    return (bearer and request.path.startswith("/api/")) or request.user.is_authenticated


def _is_too_long(request: HttpRequest) -> bool:
    """Return whether a body says that it is longer than a stranger's may be.

    Files, which are read piece by piece, have bounds of their own.
    """
    if request.content_type == "multipart/form-data":
        return False
    most: int = settings.CENTRE["STRANGER_MAX_BYTES"]
    return length_of(request) > most


def _counted(rate: Rate, route: str, request: HttpRequest) -> int:
    """Count the request; return the seconds to wait where it is one too many, else 0."""
    if rate.routes and route not in rate.routes:
        return 0
    now, most = int(clock.now().timestamp()), int(settings.CENTRE[rate.setting])
    window, gone = divmod(now, rate.seconds)
    key = f"{rate.setting}:{window}:{home_of(request.META['REMOTE_ADDR'])}"
    try:
        caches["shared"].add(key, 0, 2 * rate.seconds)
        count = caches["shared"].incr(key)
    except (RedisError, ValueError):
        # People can sign in without the cache; the proxy's limits stand.
        log.exception("What strangers send is not counted: the shared cache does not answer.")
        return 0
    return rate.seconds - gone if count > most else 0


def home_of(address: str) -> str:
    """Return the address, or of an IPv6 address its network."""
    found = ip_address(address)
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ip_network((found, HOME_BITS), strict=False))


def _refused(request: HttpRequest, wait: int) -> HttpResponse:
    sentence = ngettext(
        "Too much was sent from your address. Try again in %(seconds)d second.",
        "Too much was sent from your address. Try again in %(seconds)d seconds.",
        wait,
    ) % {"seconds": wait}
    if request.path.startswith("/api/"):
        answer: HttpResponse = JsonResponse(
            problem(429, "too-many-requests", sentence),
            status=429,
            content_type="application/problem+json",
        )
    else:
        answer = render(request, "429.html", {"sentence": sentence}, status=429)
    answer["Retry-After"] = str(wait)
    return answer
