"""The page that posts to an act: what is mechanical of it is one call."""

from collections.abc import Callable
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


def act_page(
    address: str,
    act: Callable[..., Any],
    *,
    name: str,
    done: Promise,
    onto: str,
    at: str = "",
) -> URLPattern:
    """Return the address at which a POST calls an act on its thing, says so and goes on.

    `onto` is the page to go to: that of the same thing, or of the one whose key the attribute `at`
    of the act's result holds.
    """

    def page(request: HttpRequest, pk: UUID) -> HttpResponse:
        result = act(pk, by=actor(request))
        messages.success(request, str(done))
        return redirect(onto, pk=getattr(result, at) if at else pk)

    return path(address, require_POST(signed_in(page)), name=name)


def form_page(
    address: str,
    act: Callable[..., Any],
    form: Callable[..., BaseForm] | None = None,
    *,
    name: str,
    done: Promise,
    onto: str,
    again: Callable[..., HttpResponse],
    of: Callable[[Actor], QuerySet[Any]] | None = None,
    form_as: str = "form",
) -> URLPattern:
    """Return the address at which a form is sent to an act, by the names of its fields.

    Without a `form` it is the one that is made of what the act takes.
    What is not right is shown `again`, on a page of the thing (from those that the actor may see in
    `of`, or of its key), which takes the form by the name `form_as`. A page that takes files is a
    function of its own: which ones do is read off their source, for the proxy lets no others pass.
    """

    def page(request: HttpRequest, pk: UUID) -> HttpResponse:
        by, sent = actor(request), (form or form_of(act))(request.POST)
        is_right = sent.is_valid()
        if is_right and attempt(sent, lambda: act(pk, **taken_of(sent), by=by)) is not None:
            messages.success(request, str(done))
            return redirect(onto, pk=pk)
        thing = pk if of is None else visible(of(by), pk=pk)
        return again(request, thing, **{form_as: sent})

    return path(address, require_POST(signed_in(page)), name=name)
