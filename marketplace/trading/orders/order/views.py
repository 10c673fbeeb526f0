from uuid import UUID

import django_tables2 as tables
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from marketplace.accounts.selectors import timeline_of
from marketplace.accounts.setting.selectors import centre_bank_account
from marketplace.core import visible
from marketplace.trading.listings.acts import acts_on_offer
from marketplace.trading.listings.listing.selectors import listings_visible_to
from marketplace.trading.listings.plans import Menu
from marketplace.trading.listings.sale.rights import sells_right
from marketplace.trading.listings.terms.presentation import terms_facts
from marketplace.trading.orders.acts import acts_on_charge, acts_on_order
from marketplace.trading.orders.amendment.presentation import fee_in_words
from marketplace.trading.orders.contract.rules import leave_until
from marketplace.trading.orders.contract.selectors import contract_of
from marketplace.trading.orders.deletion.presentation import deletion_on_page
from marketplace.trading.orders.dispute.selectors import disputes_of
from marketplace.trading.orders.negotiation.in_words import offers_in_words
from marketplace.trading.orders.negotiation.selectors import latest_proposal
from marketplace.trading.orders.order.forms import OrderForm
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import (
    Side,
    may_read_dossier,
    may_see_delivery,
    side_of,
)
from marketplace.trading.orders.order.presentation import next_step, order_steps
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.order.services import (
    accept_order,
    decline_order,
    place_order,
)
from marketplace.trading.orders.promise.selectors import missed_revisions_of
from marketplace.trading.orders.recall.presentation import recall_on_page
from marketplace.trading.orders.remedy.forms import RemedyForm
from marketplace.trading.orders.remedy.presentation import remedies_on_page
from marketplace.trading.orders.right_sale.sold_rights import transfer_of
from marketplace.trading.orders.settlement.forms import AmountForm, PaymentForm
from marketplace.trading.orders.settlement.held_money import split_to_come
from marketplace.trading.orders.settlement.selectors import (
    charges_of,
    credit_of,
    open_charge_of,
    transfers_of,
)
from marketplace.trading.orders.settlement.settled import settled_of
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.tables import CentreTable, HumanNumberColumn, MoneyColumn, StateColumn
from marketplace.web.taking import ActForm, form_of


class OrderTable(CentreTable):
    caption = gettext_lazy("Orders")
    stacks = True
    number = HumanNumberColumn()
    title = tables.Column(
        accessor="listing__title",
        verbose_name=gettext_lazy("Data"),
        linkify=("order_detail", {"pk": tables.A("pk")}),
    )
    seller = tables.Column(accessor="listing__organization", verbose_name=gettext_lazy("Seller"))
    buyer = tables.Column(verbose_name=gettext_lazy("Buyer"))
    price = MoneyColumn()
    state = StateColumn()
    created_at = tables.DateColumn(verbose_name=gettext_lazy("Ordered on"))

    class Meta(CentreTable.Meta):
        model = Order
        fields = ("number", "title", "seller", "buyer", "price", "state", "created_at")
        empty_text = gettext_lazy("There is no order yet.")


@signed_in
def order_place(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    listing = visible(listings_visible_to(by), pk=pk)
    form = OrderForm(request.POST or None, listing=listing)
    if request.method == "POST" and form.is_valid():
        order = attempt(form, lambda: place_order(pk, **form.cleaned_data, by=by))
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


@signed_in
def order_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    return order_page(request, visible(orders_visible_to(actor(request)), pk=pk))


@require_POST
@signed_in
def order_accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Accept the latest offer of an order."""
    order = accept_order(pk, offer=request.POST.get("offer", ""), by=actor(request))
    messages.success(request, _("The offer is accepted. Read the contract and sign it."))
    return redirect("contract_detail", pk=order.contract.pk)


def order_page(
    request: HttpRequest,
    order: Order,
    *,
    reason_form: ActForm | None = None,
    payment_form: PaymentForm | None = None,
    remedy_form: RemedyForm | None = None,
) -> HttpResponse:
    by = actor(request)
    reason_form, payment_form = (
        reason_form or form_of(decline_order)(),
        payment_form or PaymentForm(),
    )
    remedy_form = remedy_form or RemedyForm()
    contract, side = contract_of(order), side_of(by, order)
    is_right, transfer = sells_right(order.listing), transfer_of(order)
    to_pay = open_charge_of(order)
    context = {
        "order": order,
        "listing": order.listing,
        "contract": contract,
        "side": side,
        "steps": order_steps(order),
        "next": next_step(order, contract, side, transfer),
        "split": split_to_come(order),
        "terms": terms_facts(order.terms, delivery_mode=order.listing.delivery_mode),
        "plan": fee_in_words(order),
        "transfers": transfers_of(order),
        "charges": charges_of(order).prefetch_related("invoices"),
        "missed": list(missed_revisions_of(order)),
        "pay_to": centre_bank_account() if order.awaits_payment else "",
        "refund_form": AmountForm(),
        "is_negotiating": order.is_negotiating,
        "offers": offers_in_words(order),
        "latest": latest_proposal(order),
        "disputes": disputes_of(order),
        **remedies_on_page(order, by),
        "remedy_form": remedy_form,
        **recall_on_page(order),
        **deletion_on_page(order),
        "acts": acts_on_order(order, by),
        "leave_until": leave_until(order) if side == Side.BUYER else None,
        "to_pay": to_pay,
        "settled": settled_of(order),
        "acts_on_charge": acts_on_charge(to_pay, by) if to_pay else {},
        "credit": credit_of(order) if to_pay else None,
        "is_right": is_right,
        "transfer": transfer,
        "has_grant": not is_right and order.is_open_to_buyer and may_see_delivery(by, order),
        "reads_dossier": may_read_dossier(by, order),
        "reason_form": reason_form,
        "payment_form": payment_form,
        "timeline": timeline_of(f"order:{order.pk}", by=by),
    }
    status = max(form_status(form) for form in (reason_form, payment_form, remedy_form))
    return render(request, "trading/orders/order_detail.html", context, status=status)
