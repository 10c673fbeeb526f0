from uuid import UUID

import django_tables2 as tables
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts.timeline import timeline_of
from marketplace.appraisal.ceiling import presentation, rules
from marketplace.appraisal.ceiling.forms import CeilingForm
from marketplace.appraisal.ceiling.models import PriceCeiling
from marketplace.appraisal.ceiling.profile import ceiling_profile, is_public_data
from marketplace.appraisal.ceiling.rules import acts_on_ceiling
from marketplace.appraisal.ceiling.selectors import ceilings_visible_to
from marketplace.appraisal.ceiling.services import (
    approve_ceiling,
    draft_ceiling,
    return_ceiling,
    revise_ceiling,
    withdraw_ceiling,
)
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.core import visible
from marketplace.core.versions import version_of
from marketplace.web.pages import attempt, form_status, signed_in, unless_changed
from marketplace.web.requests import actor
from marketplace.web.tables import CentreTable, MoneyColumn, StateColumn
from marketplace.web.taking import ActForm, form_of

# A second person decides on a price ceiling.


@signed_in
def ceiling_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    return review_page(request, visible(ceilings_visible_to(actor(request)), pk=pk))


def review_page(
    request: HttpRequest,
    ceiling: PriceCeiling,
    *,
    approve_form: ActForm | None = None,
    return_form: ActForm | None = None,
) -> HttpResponse:
    approve_form = approve_form or form_of(approve_ceiling)()
    return_form = return_form or form_of(return_ceiling)()
    by = actor(request)
    context = {
        **presentation.shown(ceiling),
        "timeline": timeline_of(f"ceiling:{ceiling.pk}", by=by),
        "approve_form": approve_form,
        "return_form": return_form,
        "acts": acts_on_ceiling(ceiling, by),
    }
    status = max(form_status(approve_form), form_status(return_form))
    return render(request, "appraisal/ceiling_review.html", context, status=status)


class CeilingTable(CentreTable):
    """Price ceilings, the last period first."""

    caption = gettext_lazy("Price ceilings")
    stacks = True
    dataset = tables.Column(
        linkify=("ceiling_detail", {"pk": tables.A("pk")}), verbose_name=gettext_lazy("Dataset")
    )
    maximum_revenue = MoneyColumn()
    deducted = MoneyColumn()
    price = MoneyColumn()
    state = StateColumn()

    class Meta(CentreTable.Meta):
        model = PriceCeiling
        fields = (
            *("dataset", "organization", "period_from", "period_until", "maximum_revenue"),
            *("deducted", "price", "state"),
        )
        empty_text = gettext_lazy(
            "There is no price ceiling yet. Open a dataset of public data to draft one."
        )


# Price ceilings: drafted, revised, shown with their account, submitted, withdrawn, closed.


@signed_in
def ceiling_draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    dataset = visible(datasets_visible_to(by), pk=pk)
    rules.check_drafts(dataset, by)
    form = CeilingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ceiling = attempt(form, lambda: draft_ceiling(pk, permitted=form.permitted(), by=by))
        if ceiling is not None:
            messages.success(request, _("The ceiling is computed. Check it, then submit it."))
            return redirect("ceiling_detail", pk=ceiling.pk)
    context = {
        "form": form,
        "dataset": dataset,
        "is_public": is_public_data(dataset.asset_kind),
        "rate": ceiling_profile().permitted_profit_rate,
        "currency": settings.CENTRE["CURRENCY"],
    }
    return render(request, "appraisal/ceiling_draft.html", context, status=form_status(form))


@signed_in
def ceiling_revise(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    ceiling = visible(ceilings_visible_to(by), pk=pk)
    rules.check_works_on(ceiling, by)
    form = CeilingForm(request.POST or None, initial=CeilingForm.values_of(ceiling))
    if request.method == "POST" and form.is_valid():
        revised = attempt(
            form,
            unless_changed(
                request, ceiling, lambda: revise_ceiling(pk, permitted=form.permitted(), by=by)
            ),
        )
        if revised is not None:
            messages.success(request, _("The ceiling is computed anew."))
            return redirect("ceiling_detail", pk=pk)
    context = {
        "form": form,
        "ceiling": ceiling,
        "dataset": ceiling.dataset,
        "is_public": is_public_data(ceiling.dataset.asset_kind),
        "rate": ceiling_profile().permitted_profit_rate,
        "currency": ceiling.currency,
        "seen_version": version_of(ceiling),
    }
    return render(request, "appraisal/ceiling_revise.html", context, status=form_status(form))


@signed_in
def ceiling_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    return detail_page(request, visible(ceilings_visible_to(actor(request)), pk=pk))


def detail_page(
    request: HttpRequest, ceiling: PriceCeiling, *, form: ActForm | None = None
) -> HttpResponse:
    by, form = actor(request), form or form_of(withdraw_ceiling)()
    context = {
        **presentation.shown(ceiling),
        "timeline": timeline_of(f"ceiling:{ceiling.pk}", by=by),
        "reason_form": form,
        "acts": rules.acts_on_ceiling(ceiling, by),
    }
    return render(request, "appraisal/ceiling_detail.html", context, status=form_status(form))
