"""The pages on which one orders what is listed, or offers other terms."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.core import visible
from marketplace.trading.listings.listing.selectors import listings_visible_to
from marketplace.trading.listings.market.rules import acts_on_offer
from marketplace.trading.listings.plans import Menu, chosen_plan
from marketplace.trading.listings.terms.presentation import terms_facts
from marketplace.trading.orders.negotiation.forms import OrderForm, OwnTermsForm
from marketplace.trading.orders.negotiation.services import (
    Offered,
    drawn_up,
    place_order,
)
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
def order_place(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    listing = visible(listings_visible_to(by), pk=pk)
    form = OrderForm(request.POST or None, listing=listing)
    if request.method == "POST" and form.is_valid():
        order = attempt(form, lambda: place_order(pk, **form.taken(), by=by))
        if order is not None:
            messages.success(request, _("Your order is placed. The seller answers it."))
            return redirect("order_detail", pk=order.pk)
    plan = listing.price_plan
    context = {
        "form": form,
        "listing": listing,
        "plan": plan.describe(listing.currency),
        "tiers": plan.choices(listing.currency) if isinstance(plan, Menu) else [],
        "terms": terms_facts(listing.terms, delivery_mode=listing.delivery_mode),
        "acts": acts_on_offer(listing, by),
    }
    return render(request, "trading/orders/order_place.html", context, status=form_status(form))
