from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.lineage.rules import acts_on_lineage, acts_on_origin
from marketplace.catalog.lineage.selectors import origins_visible_to
from marketplace.catalog.lineage.services import declare_origin, withdraw_origin
from marketplace.core import visible
from marketplace.trading.orders.lineage.selectors import bought_by, lineage_of
from marketplace.trading.orders.lineage.services import declare_bought_origin
from marketplace.trading.orders.order.models import Order
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.taking import ActForm, form_of


@signed_in
def dataset_lineage(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _page(request, visible(datasets_visible_to(actor(request)), pk=pk))


@require_POST
@signed_in
def origin_declare(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Name another dataset, or data from elsewhere, as an origin."""
    by = actor(request)
    dataset = visible(datasets_visible_to(by), pk=pk)
    form = _origin_form(request.POST, request, dataset)
    if form.is_valid():
        sent = form.taken()
        if attempt(form, lambda: declare_origin(pk, **sent, by=by)) is not None:
            messages.success(request, _("The origin is named."))
            return redirect("dataset_lineage", pk=pk)
    return _page(request, dataset, origin_form=form)


@require_POST
@signed_in
def bought_origin_declare(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    dataset = visible(datasets_visible_to(by), pk=pk)
    form = _bought_form(request.POST, bought_by(by))
    if form.is_valid():
        sent = form.taken()
        if attempt(form, lambda: declare_bought_origin(pk, **sent, by=by)) is not None:
            messages.success(request, _("The origin is named."))
            return redirect("dataset_lineage", pk=pk)
    return _page(request, dataset, bought_form=form)


@require_POST
@signed_in
def origin_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, form = actor(request), form_of(withdraw_origin)(request.POST)
    origin = visible(origins_visible_to(by), pk=pk)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: withdraw_origin(pk, reason=reason, by=by)) is not None:
            messages.success(request, _("The origin is withdrawn."))
            return redirect("dataset_lineage", pk=origin.dataset_id)
    return _page(request, origin.dataset, reason_form=form)


def _origin_form(sent: QueryDict | None, request: HttpRequest, dataset: Dataset) -> ActForm:
    own = datasets_visible_to(actor(request)).filter(organization_id=dataset.organization_id)
    others = [(str(each.pk), each.title) for each in own.exclude(pk=dataset.pk).order_by("title")]
    return form_of(declare_origin)(sent, offered={"upstream_id": [("", "–"), *others]})


def _bought_form(sent: QueryDict | None, orders: Iterable[Order]) -> ActForm:
    offered = [
        (str(each.pk), f"{each.listing.title} ({each.listing.organization.name})")
        for each in orders
    ]
    return form_of(declare_bought_origin)(sent, offered={"order_id": offered})


def _page(
    request: HttpRequest,
    dataset: Dataset,
    *,
    origin_form: ActForm | None = None,
    bought_form: ActForm | None = None,
    reason_form: ActForm | None = None,
) -> HttpResponse:
    by = actor(request)
    acts = acts_on_lineage(dataset, by)
    orders = bought_by(by) if acts["declare_origin"] else []
    origin_form = origin_form or _origin_form(None, request, dataset)
    bought_form = bought_form or _bought_form(None, orders)
    reason_form = reason_form or form_of(withdraw_origin)()
    withdrawable = [
        each.pk
        for each in origins_visible_to(by).filter(dataset=dataset, withdrawn_at=None)
        if acts_on_origin(each, by)["withdraw_origin"]
    ]
    context = {
        "dataset": dataset,
        "lineage": lineage_of(dataset, by),
        "acts": acts,
        "withdrawable": withdrawable,
        "origin_form": origin_form,
        "bought_form": bought_form if orders else None,
        "reason_form": reason_form,
    }
    status = max(form_status(form) for form in (origin_form, bought_form, reason_form))
    return render(request, "trading/orders/lineage/lineage.html", context, status=status)
