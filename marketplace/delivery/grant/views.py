import json
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.core import WrongState, visible
from marketplace.delivery.grant.as_of import read_as_of
from marketplace.delivery.grant.presentation import (
    copy_context,
)
from marketplace.delivery.grant.responses import download_response
from marketplace.delivery.grant.selectors import (
    copy_of_order,
    grant_as_of,
    grant_of_order,
    grants_visible_to,
    told_revisions,
)
from marketplace.delivery.grant.serializers import GivenRevisionOut
from marketplace.delivery.grant.services import look_at_codebook
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.web.pages import signed_in
from marketplace.web.requests import actor

NEWEST_DOWNLOADS = 20


@signed_in
def order_grant(request: HttpRequest, pk: UUID) -> HttpResponse:
    order = visible(orders_visible_to(actor(request)), pk=pk)
    grant = grant_of_order(order.pk)
    copy = copy_of_order(order.pk) if grant is None else None
    if copy is not None:
        return render(
            request, "delivery/copy_detail.html", copy_context(order, copy, by=actor(request))
        )
    if grant is None:
        messages.info(
            request, _("Access opens a few seconds after the payment is held. Reload the page.")
        )
        return redirect("order_detail", pk=pk)
    return redirect("grant_detail", pk=grant.pk)


@signed_in
def order_copy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return how far the writing of a buyer's copy is; at its end, have the page fetched anew."""
    order = visible(orders_visible_to(actor(request)), pk=pk)
    copy = copy_of_order(order.pk)
    if copy is None:
        raise WrongState(_("Nothing is written for this order: the data is delivered as it is."))
    response = render(
        request, "delivery/partials/copy_state.html", copy_context(order, copy, by=actor(request))
    )
    if copy.run.is_final:
        response["HX-Refresh"] = "true"
    return response


@require_safe
@login_required
def grant_download(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Send the bytes of a grant, whole or one range."""
    return download_response(request, pk, by=actor(request))


@require_safe
@signed_in
def grant_codebook(request: HttpRequest, pk: UUID) -> HttpResponse:
    book = json.dumps(look_at_codebook(pk, by=actor(request)), ensure_ascii=False, indent=2)
    response = HttpResponse(book + "\n", content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="codebook.json"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@signed_in
def grant_manifest(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give what a revision of a grant is as a file; without `as_of`, of the one it gives now."""
    grant = visible(grants_visible_to(actor(request)), pk=pk)
    seen = grant_as_of(grant, read_as_of(request.GET.get("as_of", "")))
    given = told_revisions(grant).get(revision_id=seen.revision_id)
    told = json.dumps(GivenRevisionOut(given).data, ensure_ascii=False, indent=2, default=str)
    response = HttpResponse(told + "\n", content_type="application/json")
    name = f"manifest-{given.revision.number}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
