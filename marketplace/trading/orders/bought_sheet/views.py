"""What a buyer decided on: sheet and usage policy of an order."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from marketplace.core import visible
from marketplace.trading.listings.market.views import milestones, sheet_context
from marketplace.trading.orders.bought_sheet.selectors import bought_sheet
from marketplace.trading.orders.contract.usage_policy import agreement_policy
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.web.pages import signed_in
from marketplace.web.requests import actor


@signed_in
def order_sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what was ordered as its buyer read it, whatever became of the offer since."""
    by = actor(request)
    order = visible(orders_visible_to(by), pk=pk)
    bought = bought_sheet(order)
    context = {
        **sheet_context(bought.sheet, bought.sheet_digest),
        "listing": order.listing,
        "order": order,
        "timeline": milestones(order.listing, by),
    }
    return render(request, "trading/orders/order_sheet.html", context)


@signed_in
def order_policy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send the terms of an order as an ODRL policy, to its sides and the centre."""
    order = visible(orders_visible_to(actor(request)), pk=pk)
    return JsonResponse(agreement_policy(order), content_type="application/ld+json")
