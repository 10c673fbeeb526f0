"""The pages of amendments: to propose, to read, to sign, and to keep."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.selectors import timeline_of
from marketplace.core import visible
from marketplace.trading.orders.acts import acts_on_amendment, acts_on_contract
from marketplace.trading.orders.amendment.forms import AmendForm
from marketplace.trading.orders.amendment.presentation import changes_in_words
from marketplace.trading.orders.amendment.rules import fixed_price, fixed_terms
from marketplace.trading.orders.amendment.selectors import (
    amendment_document,
    amendments_visible_to,
    waiting_amendment,
)
from marketplace.trading.orders.amendment.services import (
    decline_amendment,
    propose_amendment,
    sign_amendment,
)
from marketplace.trading.orders.approval.deals import deal_of_amendment
from marketplace.trading.orders.approval.selectors import approvals_of
from marketplace.trading.orders.contract.forms import PasskeySignForm, SignForm
from marketplace.trading.orders.contract.presentation import signed_in_words
from marketplace.trading.orders.contract.selectors import contracts_visible_to
from marketplace.trading.orders.contract.wording import texts_by_language
from marketplace.trading.orders.order.policies import side_of
from marketplace.trading.orders.signature.views import accepted, bound_by, to_sign
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm, form_of


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
def amendment_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    return amendment_page(request, pk)


@require_POST
@signed_in
def amendment_sign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Accept an amendment before the centre as a witness, by one's password."""
    by, form = actor(request), SignForm(request.POST)
    if accepted(
        request,
        form,
        lambda: sign_amendment(
            pk, digest=form.cleaned_data["digest"], password=form.cleaned_data["password"], by=by
        ),
    ):
        messages.success(request, _("You have accepted. The centre has witnessed it."))
        return redirect("amendment_detail", pk=pk)
    return amendment_page(request, pk, form=form)


@require_POST
@signed_in
def amendment_sign_by_passkey(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, form = actor(request), PasskeySignForm(request.POST)
    if (
        form.is_valid()
        and attempt(
            form,
            lambda: sign_amendment(
                pk, digest=form.cleaned_data["digest"], assertion=form.assertion(), by=by
            ),
        )
        is not None
    ):
        messages.success(request, _("You have signed with your passkey."))
        return redirect("amendment_detail", pk=pk)
    return amendment_page(request, pk, passkey_form=form)


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
    passkey_form: PasskeySignForm | None = None,
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
