"""The page that posts to an act: what is mechanical of it is one call."""

from collections.abc import Callable
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.views.decorators.http import require_POST

from marketplace.core import Actor, visible
from marketplace.web.pages import attempt, signed_in
from marketplace.web.requests import actor
from marketplace.web.taking import form_of, taken_of

Done = Promise | Callable[[Any], str]
"""What a page says once an act is done, perhaps of its result."""


def act_page(
    address: str,
    act: Callable[..., Any],
    *,
    name: str,
    done: Done,
    onto: str,
    at: str = "",
) -> URLPattern:
    """Return the address at which a POST calls an act on its thing, says so and goes on.

    `onto` is the page to go to: that of the same thing, or of the one whose key the attribute `at`
    of the act's result holds.
    """

    def page(request: HttpRequest, pk: UUID) -> HttpResponse:
        result = act(pk, by=actor(request))
        return _gone_on(request, result, done=done, onto=onto, at=at, pk=pk)

    return path(address, require_POST(signed_in(page)), name=name)


def form_page(
    address: str,
    act: Callable[..., Any],
    form: Callable[..., BaseForm] | None = None,
    *,
    name: str,
    done: Done,
    onto: str,
    again: Callable[..., HttpResponse],
    of: Callable[[Actor], QuerySet[Any]] | None = None,
    at: str = "",
    form_as: str = "form",
) -> URLPattern:
    """Return the address at which a form is sent to an act, by the names of its fields.

    Without a `form` it is the one that is made of what the act takes. `onto` is as in `act_page`.
    What is not right is shown `again`, on a page of the thing (from those that the actor may see in
    `of`, or of its key), which takes the form by the name `form_as`. A page that takes files is a
    function of its own: which ones do is read off their source, for the proxy lets no others pass.
    """

    def page(request: HttpRequest, /, **ids: UUID) -> HttpResponse:
        by, sent = actor(request), (form or form_of(act))(request.POST)
        result = _result(sent, lambda: act(*ids.values(), **taken_of(sent), by=by))
        if result is not None:
            return _gone_on(request, result, done=done, onto=onto, at=at, pk=ids.get("pk"))
        things = ids.values() if of is None else [visible(of(by), **ids)]
        return again(request, *things, **{form_as: sent})

    return path(address, require_POST(signed_in(page)), name=name)


def asking_page(
    address: str,
    act: Callable[..., Any],
    page: Callable[[HttpRequest, Any, Any], HttpResponse],
    *,
    of: Callable[[Actor], QuerySet[Any]],
    name: str,
    done: Done,
    onto: str,
    at: str = "pk",
    form: Callable[[Any, Any, Actor], BaseForm] | None = None,
    check: Callable[[Any, Actor], object] | None = None,
) -> URLPattern:
    """Return the address whose `page` asks what an act on a thing takes, and takes it.

    `form` makes the form of what was sent, or None, the thing and the actor; without it, it is made
    of what the act takes. `check` refuses to show the page to who could not send it.
    """

    def asked(request: HttpRequest, pk: UUID) -> HttpResponse:
        by, sent = actor(request), request.POST if request.method == "POST" else None
        thing = visible(of(by), pk=pk)
        if sent is None and check is not None:
            check(thing, by)
        filled = form_of(act)(sent) if form is None else form(sent, thing, by)
        result = _result(filled, lambda: act(pk, **taken_of(filled), by=by))
        if result is not None:
            return _gone_on(request, result, done=done, onto=onto, at=at, pk=pk)
        return page(request, thing, filled)

    return path(address, signed_in(asked), name=name)


def _result(sent: BaseForm, act: Callable[[], Any]) -> Any:
    return attempt(sent, act) if sent.is_valid() else None


def _gone_on(
    request: HttpRequest, result: Any, *, done: Done, onto: str, at: str, pk: UUID | None
) -> HttpResponse:
    messages.success(request, done(result) if callable(done) else str(done))
    return redirect(onto, pk=attrgetter(at)(result) if at else pk)


def thing_page(
    address: str,
    of: Callable[[Actor], QuerySet[Any]],
    page: Callable[[HttpRequest, Any], HttpResponse],
    *,
    name: str,
) -> URLPattern:
    """Return the address at which `page` shows one of the things that the actor may see in `of`."""

    def shown(request: HttpRequest, pk: UUID) -> HttpResponse:
        return page(request, visible(of(actor(request)), pk=pk))

    return path(address, signed_in(shown), name=name)
