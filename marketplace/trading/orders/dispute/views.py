"""The pages of disputes, for both sides and the centre."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.accounts.person.selectors import names_of
from marketplace.accounts.policies import is_centre_staff
from marketplace.accounts.timeline import timeline_of
from marketplace.core import allowed, visible
from marketplace.trading.orders.contract.selectors import contract_of
from marketplace.trading.orders.dispute.models import Dispute, EarlierMediator
from marketplace.trading.orders.dispute.presentation import movements_of, pieces_of, refund_label
from marketplace.trading.orders.dispute.rules import (
    acts_on_dispute,
    check_agree_settlement,
    has_agreed,
)
from marketplace.trading.orders.dispute.selectors import (
    disputes_visible_to,
    exhibits_of,
    takeovers_of,
)
from marketplace.trading.orders.dispute.services import (
    appeal_dispute,
    decide_dispute,
    open_dispute,
    propose_settlement,
    show_exhibit,
    take_over_mediation,
)
from marketplace.trading.orders.order.policies import side_of
from marketplace.trading.orders.order.selectors import orders_visible_to
from marketplace.trading.orders.settlement.selectors import held_of
from marketplace.vault.services import open_stored
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.taking import form_of


@require_POST
@signed_in
def dispute_open(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, form = actor(request), form_of(open_dispute)(request.POST)
    order = visible(orders_visible_to(by), pk=pk)
    if form.is_valid():
        opened = attempt(form, lambda: open_dispute(pk, text=form.cleaned_data["text"], by=by))
        if opened is not None:
            messages.success(request, _("The dispute is open. Payment and access are on hold."))
            return redirect("dispute_detail", pk=opened.pk)
    context = {"order": order, "form": form}
    return render(request, "trading/orders/disputes/open.html", context, status=form_status(form))


@login_required
def dispute_exhibit(request: HttpRequest, pk: UUID, exhibit_pk: UUID) -> FileResponse:
    """Give a file to both sides and the centre, as an attachment and nothing else."""
    dispute = visible(disputes_visible_to(actor(request)), pk=pk)
    file = visible(exhibits_of(dispute), pk=exhibit_pk).file
    return FileResponse(
        open_stored(file),
        as_attachment=True,
        filename=file.name,
        content_type="application/octet-stream",
    )


def dispute_page(request: HttpRequest, /, pk: UUID, **forms: Form) -> HttpResponse:
    by = actor(request)
    dispute = visible(disputes_visible_to(by), pk=pk)
    order = dispute.order
    context = {
        "dispute": dispute,
        "order": order,
        "held": held_of(order),
        "refund_label": refund_label(dispute),
        "pieces": pieces_of(dispute),
        "movements": movements_of(dispute),
        "contract": contract_of(order),
        "exhibits": exhibits_of(dispute),
        "show": forms.get("show", form_of(show_exhibit)()),
        "propose": forms.get("propose", form_of(propose_settlement)()),
        "decide": forms.get("decide", form_of(decide_dispute)()),
        "appeal": forms.get("appeal", form_of(appeal_dispute)()),
        "take_over": forms.get("take_over", form_of(take_over_mediation)()),
        "answer": forms.get("answer"),
        "acts": acts_on_dispute(dispute, by),
        "has_agreed": has_agreed(dispute, side_of(by, order)),
        "agreeing": allowed({"agree": check_agree_settlement}, dispute, by),
        "takeovers": _takeovers(dispute) if is_centre_staff(by) else [],
        "timeline": timeline_of(f"dispute:{dispute.pk}", by=by),
    }
    status = max((form_status(form) for form in forms.values()), default=200)
    return render(request, "trading/orders/disputes/detail.html", context, status=status)


def _takeovers(dispute: Dispute) -> list[tuple[str, str, EarlierMediator]]:
    rows = list(takeovers_of(dispute))
    names = names_of([*(row.person_id for row in rows), *(row.taken_over_by_id for row in rows)])
    return [
        (names.get(row.person_id, ""), names.get(row.taken_over_by_id, ""), row) for row in rows
    ]


@require_POST
@signed_in
def dispute_show(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, form = actor(request), form_of(show_exhibit)(request.POST, request.FILES)
    act = partial(show_exhibit, pk, by=by)
    if form.is_valid() and attempt(form, lambda: act(**form.taken())) is not None:
        messages.success(request, _("The file is added, encrypted."))
        return redirect("dispute_detail", pk=pk)
    return dispute_page(request, pk, show=form)
