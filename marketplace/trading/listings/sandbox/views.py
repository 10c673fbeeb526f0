from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.catalog.version.selectors import columns_of
from marketplace.core import allowed, visible
from marketplace.trading.listings.listing.selectors import listings_of_sellers
from marketplace.trading.listings.sandbox.forms import SandboxForm, values_of
from marketplace.trading.listings.sandbox.rules import check_declare_sandbox
from marketplace.trading.listings.sandbox.selectors import sandbox_of
from marketplace.trading.listings.sandbox.services import SandboxOffer, declare_sandbox
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor


@signed_in
def sandbox_declare(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what a sandbox answers, column by column, and what its answers may spend."""
    by = actor(request)
    listing = visible(listings_of_sellers(by), pk=pk)
    columns = list(columns_of(listing.revision.version))
    form = SandboxForm(
        request.POST or None,
        columns=columns,
        initial=values_of(sandbox_of(listing), columns),
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: declare_sandbox(pk, offered=SandboxOffer(**form.taken()), by=by))
        is not None
    ):
        messages.success(request, _("The sandbox is declared."))
        return redirect("listing_detail", pk=pk)
    context = {
        "form": form,
        "listing": listing,
        "acts": allowed({"declare_sandbox": check_declare_sandbox}, listing, by),
    }
    return render(
        request, "trading/listings/sandbox_declare.html", context, status=form_status(form)
    )
