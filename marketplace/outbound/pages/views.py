from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from marketplace.accounts.timeline import timeline_of
from marketplace.core import is_open, visible
from marketplace.outbound.endpoint.choices import Event
from marketplace.outbound.endpoint.models import Endpoint
from marketplace.outbound.endpoint.rules import acts_on_endpoint, check_register_endpoint
from marketplace.outbound.endpoint.selectors import endpoints_visible_to
from marketplace.outbound.endpoint.services import (
    RevealedSecret,
    choose_events,
    register_endpoint,
    rotate_secret,
)
from marketplace.outbound.message.presentation import pause_in_words, why_failed
from marketplace.outbound.message.selectors import messages_of
from marketplace.outbound.schedule import DISABLE_AFTER, RETRIES
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm, form_of

MESSAGES_A_PAGE = 25


@signed_in
def endpoint_list(request: HttpRequest) -> HttpResponse:
    """List the endpoints of the reader's organization, and register another one."""
    by, revealed = actor(request), None
    form = form_of(register_endpoint)(request.POST if request.method == "POST" else None)
    if form.is_valid():
        revealed = attempt(form, lambda: register_endpoint(**form.taken(), by=by))
        if revealed is not None:
            # Shown once, in the answer itself: a redirect would have to keep it somewhere.
            return endpoint_page(request, revealed.endpoint, revealed=revealed)
    context = {
        "form": form,
        "endpoints": endpoints_visible_to(by),
        "registers": is_open(check_register_endpoint, None, by),
    }
    return render(request, "outbound/endpoint_list.html", context, status=form_status(form))


@signed_in
def endpoint_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    return endpoint_page(request, visible(endpoints_visible_to(actor(request)), pk=pk))


def endpoint_page(
    request: HttpRequest,
    endpoint: Endpoint,
    *,
    form: ActForm | None = None,
    revealed: RevealedSecret | None = None,
) -> HttpResponse:
    by = actor(request)
    form = form or form_of(choose_events)(initial={"events": endpoint.events})
    page = Paginator(messages_of(endpoint), MESSAGES_A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "endpoint": endpoint,
        "secret": revealed.secret if revealed else "",
        "events": [Event(event).label for event in endpoint.events],
        "why_disabled": why_failed(endpoint.disabled_code, endpoint),
        "page": page,
        "acts": acts_on_endpoint(endpoint, by),
        "form": form,
        "retries": [pause_in_words(pause) for pause in RETRIES],
        "disable_days": DISABLE_AFTER.days,
        "timeline": timeline_of(f"endpoint:{endpoint.pk}", by=by),
    }
    return render(request, "outbound/endpoint_detail.html", context, status=form_status(form))


@require_POST
@signed_in
def endpoint_rotate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Replace the secret, and show the new one in the answer itself."""
    revealed = rotate_secret(pk, by=actor(request))
    return endpoint_page(request, revealed.endpoint, revealed=revealed)
