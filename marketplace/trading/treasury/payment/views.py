from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.core import visible
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.pages.views import order_page
from marketplace.trading.orders.settlement.forms import PaymentForm
from marketplace.trading.treasury.payment.rules import recorded_payment
from marketplace.trading.treasury.payment.services import (
    record_payment,
)
from marketplace.web.pages import attempt, signed_in
from marketplace.web.requests import actor


@require_POST
@signed_in
def payment_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, form = actor(request), PaymentForm(request.POST)
    if (
        form.is_valid()
        and attempt(form, lambda: record_payment(pk, **form.cleaned_data, by=by)) is not None
    ):
        messages.success(
            request,
            _(
                "The payment is recorded. It counts once a second finance officer confirms it, or "
                "the bank's statement tells of it."
            ),
        )
        return redirect("order_detail", pk=pk)
    return order_page(request, visible(orders_visible_to(by), pk=pk), payment_form=form)


@signed_in
def order_payment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lead from an order to the payment that waits for a second finance officer."""
    by = actor(request)
    payment = recorded_payment(visible(orders_visible_to(by), pk=pk), by)
    return redirect("payment_detail", pk=payment.pk)
