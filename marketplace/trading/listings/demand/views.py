from uuid import UUID

import django_tables2 as tables
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from marketplace.accounts.timeline import timeline_of
from marketplace.core import visible
from marketplace.trading.listings.demand.filters import DemandFilters
from marketplace.trading.listings.demand.forms import DemandAnswerForm, DemandForm
from marketplace.trading.listings.demand.models import Demand
from marketplace.trading.listings.demand.rules import acts_on_board, acts_on_demand
from marketplace.trading.listings.demand.selectors import answers_visible_to, demands_visible_to
from marketplace.trading.listings.demand.services import answer_demand, post_demand
from marketplace.trading.listings.market.selectors import own_published_listings
from marketplace.web.lists import list_page
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.tables import CentreTable, StateColumn


class DemandTable(CentreTable):
    """Requests for data, for buyers and officers."""

    caption = gettext_lazy("Requests for data")
    stacks = True
    title = tables.Column(linkify=("demand_detail", {"pk": tables.A("pk")}))
    buyer = tables.Column(verbose_name=gettext_lazy("Buyer"))
    state = StateColumn()
    open_until = tables.DateColumn(verbose_name=gettext_lazy("Open until"))

    class Meta(CentreTable.Meta):
        model = Demand
        fields = ("title", "buyer", "state", "open_until")
        empty_text = gettext_lazy("There is no request yet.")


@signed_in
def demand_list(request: HttpRequest) -> HttpResponse:
    by = actor(request)
    return list_page(
        request,
        "trading/listings/demand_list.html",
        DemandTable,
        demands_visible_to(by),
        filters=DemandFilters,
        context={"acts": acts_on_board(by)},
    )


@signed_in
def demand_post(request: HttpRequest) -> HttpResponse:
    by, form = actor(request), DemandForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        demand = attempt(
            form,
            lambda: post_demand(
                wish=form.wish(), request_key=form.cleaned_data["request_key"], by=by
            ),
        )
        if demand is not None:
            messages.success(request, _("Your request stands on the board."))
            return redirect("demand_detail", pk=demand.pk)
    context = {"form": form, "acts": acts_on_board(by)}
    return render(request, "trading/listings/demand_post.html", context, status=form_status(form))


@signed_in
def demand_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _demand_page(request, visible(demands_visible_to(actor(request)), pk=pk))


@require_POST
@signed_in
def demand_answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    form = DemandAnswerForm(request.POST, listings=own_published_listings(by))
    if (
        form.is_valid()
        and attempt(
            form,
            lambda: answer_demand(
                pk,
                listing_id=form.cleaned_data["listing"],
                message=form.cleaned_data["message"],
                by=by,
            ),
        )
        is not None
    ):
        messages.success(request, _("Your answer is sent to the buyer."))
        return redirect("demand_detail", pk=pk)
    return _demand_page(request, visible(demands_visible_to(by), pk=pk), form=form)


def _demand_page(
    request: HttpRequest, demand: Demand, *, form: DemandAnswerForm | None = None
) -> HttpResponse:
    by = actor(request)
    form = form or DemandAnswerForm(listings=own_published_listings(by))
    context = {
        "demand": demand,
        "answers": answers_visible_to(by).filter(demand=demand),
        "form": form,
        "acts": acts_on_demand(demand, by),
        "timeline": timeline_of(f"demand:{demand.pk}", by=by),
    }
    return render(request, "trading/listings/demand_detail.html", context, status=form_status(form))
