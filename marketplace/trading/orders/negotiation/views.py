"""The pages on which a side makes a counter-offer, and ends a contract."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.core import visible
from marketplace.trading.listings.acts import acts_on_offer
from marketplace.trading.listings.listing.selectors import listings_visible_to
from marketplace.trading.listings.plans import chosen_plan
from marketplace.trading.orders.acts import acts_on_order
from marketplace.trading.orders.negotiation.forms import CounterForm, OwnTermsForm
from marketplace.trading.orders.negotiation.in_words import offers_in_words
from marketplace.trading.orders.negotiation.selectors import latest_proposal
from marketplace.trading.orders.negotiation.services import counter_order
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.services import Offered, drawn_up, place_order
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor


@signed_in
def order_offer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Order what is listed at terms of one's own, which the seller accepts or not."""
    by = actor(request)
    listing = visible(listings_visible_to(by), pk=pk)
    tier = request.GET.get("tier", "")
    order = drawn_up(listing, chosen_plan(listing.price_plan, tier), tier=tier)
    form = OwnTermsForm(request.POST or None, order=order)
    if request.method == "POST" and form.is_valid():
        placed = attempt(
            form,
            lambda: place_order(
                pk,
                purpose=form.cleaned_data["wanted_for"],
                request_key=form.cleaned_data["request_key"],
                tier=tier,
                offer=Offered(form.agreed_plan(), form.terms(), form.cleaned_data["message"]),
                by=by,
            ),
        )
        if placed is not None:
            messages.success(request, _("Your offer is with the seller, who answers it."))
            return redirect("order_detail", pk=placed.pk)
    context = {"form": form, "listing": listing, "acts": acts_on_offer(listing, by)}
    return render(request, "trading/orders/order_offer.html", context, status=form_status(form))


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
