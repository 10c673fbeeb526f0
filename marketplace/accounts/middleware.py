"""Set `request.actor` for every request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from marketplace.accounts.models import Person
from marketplace.accounts.selectors import actor_of
from marketplace.core.actor import Actor, Door


class ActorMiddleware:
    """Work out who acts, when somebody asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach the actor lazily: a page that asks nothing pays nothing."""
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor:
    user, door = request.user, _door(request.path)
    if not isinstance(user, Person) or not user.is_authenticated:
        return Actor(door=door)
    return actor_of(user, door=door)


def _door(path: str) -> Door:
    if path.startswith("/api/"):
        return Door.API
    return Door.ADMIN if path.startswith("/admin/") else Door.PAGE
