"""The pages of contracts: to read, to sign, and to keep."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.selectors import timeline_of
from marketplace.core import visible
from marketplace.trading.orders.acts import acts_on_contract
from marketplace.trading.orders.amendment.selectors import amendments_of
from marketplace.trading.orders.approval.deals import deal_of_contract
from marketplace.trading.orders.approval.selectors import approvals_of
from marketplace.trading.orders.contract.forms import PasskeySignForm, SignForm
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.contract.presentation import signatures_in_words
from marketplace.trading.orders.contract.selectors import contract_document, contracts_visible_to
from marketplace.trading.orders.contract.services import sign_contract
from marketplace.trading.orders.contract.wording import texts_by_language
from marketplace.trading.orders.order import policies
from marketplace.trading.orders.signature.views import accepted, bound_by, to_sign
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor


@signed_in
def contract_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _contract_page(request, visible(contracts_visible_to(actor(request)), pk=pk))


@require_POST
@signed_in
def contract_sign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Accept a contract before the centre as a witness, by one's password."""
    by, form = actor(request), SignForm(request.POST)
    if accepted(
        request,
        form,
        lambda: sign_contract(
            pk, digest=form.cleaned_data["digest"], password=form.cleaned_data["password"], by=by
        ),
    ):
        messages.success(request, _("You have accepted. The centre has witnessed it."))
        return redirect("contract_detail", pk=pk)
    return _contract_page(request, visible(contracts_visible_to(by), pk=pk), form=form)


@require_POST
@signed_in
def contract_sign_by_passkey(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, form = actor(request), PasskeySignForm(request.POST)
    if (
        form.is_valid()
        and attempt(
            form,
            lambda: sign_contract(
                pk, digest=form.cleaned_data["digest"], assertion=form.assertion(), by=by
            ),
        )
        is not None
    ):
        messages.success(request, _("You have signed with your passkey."))
        return redirect("contract_detail", pk=pk)
    return _contract_page(request, visible(contracts_visible_to(by), pk=pk), passkey_form=form)


@signed_in
def contract_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the document away that both sides signed, to be checked without the centre."""
    contract = visible(contracts_visible_to(actor(request)), pk=pk)
    answer = HttpResponse(contract_document(contract), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="contract-{contract.pk}.json"'
    return answer


def _contract_page(
    request: HttpRequest,
    contract: Contract,
    *,
    form: SignForm | None = None,
    passkey_form: PasskeySignForm | None = None,
) -> HttpResponse:
    by, order = actor(request), contract.order
    side = policies.side_of(by, order)
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
