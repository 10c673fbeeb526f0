"""The pages of an order, its contract and its amendments."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.setting.selectors import centre_bank_account
from marketplace.accounts.timeline import timeline_of
from marketplace.core import visible
from marketplace.trading.listings.listing.rights import sells_right
from marketplace.trading.listings.terms.presentation import terms_facts
from marketplace.trading.orders.acts import acts_on_amendment, acts_on_contract, acts_on_order
from marketplace.trading.orders.amendment.forms import AmendForm
from marketplace.trading.orders.amendment.presentation import changes_in_words, fee_in_words
from marketplace.trading.orders.amendment.rules import fixed_price, fixed_terms
from marketplace.trading.orders.amendment.selectors import (
    amendment_document,
    amendments_of,
    amendments_visible_to,
    waiting_amendment,
)
from marketplace.trading.orders.amendment.services import decline_amendment, propose_amendment
from marketplace.trading.orders.approval.deals import deal_of_amendment, deal_of_contract
from marketplace.trading.orders.approval.selectors import approvals_of
from marketplace.trading.orders.contract.presentation import signatures_in_words, signed_in_words
from marketplace.trading.orders.contract.rules import leave_until
from marketplace.trading.orders.contract.selectors import (
    contract_document,
    contract_of,
    contracts_visible_to,
)
from marketplace.trading.orders.contract.services import accept_order
from marketplace.trading.orders.contract.wording import texts_by_language
from marketplace.trading.orders.deletion.presentation import deletion_on_page
from marketplace.trading.orders.dispute.selectors import disputes_of
from marketplace.trading.orders.negotiation.forms import CounterForm
from marketplace.trading.orders.negotiation.in_words import offers_in_words
from marketplace.trading.orders.negotiation.selectors import latest_proposal
from marketplace.trading.orders.negotiation.services import (
    counter_order,
    decline_order,
)
from marketplace.trading.orders.objection.presentation import remedies_on_page
from marketplace.trading.orders.objection.services import (
    decline_remedy,
    offer_remedy,
)
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.policies import (
    Side,
    may_read_dossier,
    may_see_delivery,
    side_of,
)
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.pages.presentation import next_step, order_steps
from marketplace.trading.orders.promise.selectors import missed_revisions_of
from marketplace.trading.orders.recall.presentation import recall_on_page
from marketplace.trading.orders.remedy.selectors import remedies_visible_to
from marketplace.trading.orders.right_sale.sold_rights import transfer_of
from marketplace.trading.orders.settlement.forms import AmountForm, PaymentForm
from marketplace.trading.orders.settlement.held_money import split_to_come
from marketplace.trading.orders.settlement.rules import acts_on_charge
from marketplace.trading.orders.settlement.selectors import (
    charges_of,
    credit_of,
    open_charge_of,
    transfers_of,
)
from marketplace.trading.orders.settlement.settled import settled_of
from marketplace.trading.orders.signature.forms import SignForm
from marketplace.trading.orders.signature.views import bound_by, to_sign
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm, form_of


@require_POST
@signed_in
def order_accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Accept the latest offer of an order."""
    by, form = actor(request), form_of(accept_order)(request.POST)
    if form.is_valid():
        order = accept_order(pk, **form.taken(), by=by)
        messages.success(request, _("The offer is accepted. Read the contract and sign it."))
        return redirect("contract_detail", pk=order.contract.pk)
    order = visible(orders_visible_to(by), pk=pk)
    return order_page(request, order, accept_form=form)


def order_page(
    request: HttpRequest,
    order: Order,
    *,
    reason_form: ActForm | None = None,
    payment_form: PaymentForm | None = None,
    remedy_form: ActForm | None = None,
    accept_form: ActForm | None = None,
) -> HttpResponse:
    by = actor(request)
    reason_form, payment_form = (
        reason_form or form_of(decline_order)(),
        payment_form or PaymentForm(),
    )
    remedy_form = remedy_form or form_of(offer_remedy)()
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
        "accept_form": accept_form,
        "timeline": timeline_of(f"order:{order.pk}", by=by),
    }
    sent = (reason_form, payment_form, remedy_form, *filter(None, [accept_form]))
    status = max(form_status(form) for form in sent)
    return render(request, "trading/orders/order_detail.html", context, status=status)


