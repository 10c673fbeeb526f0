from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.catalog.version.selectors import columns_to_choose
from marketplace.core import allowed, visible
from marketplace.preparation.budget.selectors import budget_of
from marketplace.trading.listings.listing.selectors import listings_of_sellers
from marketplace.trading.listings.measuring.models import MeasuringTerms
from marketplace.trading.listings.measuring.rules import check_allow_measuring
from marketplace.trading.listings.measuring.selectors import measuring_of
from marketplace.trading.listings.measuring.services import allow_measuring
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.taking import form_of


@signed_in
def measuring_allow(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a seller say whether buyers may have measured what a listing would bring."""
    by = actor(request)
    listing = visible(listings_of_sellers(by), pk=pk)
    version = listing.revision.version
    named = columns_to_choose(version)
    form = form_of(allow_measuring)(
        request.POST or None,
        offered={
            "person": [("", _("Each row is a person")), *named],
            "source": [("", _("None")), *named],
        },
        initial=_values_of(measuring_of(listing)),
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: allow_measuring(pk, **form.taken(), by=by)) is not None
    ):
        messages.success(request, _("What buyers may have measured is settled."))
        return redirect("listing_detail", pk=pk)
    context = {
        "form": form,
        "listing": listing,
        "budget": budget_of(version.dataset_id),
        "acts": allowed({"allow_measuring": check_allow_measuring}, listing, by),
    }
    return render(
        request, "trading/listings/measuring_allow.html", context, status=form_status(form)
    )


def _values_of(terms: MeasuringTerms | None) -> dict[str, Any]:
    if terms is None:
        return {}
    names = ("is_open", "epsilon", "most_of_buyer", "person", "rows", "source")
    return {name: getattr(terms, name) for name in names} | {"sources": terms.sources}
