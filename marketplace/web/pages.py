"""How a page calls an act."""

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Model
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import Invalid, Refusal
from marketplace.core.reading import reading
from marketplace.core.versions import ANY, ChangedMeanwhile, expecting
from marketplace.web.requests import actor

GOES_ON = "goes_on"
"""The name of the button that saves and goes on to what follows."""
SEEN = "seen_version"
"""The hidden field by which a form says which version of the thing it was opened with."""

SAVED_MEANWHILE = gettext_lazy(
    "Somebody else has saved this since you opened it, and nothing of yours was saved. What you "
    "typed still stands here. Look at the page in another window; to replace what they saved, save "
    "again."
)

Result = TypeVar("Result")
Rest = ParamSpec("Rest")


def attempt(form: BaseForm, act: Callable[[], Result]) -> Result | None:
    """Call the act; where it answers `Invalid`, put the sentences on the form and answer None.

    A rule on a field that the form does not show is told at its top, and so is that somebody else
    has saved meanwhile: what was typed stays, to be compared and sent again.
    """
    try:
        return act()
    except ChangedMeanwhile:
        form.add_error(None, str(SAVED_MEANWHILE))
        return None
    except Invalid as refusal:
        placed = False
        for name, sentences in refusal.fields.items():
            for sentence in sentences:
                form.add_error(name if name in form.fields else None, sentence)
                placed = True
        if not placed:
            form.add_error(None, refusal.sentence)
        return None


def yes_or_no(request: HttpRequest, name: str) -> bool:
    """Return what a pair of buttons said.

    Raises:
        Invalid: neither was pressed, as where a request comes without its fields.
    """
    said = request.POST.get(name)
    if said not in ("yes", "no"):
        raise Invalid(_("Nothing was decided. Press one of the buttons."))
    return said == "yes"


def unless_changed(
    request: HttpRequest, row: Model, act: Callable[[], Result]
) -> Callable[[], Result]:
    """Return the act so that it finds a row as it was when the form was opened, or refuses.

    A form that says no version, as one of a page from before, is not compared.
    """

    def kept() -> Result:
        with expecting(row.pk, [request.POST.get(SEEN) or ANY]):
            return act()

    return kept


def goes_on(request: HttpRequest, act: Callable[[], object]) -> bool:
    """Call the act that follows what was just saved, where the button says so; say whether it was.

    Where it is refused, what was saved stays, and the next page says why it went no further.
    """
    if GOES_ON not in request.POST:
        return False
    try:
        act()
    except Refusal as refusal:
        messages.warning(request, refusal.sentence)
        return False
    return True


def state_piece(
    request: HttpRequest, template: str, context: dict[str, Any], *, is_over: bool
) -> HttpResponse:
    """Return the piece that says how far something is; at its end the page around it is renewed."""
    piece = render(request, template, context)
    if is_over and getattr(request, "htmx", False):
        piece["HX-Refresh"] = "true"
    return piece


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
