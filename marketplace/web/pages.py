"""How a page calls an act."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec, TypeVar

from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from marketplace.core.errors import Invalid
from marketplace.core.reading import reading
from marketplace.web.requests import actor

Result = TypeVar("Result")
Rest = ParamSpec("Rest")


def attempt(form: BaseForm, act: Callable[[], Result]) -> Result | None:
    """Call the act; where it answers `Invalid`, put the sentences on the form and answer None.

    A rule on a field that the form does not show is told at its top.
    """
    try:
        return act()
    except Invalid as refusal:
        placed = False
        for name, sentences in refusal.fields.items():
            for sentence in sentences:
                form.add_error(name if name in form.fields else None, sentence)
                placed = True
        if not placed:
            form.add_error(None, refusal.sentence)
        return None


def form_status(form: BaseForm) -> int:
    """Return 422 for a form that was sent and is not right, else 200."""
    return 422 if form.is_bound and form.errors else 200


def signed_in(
    view: Callable[Concatenate[HttpRequest, Rest], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Rest], HttpResponse]:
    """Send whoever is not signed in to the sign-in page; to look at one is one look."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Rest.args, **options: Rest.kwargs) -> HttpResponse:
        with reading() if request.method in ("GET", "HEAD") else nullcontext():
            return view(request, *args, **options)

    return login_required(guarded)


def same_for_visitors(
    view: Callable[Concatenate[HttpRequest, Rest], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Rest], HttpResponse]:
    """Let the proxy in front show what a visitor was answered to others, for a second.

    Whoever is signed in gets their own. The proxy keeps no answer that sets a cookie, as a page
    with the token of a form does.
    """

    @wraps(view)
    def kept(request: HttpRequest, /, *args: Rest.args, **options: Rest.kwargs) -> HttpResponse:
        answer = view(request, *args, **options)
        if answer.status_code == HTTPStatus.OK and not actor(request).is_signed_in:
            answer["X-Accel-Expires"] = "1"
            patch_vary_headers(answer, ("Accept-Language", "Cookie", "HX-Request"))
        return answer

    return kept
