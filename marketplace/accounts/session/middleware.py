"""How long a session lasts, and what it is told of its person's factors."""

from collections.abc import Callable
from time import time
from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout, update_session_auth_hash
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponse

from marketplace.accounts.actors import actor_of
from marketplace.accounts.person.models import Person
from marketplace.accounts.session.services import change_factors, note_lock_out
from marketplace.core import Actor, Door

BEGAN, SEEN = "began", "seen"
"""When a session was opened and last used, in seconds since 1970, as the session keeps it."""
NOTED_EACH = 60
"""Seconds; a request within them writes nothing."""


class SessionAgeMiddleware:
    """End a session that nobody used for a while, and any that is as old as one may become.

    Whoever proves anew in a session that it is they has its key exchanged.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the session of whoever sends one; others are not asked for it."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self.get_response(request)
        session = request.session
        if SESSION_KEY in session:
            _keep_or_end(request)
        key, proofs = session.session_key, len(_proofs(session))
        answer = self.get_response(request)
        if key and request.session.session_key == key and len(_proofs(request.session)) > proofs:
            request.session.cycle_key()
        return answer


def _proofs(session: Any) -> list[Any]:
    found = session.get(AUTHENTICATION_METHODS_SESSION_KEY)
    return found if isinstance(found, list) else []


def _keep_or_end(request: HttpRequest) -> None:
    session, now = request.session, int(time())
    began, seen = session.get(BEGAN, now), session.get(SEEN, 0)
    idle = 60 * int(settings.CENTRE["SESSION_IDLE_MINUTES"])
    if now - began > settings.SESSION_COOKIE_AGE or (seen and now - seen > idle):
        logout(request)
    elif now - seen >= NOTED_EACH:
        session[BEGAN], session[SEEN] = began, now


def begin(request: HttpRequest, user: Person, **_details: object) -> None:
    """Note when a session was opened."""
    request.session[BEGAN] = request.session[SEEN] = int(time())


user_logged_in.connect(begin)


def end_others(
    request: HttpRequest, user: Person, authenticator: Authenticator, **_details: object
) -> None:
    """End all other sessions of a person who has changed their factors in this one."""
    person = change_factors(by=actor_of(user, door=Door.PAGE))
    user.session_round = person.session_round
    update_session_auth_hash(request, user)


for _signal in (authenticator_added, authenticator_removed, authenticator_reset):
    _signal.connect(end_others)


def tell_lock_out(*_sender: object, username: str | None = None, **_details: object) -> None:
    """Have a person told that somebody tries passwords for their address."""
    note_lock_out((username or "").strip().lower(), by=Actor.system(Door.PAGE))


user_locked_out.connect(tell_lock_out)
