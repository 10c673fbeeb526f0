from uuid import UUID

import django_tables2 as tables
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from marketplace.accounts.timeline import timeline_of
from marketplace.core import Actor, visible
from marketplace.trading.listings.demand.filters import DemandFilters
from marketplace.trading.listings.demand.forms import DemandForm
from marketplace.trading.listings.demand.models import Demand
from marketplace.trading.listings.demand.rules import acts_on_board, acts_on_demand
from marketplace.trading.listings.demand.selectors import answers_visible_to, demands_visible_to
from marketplace.trading.listings.demand.services import Wish, answer_demand, post_demand
from marketplace.trading.listings.market.selectors import own_published_listings
from marketplace.web.lists import list_page
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.tables import CentreTable, StateColumn
from marketplace.web.taking import ActForm, form_of


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
        wish, key = Wish(**form.taken()), form.cleaned_data["request_key"]
        demand = attempt(form, lambda: post_demand(wish=wish, request_key=key, by=by))
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
    by, form = actor(request), _answer_form(actor(request), request.POST)
    is_sent = form.is_valid()
    if is_sent and attempt(form, lambda: answer_demand(pk, **form.taken(), by=by)) is not None:
        messages.success(request, _("Your answer is sent to the buyer."))
        return redirect("demand_detail", pk=pk)
    return _demand_page(request, visible(demands_visible_to(by), pk=pk), form=form)


def _answer_form(by: Actor, sent: QueryDict | None = None) -> ActForm:
    """Make the form that offers the listings of the actor's organization."""
    listings = [(str(one.pk), one.title) for one in own_published_listings(by)]
    return form_of(answer_demand)(
        sent, offered={"listing": [("", _("None, only a message")), *listings]}
    )


def _demand_page(
    request: HttpRequest, demand: Demand, *, form: ActForm | None = None
) -> HttpResponse:
    by = actor(request)
    form = form or _answer_form(by)
    context = {
        "demand": demand,
        "answers": answers_visible_to(by).filter(demand=demand),
        "form": form,
        "acts": acts_on_demand(demand, by),
        "timeline": timeline_of(f"demand:{demand.pk}", by=by),
    }
    return render(request, "trading/listings/demand_detail.html", context, status=form_status(form))
