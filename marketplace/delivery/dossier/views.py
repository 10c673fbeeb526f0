"""The page of a trade's papers, and all of them as one file."""

from typing import TypeVar
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from marketplace.core import visible
from marketplace.delivery.dossier.selectors import archive_of, paper_named, papers_of
from marketplace.delivery.dossier.services import read_dossier, save_dossier
from marketplace.trading.orders.order.policies import may_read_dossier
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.web.pages import signed_in
from marketplace.web.requests import actor

Response = TypeVar("Response", bound=HttpResponseBase)


@signed_in
def order_papers(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    order = visible(orders_visible_to(by), pk=pk)
    found = papers_of(pk, by=by)
    context = {
        "order": order,
        "listing": order.listing,
        "papers": found.papers,
        "receipts_left": found.receipts_left,
        "reads_dossier": may_read_dossier(by, order),
    }
    return render(request, "delivery/papers.html", context)


@require_safe
@login_required
def order_paper(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    paper = paper_named(pk, name, by=actor(request))
    response = HttpResponse(paper.content, content_type="application/octet-stream")
    return _saved_as(response, name.rpartition("/")[2])


@require_safe
@login_required
def order_archive(request: HttpRequest, pk: UUID) -> StreamingHttpResponse:
    """Send the papers of a trade as one ZIP, while it is written."""
    pieces = archive_of(pk, by=actor(request))
    response = StreamingHttpResponse(pieces, content_type="application/octet-stream")
    return _saved_as(response, f"papers-{pk}.zip")


@require_safe
@signed_in
def order_dossier(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Tell a trade from listing to payout."""
    dossier = read_dossier(pk, by=actor(request))
    context = {"dossier": dossier, "order": dossier.order, "listing": dossier.order.listing}
    return render(request, "delivery/dossier.html", context)


@require_safe
@login_required
def order_dossier_archive(request: HttpRequest, pk: UUID) -> StreamingHttpResponse:
    """Send the dossier of a trade with its papers as one ZIP, while it is written."""
    pieces = save_dossier(pk, by=actor(request))
    response = StreamingHttpResponse(pieces, content_type="application/octet-stream")
    return _saved_as(response, f"dossier-{pk}.zip")


def _saved_as(response: Response, name: str) -> Response:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
