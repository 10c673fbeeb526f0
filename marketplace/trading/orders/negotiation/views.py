"""The pages on which a side makes a counter-offer, and ends a contract."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.core.locking import visible
from marketplace.trading.listings.listing.forms import TradingReasonForm
from marketplace.trading.orders.acts import acts_on_order
from marketplace.trading.orders.contract.services import terminate_contract
from marketplace.trading.orders.negotiation.forms import CounterForm
from marketplace.trading.orders.negotiation.in_words import offers_in_words
from marketplace.trading.orders.negotiation.selectors import latest_proposal
from marketplace.trading.orders.negotiation.services import counter_order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.views import order_page
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor


@signed_in
def order_counter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer the other side's offer with one of one's own."""
    by = actor(request)
    order = visible(orders_visible_to(by), pk=pk)
    latest = latest_proposal(order)
    offer = latest.digest if latest else ""
    form = CounterForm(request.POST or None, order=order, offer=offer)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            lambda: counter_order(
                pk,
                offer=form.cleaned_data["answers"],
                plan=form.agreed_plan(),
                terms=form.terms(),
                message=form.cleaned_data["message"],
                by=by,
            ),
        )
        if made is not None:
            messages.success(request, _("Your offer is made. The other side answers it."))
            return redirect("order_detail", pk=pk)
    context = {
        "form": form,
        "order": order,
        "offers": offers_in_words(order),
        "acts": acts_on_order(order, by),
    }
    return render(request, "trading/orders/order_counter.html", context, status=form_status(form))


@require_POST
@signed_in
def order_terminate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Terminate the contract of an order."""
    by, form = actor(request), TradingReasonForm(request.POST)
    if (
        form.is_valid()
        and attempt(form, lambda: terminate_contract(pk, reason=form.cleaned_data["reason"], by=by))
        is not None
    ):
        messages.success(request, _("The termination is recorded, and the other side is notified."))
        return redirect("order_detail", pk=pk)
    return order_page(request, visible(orders_visible_to(by), pk=pk), reason_form=form)
