from uuid import UUID

import django_tables2 as tables
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from marketplace.accounts.timeline import timeline_of
from marketplace.catalog.version.selectors import columns_to_choose
from marketplace.core import visible
from marketplace.learning.adapters import measurement_error
from marketplace.learning.measurement.models import Measurement
from marketplace.learning.measurement.presentation import (
    expected_facts,
    measured_view,
    measurement_facts,
)
from marketplace.learning.measurement.rules import acts_on_measured_offer, acts_on_measurement
from marketplace.learning.measurement.selectors import measurements_visible_to
from marketplace.learning.measurement.services import repeat_measurement, request_measurement
from marketplace.trading.listings.gate.selectors import published_listings
from marketplace.trading.listings.measuring.selectors import measuring_of
from marketplace.web.pages import attempt, form_status, signed_in, state_piece
from marketplace.web.requests import actor
from marketplace.web.tables import CentreTable, StateColumn
from marketplace.web.taking import ActForm, form_of


class MeasurementTable(CentreTable):
    caption = gettext_lazy("Measurements")
    stacks = True
    listing = tables.Column(
        accessor="listing__title",
        verbose_name=gettext_lazy("Data"),
        linkify=("measurement_detail", {"pk": tables.A("pk")}),
    )
    state = StateColumn()
    created_at = tables.DateTimeColumn(
        verbose_name=gettext_lazy("Requested"), format="SHORT_DATETIME_FORMAT"
    )
    ended_at = tables.DateTimeColumn(
        verbose_name=gettext_lazy("Ended"), format="SHORT_DATETIME_FORMAT"
    )

    class Meta(CentreTable.Meta):
        model = Measurement
        fields = ("listing", "state", "created_at", "ended_at")
        order_by = "-created_at"
        empty_text = gettext_lazy(
            "Nothing has been measured yet. The page of an offer that can be measured leads there."
        )


@signed_in
def measurement_request(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a buyer have measured what an offer would bring."""
    by = actor(request)
    listing = visible(published_listings(by), pk=pk)
    terms = measuring_of(listing)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    named = columns_to_choose(listing.revision.version)
    form = form_of(request_measurement)(
        *sent,
        offered=dict.fromkeys(("target", "features"), named),
        initial={"target": named[-1][0]},
    )
    if sent and form.is_valid():
        made = attempt(form, lambda: request_measurement(pk, **form.taken(), by=by))
        if made is not None:
            messages.success(
                request, _("It is being measured. Your rows are destroyed at the end.")
            )
            return redirect("measurement_detail", pk=made.pk)
    context = {
        "form": form,
        "listing": listing,
        "acts": acts_on_measured_offer(listing, by),
        "expected": expected_facts(listing, terms, by) if terms and terms.is_open else [],
    }
    return render(request, "learning/measurement_request.html", context, status=form_status(form))


@signed_in
def measurement_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _page(request, visible(measurements_visible_to(actor(request)), pk=pk))


@require_POST
@signed_in
def measurement_repeat(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a buyer have done again what was paid for and told nothing."""
    by, form = actor(request), form_of(repeat_measurement)(request.POST, request.FILES)
    if form.is_valid():
        made = attempt(form, lambda: repeat_measurement(pk, **form.taken(), by=by))
        if made is not None:
            messages.success(request, _("It is measured again, and no more ε is spent."))
            return redirect("measurement_detail", pk=made.pk)
    return _page(request, visible(measurements_visible_to(by), pk=pk), form)


def _page(
    request: HttpRequest, measurement: Measurement, form: ActForm | None = None
) -> HttpResponse:
    by, form = actor(request), form or form_of(repeat_measurement)()
    context = {
        "measurement": measurement,
        "form": form,
        "error": measurement_error(measurement),
        "measured": measured_view(measurement),
        "acts": acts_on_measurement(measurement, by),
        "declared": measurement_facts(measurement),
        "timeline": timeline_of(f"measurement:{measurement.pk}", by=by),
    }
    return render(request, "learning/measurement_detail.html", context, status=form_status(form))


@signed_in
def measurement_state(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return the piece that shows how far it is; when it ends, the page around it is renewed."""
    measurement = visible(measurements_visible_to(actor(request)), pk=pk)
    told = {"measurement": measurement, "error": measurement_error(measurement)}
    template = "learning/partials/measurement_state.html"
    return state_piece(request, template, told, is_over=measurement.is_final)
