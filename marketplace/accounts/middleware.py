"""Set `request.actor` for every request."""

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.contrib.messages.storage.base import BaseStorage
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from marketplace.accounts.actors import actor_of, lacks_second_factor, second_factor_of
from marketplace.accounts.founding.selectors import centre_to_open
from marketplace.accounts.founding.services import take_office
from marketplace.accounts.person.models import Person
from marketplace.accounts.suspension import OPEN, suspended
from marketplace.core import Actor, Door
from marketplace.web.errors import problem, problem_of, refusal_page, status_of
from marketplace.web.requests import actor

OPEN_WITHOUT = {
    *("account_login", "account_logout", "account_inactive", "account_signup"),
    *("account_change_password", "account_reset_password", "account_reset_password_done"),
    *("account_reset_password_from_key", "account_reset_password_from_key_done"),
    *("mfa_authenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"),
    *("set_language", "health"),
}
"""What a session without the second factor may open: the factor asked for, password, language."""

SET_UP = {
    *("account_reauthenticate", "mfa_index"),
    *("mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn"),
    *("mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes"),
}
"""What it may open besides while its person has no second factor. Whoever has one gives it first:
a password alone would otherwise replace it, be it by what was sent here before and waits for
somebody to sign in anew.
"""

GIVEN_AT = {
    Authenticator.Type.TOTP: "mfa_reauthenticate",
    Authenticator.Type.WEBAUTHN: "mfa_reauthenticate_webauthn",
}
"""Where a signed-in person gives which second factor."""


class ActorMiddleware:
    """Work out who acts, when somebody asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach the actor lazily: a page that asks nothing pays nothing."""
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)


class SecondFactorMiddleware:
    """Open nothing to a session without the second factor that a role of its person needs.

    Tokens of programs and keys to grants know how they were made, and are refused where used.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Lead a session to the page that sets a second factor up, or to the one that asks for it.

        This comes before anything of the request's body is read.
        """
        # Who sends no session is not signed in. To ask the session for it would cost every public
        # answer, such as the log's tiles, its place in a shared cache.
        if (
            not settings.CENTRE["SECOND_FACTOR_ROLES"]
            or settings.SESSION_COOKIE_NAME not in request.COOKIES
            or not lacks_second_factor(actor(request))
        ):
            return self.get_response(request)
        factor, route = second_factor_of(actor(request).person_id), _route(request)
        if route in OPEN_WITHOUT or (route in SET_UP and not factor):
            return self.get_response(request)
        if factor:
            return _led(request, GIVEN_AT[factor], _("Give your second factor first."))
        sentence = _(
            "Your account needs a second factor. Set up an authenticator app or a security key; "
            "then everything opens."
        )
        return _led(request, "mfa_index", sentence)


class SuspensionMiddleware:
    """Close every address to people of a suspended organization that the table does not open.

    Tokens of programs and keys to grants are refused where they are used.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse before anything is looked for, so that nothing is told of what there is."""
        if (
            settings.SESSION_COOKIE_NAME not in request.COOKIES
            or not actor(request).is_suspended
            or _route(request) in OPEN
        ):
            return self.get_response(request)
        refusal = suspended()
        if not request.path.startswith("/api/"):
            return refusal_page(request, refusal)
        return JsonResponse(
            problem_of(refusal), status=status_of(refusal), content_type="application/problem+json"
        )


def remember_set_up(
    request: HttpRequest, user: Person, authenticator: Authenticator, **_details: object
) -> None:
    """Note that a session has passed the second factor that it has just proved to set up."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        details = {"id": authenticator.pk, "type": authenticator.type}
        record_authentication(request, user, "mfa", **details)


# The library tells of it in no other way; it is a session's matter, and no act.
authenticator_added.connect(remember_set_up)


def open_centre(request: HttpRequest, user: Person, **_details: object) -> None:
    """Let an administrator of a centre that was founded take office with the first sign-in."""
    if centre_to_open(user):
        take_office(by=actor_of(user, door=_door(request.path)))


user_logged_in.connect(open_centre)


def _route(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""


def _led(request: HttpRequest, route: str, sentence: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        body = problem(403, "not-allowed", sentence, code="second-factor-missing")
        return JsonResponse(body, status=403, content_type="application/problem+json")
    told = messages.get_messages(request)
    if sentence not in [str(message) for message in told]:
        messages.warning(request, sentence)
    if isinstance(told, BaseStorage):
        # It was looked at here, and is still to be shown.
        told.used = False
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(reverse(route))
    return HttpResponseRedirect(reverse(route))


def _actor(request: HttpRequest) -> Actor:
    user, door = request.user, _door(request.path)
    if not isinstance(user, Person) or not user.is_authenticated:
        return Actor(door=door)
    records = get_authentication_records(request, user)
    passed = any(record["method"] == "mfa" for record in records)
    return actor_of(user, door=door, passed_second_factor=passed)


def _door(path: str) -> Door:
    if path.startswith("/api/"):
        return Door.API
    return Door.ADMIN if path.startswith("/admin/") else Door.PAGE
