from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.core import allowed, clock, visible
from marketplace.trading.listings import gate
from marketplace.trading.listings.listing.selectors import listings_of_sellers
from marketplace.trading.listings.renewal.presentation import listing_facts
from marketplace.trading.listings.renewal.rules import check_renew_listing
from marketplace.trading.listings.renewal.services import (
    renew_listing,
)
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.taking import form_of


@signed_in
def listing_renew(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask that a listing goes on, with the newest proofs and other days of sale."""
    by = actor(request)
    listing = visible(listings_of_sellers(by), pk=pk)
    days = {"on_sale_from": listing.on_sale_from, "on_sale_until": listing.on_sale_until}
    form = form_of(renew_listing)(request.POST or None, initial=days)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: renew_listing(pk, **form.taken(), by=by)) is not None
    ):
        messages.success(
            request, _("The renewal is submitted. A reviewer of the centre decides on it.")
        )
        return redirect("listing_detail", pk=pk)
    proofs = gate.newest_proofs(listing)
    context = {
        "form": form,
        "listing": listing,
        "facts": listing_facts(listing),
        "proofs": proofs,
        "points": gate.points_of(listing, proofs, on=clock.today()),
        "acts": allowed({"renew_listing": check_renew_listing}, listing, by),
    }
    return render(request, "trading/listings/listing_renew.html", context, status=form_status(form))