@signed_in
def contract_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the document away that both sides signed, to be checked without the centre."""
    contract = visible(contracts_visible_to(actor(request)), pk=pk)
    answer = HttpResponse(contract_document(contract), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="contract-{contract.pk}.json"'
    return answer


def contract_page(
    request: HttpRequest,
    pk: UUID,
    *,
    form: SignForm | None = None,
    passkey_form: ActForm | None = None,
) -> HttpResponse:
    by = actor(request)
    contract = visible(contracts_visible_to(by), pk=pk)
    order = contract.order
    side = side_of(by, order)
    acts = acts_on_contract(contract, by)
    context = {
        "contract": contract,
        "order": order,
        "texts": texts_by_language(contract.text, contract.language),
        "signatures": signatures_in_words(contract),
        "is_void": order.awaits_signatures and contract.is_of_earlier_form,
        "amendments": amendments_of(contract),
        "acts": acts,
        "timeline": timeline_of(f"contract:{contract.pk}", by=by),
        **bound_by(
            deal_of_contract(contract, side) if side else None,
            approvals_of(contract.pk, by),
            acts,
            "sign_contract",
        ),
        **to_sign(
            contract.digest,
            contract.pk,
            side=side,
            person_id=by.person_id,
            may_sign=acts["sign_contract"],
            form=form,
            passkey_form=passkey_form,
        ),
    }
    status = max(form_status(each) for each in (context["form"], context["passkey_form"]))
    return render(request, "trading/orders/contract_detail.html", context, status=status)


@signed_in
def contract_amend(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    contract = visible(contracts_visible_to(by), pk=pk)
    order = contract.order
    form = AmendForm(request.POST or None, order=order)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            form,
            lambda: propose_amendment(
                pk,
                terms=form.terms(),
                plan=form.agreed_plan(),
                message=form.cleaned_data["message"],
                by=by,
            ),
        )
        if made is not None:
            messages.success(
                request, _("The amendment is proposed. Read its text and sign it for your side.")
            )
            return redirect("amendment_detail", pk=made.pk)
    context = {
        "form": form,
        "contract": contract,
        "order": order,
        "fixed": list(dict.fromkeys((fixed_price(order), *fixed_terms(order).values()))),
        "waiting": waiting_amendment(contract),
        "acts": acts_on_contract(contract, by),
    }
    return render(
        request, "trading/orders/amendments/propose.html", context, status=form_status(form)
    )


@signed_in
def amendment_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the document away that both sides signed, to be checked without the centre."""
    amendment = visible(amendments_visible_to(actor(request)), pk=pk)
    answer = HttpResponse(amendment_document(amendment), content_type="application/json")
    name = f"amendment-{amendment.number}-{amendment.contract_id}.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def amendment_page(
    request: HttpRequest,
    pk: UUID,
    *,
    form: SignForm | None = None,
    passkey_form: ActForm | None = None,
    reason_form: ActForm | None = None,
) -> HttpResponse:
    by = actor(request)
    amendment = visible(amendments_visible_to(by), pk=pk)
    order, reason_form = amendment.contract.order, reason_form or form_of(decline_amendment)()
    side = side_of(by, order)
    acts = acts_on_amendment(amendment, by)
    context = {
        "amendment": amendment,
        "contract": amendment.contract,
        "order": order,
        "texts": texts_by_language(amendment.text, amendment.language),
        "changes": changes_in_words(amendment),
        "signatures": signed_in_words(order, amendment.signatures.all()),
        "acts": acts,
        "reason_form": reason_form,
        "timeline": timeline_of(f"amendment:{amendment.pk}", by=by),
        **bound_by(
            deal_of_amendment(amendment, side) if side else None,
            approvals_of(amendment.pk, by),
            acts,
            "sign_amendment",
        ),
        **to_sign(
            amendment.digest,
            amendment.pk,
            side=side,
            person_id=by.person_id,
            may_sign=acts["sign_amendment"],
            form=form,
            passkey_form=passkey_form,
        ),
    }
    sent = (context["form"], context["passkey_form"], reason_form)
    status = max(form_status(each) for each in sent)
    return render(request, "trading/orders/amendments/detail.html", context, status=status)


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
def remedy_decline(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, form = actor(request), form_of(decline_remedy)(request.POST)
    remedy = visible(remedies_visible_to(by), pk=pk)
    if form.is_valid():
        declined = attempt(form, lambda: decline_remedy(pk, **form.cleaned_data, by=by))
        if declined is not None:
            messages.success(request, _("You have declined. The objection stands."))
            return redirect("order_detail", pk=remedy.order_id)
    return order_page(request, remedy.order, reason_form=form)
