"""The pages of a listing's renewal, and of who is invited to it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.core import clock, visible
from marketplace.trading.listings import gate
from marketplace.trading.listings.acts import acts_on_listing
from marketplace.trading.listings.listing.forms import PublishForm
from marketplace.trading.listings.listing.presentation import listing_facts
from marketplace.trading.listings.listing.selectors import listings_of_sellers
from marketplace.trading.listings.listing.services import invite_to_listing, take_invitation_back
from marketplace.trading.listings.listing.views import listing_page, review_page
from marketplace.trading.listings.renewal.forms import GuestForm, InvitationForm, RenewalForm
from marketplace.trading.listings.renewal.services import (
    approve_renewal,
    renew_listing,
)
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor


@signed_in
def listing_renew(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask that a listing goes on, with the newest proofs and other days of sale."""
    by = actor(request)
    listing = visible(listings_of_sellers(by), pk=pk)
    days = {"on_sale_from": listing.on_sale_from, "on_sale_until": listing.on_sale_until}
    form = RenewalForm(request.POST or None, initial=days)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: renew_listing(pk, **form.cleaned_data, by=by)) is not None
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
        "acts": acts_on_listing(listing, by),
    }
    return render(request, "trading/listings/listing_renew.html", context, status=form_status(form))


@require_POST
@signed_in
def renewal_approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = actor(request)
    listing = visible(listings_of_sellers(by), pk=pk)
    form = PublishForm.of(listing, request.POST)
    if (
        form.is_valid()
        and attempt(form, lambda: approve_renewal(pk, **form.decided(), by=by)) is not None
    ):
        messages.success(request, _("The listing is renewed."))
        return redirect("listing_detail", pk=pk)
    return review_page(request, visible(listings_of_sellers(by), pk=pk), publish_form=form)


@require_POST
@signed_in
def listing_invite(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, form = actor(request), InvitationForm(request.POST)
    if (
        form.is_valid()
        and attempt(form, lambda: invite_to_listing(pk, invited=form.codes(), by=by)) is not None
    ):
        messages.success(request, _("The organizations see the listing now."))
        return redirect("listing_detail", pk=pk)
    return listing_page(request, visible(listings_of_sellers(by), pk=pk), invitation_form=form)


@require_POST
@signed_in
def invitation_take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, form = actor(request), GuestForm(request.POST)
    if (
        form.is_valid()
        and attempt(
            form,
            lambda: take_invitation_back(
                pk, organization_id=form.cleaned_data["organization"], by=by
            ),
        )
        is not None
    ):
        messages.success(request, _("The invitation is taken back."))
        return redirect("listing_detail", pk=pk)
    return listing_page(request, visible(listings_of_sellers(by), pk=pk), guest_form=form)
