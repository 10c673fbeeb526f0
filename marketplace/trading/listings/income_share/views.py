from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.accounts.timeline import timeline_of
from marketplace.catalog.version.selectors import columns_to_choose
from marketplace.core import allowed, visible
from marketplace.trading.listings.income_share.forms import (
    AnswerForm,
    ShapleyForm,
)
from marketplace.trading.listings.income_share.models import IncomeShare
from marketplace.trading.listings.income_share.rules import (
    acts_on_income_share,
    check_propose_income_share,
    check_propose_shapley_shares,
)
from marketplace.trading.listings.income_share.selectors import OPEN, income_shares_visible_to
from marketplace.trading.listings.income_share.services import (
    propose_income_share,
    propose_shapley_shares,
)
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.selectors import listings_of_sellers
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor
from marketplace.web.taking import form_of


@signed_in
def income_share_propose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a seller offer a source a part of its income from a listing."""
    by, form = actor(request), form_of(propose_income_share)(request.POST or None)
    listing: Listing = visible(listings_of_sellers(by), pk=pk)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: propose_income_share(pk, **form.taken(), by=by)) is not None
    ):
        messages.success(request, _("The share is proposed. Its organization answers it."))
        return redirect("income_share_propose", pk=pk)
    context = {
        "form": form,
        "listing": listing,
        "shares": income_shares_visible_to(by).filter(listing=listing, state__in=OPEN),
        "acts": allowed({"propose_income_share": check_propose_income_share}, listing, by),
    }
    page = "trading/listings/income_share_propose.html"
    return render(request, page, context, status=form_status(form))


@signed_in
def shapley_shares_propose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a seller divide a part of its income by what each source of the data brings."""
    by = actor(request)
    listing: Listing = visible(listings_of_sellers(by), pk=pk)
    named = columns_to_choose(listing.revision.version)
    form = ShapleyForm(
        request.POST or None,
        offered={
            "source_column": named,
            "key_column": [("", _("Each row is a record")), *named],
        },
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: propose_shapley_shares(pk, **form.taken(), by=by)) is not None
    ):
        messages.success(request, _("The shares are proposed. Each organization answers its own."))
        return redirect("income_share_propose", pk=pk)
    context = {
        "form": form,
        "listing": listing,
        "acts": allowed({"propose_shapley_shares": check_propose_shapley_shares}, listing, by),
    }
    page = "trading/listings/shapley_shares_propose.html"
    return render(request, page, context, status=form_status(form))


@signed_in
def income_share_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show an income share, and let its organization answer it."""
    return income_share_page(request, visible(income_shares_visible_to(actor(request)), pk=pk))


def income_share_page(
    request: HttpRequest, share: IncomeShare, *, form: AnswerForm | None = None
) -> HttpResponse:
    by, form = actor(request), form or AnswerForm()
    context = {
        "share": share,
        "form": form,
        "acts": acts_on_income_share(share, by),
        "sells": by.acts_for(share.listing.organization_id),
        "timeline": timeline_of(f"income_share:{share.pk}", by=by),
    }
    page = "trading/listings/income_share_detail.html"
    return render(request, page, context, status=form_status(form))
