"""The pages by which a seller answers an objection, and a buyer what is offered."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.core import visible
from marketplace.trading.orders.order.views import order_page
from marketplace.trading.orders.remedy.selectors import remedies_visible_to
from marketplace.trading.orders.remedy.services import (
    accept_remedy,
    decline_remedy,
)
from marketplace.web.pages import attempt, signed_in
from marketplace.web.requests import actor
from marketplace.web.taking import form_of


@require_POST
@signed_in
def remedy_accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    remedy = accept_remedy(pk, by=actor(request))
    messages.success(request, _("You have accepted. The objection is settled."))
    return redirect("order_detail", pk=remedy.order_id)


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
