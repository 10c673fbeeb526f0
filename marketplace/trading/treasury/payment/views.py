from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from marketplace.core import visible
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.treasury.payment.rules import recorded_payment
from marketplace.web.pages import signed_in
from marketplace.web.requests import actor


@signed_in
def order_payment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lead from an order to the payment that waits for a second finance officer."""
    by = actor(request)
    payment = recorded_payment(visible(orders_visible_to(by), pk=pk), by)
    return redirect("payment_detail", pk=payment.pk)
