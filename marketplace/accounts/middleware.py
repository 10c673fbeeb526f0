"""Set `request.actor` for every request."""

from __future__ import annotations

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from marketplace.accounts.models import Person
from marketplace.accounts.selectors import actor_of
from marketplace.core.actor import Actor, Door
from marketplace.web.errors import problem
from marketplace.web.requests import actor

OPEN_WITHOUT = ("/account/", "/static/", "/health/")
"""Where the second factor is set up, what those pages are made of, and what a watchdog asks."""


class ActorMiddleware:
    """Work out who acts, when somebody asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach the actor lazily: a page that asks nothing pays nothing."""
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)


class SecondFactorMiddleware:
    """Let nobody on with a role that needs a second factor before one is set up.

    Whoever has one is asked for it at sign-in. Tokens of programs are a credential of their own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Lead a signed-in person without a second factor to the page that sets one up."""
        if not _lacks_second_factor(request):
            return self.get_response(request)
        sentence = _(
            "Your role needs a second factor. Set up an authenticator app or a security key; "
            "then everything opens."
        )
        if request.path.startswith("/api/"):
            body = problem(403, "not-allowed", sentence, code="second-factor-missing")
            return JsonResponse(body, status=403, content_type="application/problem+json")
        messages.warning(request, sentence)
        address = reverse("mfa_index")
        if getattr(request, "htmx", False):
            return HttpResponseClientRedirect(address)
        return HttpResponseRedirect(address)


def _lacks_second_factor(request: HttpRequest) -> bool:
    roles = settings.CENTRE["SECOND_FACTOR_ROLES"]
    # Who sends no session is not signed in. To ask the session for it would cost every public
    # answer, such as the log's tiles, its place in a shared cache.
    if not roles or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    user = request.user
    if request.path.startswith(OPEN_WITHOUT) or not user.is_authenticated:
        return False
    if any(record["method"] == "mfa" for record in get_authentication_records(request, user)):
        return False
    return actor(request).has(*roles) and not is_mfa_enabled(user)


def _actor(request: HttpRequest) -> Actor:
    user, door = request.user, _door(request.path)
    if not isinstance(user, Person) or not user.is_authenticated:
        return Actor(door=door)
    return actor_of(user, door=door)


def _door(path: str) -> Door:
    if path.startswith("/api/"):
        return Door.API
    return Door.ADMIN if path.startswith("/admin/") else Door.PAGE
