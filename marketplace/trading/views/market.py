"""The storefront, and the page a buyer decides on. Everybody may look."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from marketplace.accounts.selectors import TimelineRow, timeline_of
from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.trading import policies
from marketplace.trading.bought_sheets import bought_sheet
from marketplace.trading.instead_of_rows import budget_facts
from marketplace.trading.market import (
    listings_off_market,
    market_standing,
    published_listings,
    search_listings,
)
from marketplace.trading.market_form import MarketForm
from marketplace.trading.models import Listing
from marketplace.trading.odrl import agreement_policy, offer_policy
from marketplace.trading.presentation import risk_in_words
from marketplace.trading.proofs_in_words import formula_in_words, quality_lines, risk_lines
from marketplace.trading.selectors import orders_visible_to, sandbox_of, successor_of
from marketplace.trading.sheet_in_words import card_view, sheet_view
from marketplace.trading.states import ListingState
from marketplace.trading.terms_in_words import sale_facts
from marketplace.web.pages import same_for_visitors, signed_in
from marketplace.web.pagination import CappedPages
from marketplace.web.requests import actor

CARDS_A_PAGE = 12
MILESTONES = frozenset(
    {
        *("catalog.dataset_registered", "catalog.dataset_approved"),
        *("preparation.masking_finished", "preparation.risk_measured"),
        *("rights.notice_opened", "rights.notice_waived", "rights.certificate_issued"),
        *("rights.certificate_frozen", "rights.certificate_unfrozen"),
        *("appraisal.appraisal_approved", "trading.listing_published"),
        *("trading.listing_suspended", "trading.listing_resumed"),
        *("trading.listing_renewed", "trading.listing_superseded"),
    }
)
"""What everybody reads of a dataset's history: how it came to the market, and not who buys it."""


@same_for_visitors
def market(request: HttpRequest) -> HttpResponse:
    """Show what is for sale, narrowed as the address asks."""
    form = MarketForm(request.GET)
    found = search_listings(form.query(), by=actor(request))
    pages = CappedPages(found.rows, CARDS_A_PAGE, count=found.count)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "cards": [(listing, card_view(listing.sheet)) for listing in page.object_list],
        "more": form.more(),
        "is_open": any(request.GET.get(name) for name in form.LESS_USED),
        "is_narrowed": any(request.GET.get(name) for name in form.fields if name != "order"),
    }
    return render(request, "trading/market.html", context)


def listing_public(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a published listing with everything that a buyer decides on."""
    by = actor(request)
    listing = published_listings(by).filter(pk=pk).first()
    if listing is None:
        off = visible(listings_off_market(by), pk=pk)
        newer = successor_of(off) if off.state == ListingState.SUPERSEDED else None
        told = {"listing": off, "newer": newer}
        return render(request, "trading/listing_suspended.html", told)
    context = {
        **_sheet_context(listing.sheet, listing.sheet_digest),
        "listing": listing,
        "standing": market_standing(listing),
        "sale": sale_facts(listing),
        "budget": budget_facts(sandbox_of(listing)),
        "may_order": policies.may_order(by, listing),
        "is_seller": by.acts_for(listing.organization_id),
        "timeline": _milestones(listing, by),
    }
    return render(request, "trading/listing_public.html", context)


@signed_in
def order_sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what was ordered as its buyer read it, whatever became of the offer since."""
    by = actor(request)
    order = visible(orders_visible_to(by), pk=pk)
    bought = bought_sheet(order)
    context = {
        **_sheet_context(bought.sheet, bought.sheet_digest),
        "listing": order.listing,
        "order": order,
        "timeline": _milestones(order.listing, by),
    }
    return render(request, "trading/order_sheet.html", context)


def _sheet_context(frozen: Mapping[str, Any] | None, digest: str) -> dict[str, Any]:
    sheet = sheet_view(frozen)
    return {
        "sheet": sheet,
        "sheet_digest": digest,
        "risk": risk_in_words(sheet["risk"]),
        "risk_lines": risk_lines(sheet),
        "quality": quality_lines(sheet, updates=sheet["dataset"]["update_frequency"]),
        "formula": formula_in_words(sheet),
    }


def _milestones(listing: Listing, by: Actor) -> list[TimelineRow]:
    rows = timeline_of(f"dataset:{listing.dataset_id}", by=by)
    return [row for row in rows if row.entry.kind in MILESTONES]


def listing_policy(request: HttpRequest, pk: UUID) -> JsonResponse:
    """Send the terms of a published listing as an ODRL policy."""
    listing = visible(published_listings(actor(request)), pk=pk)
    policy = (listing.sheet or {}).get("policy") or offer_policy(listing)
    return JsonResponse(policy, content_type="application/ld+json")


@signed_in
def order_policy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send the terms of an order as an ODRL policy, to its sides and the centre."""
    order = visible(orders_visible_to(actor(request)), pk=pk)
    return JsonResponse(agreement_policy(order), content_type="application/ld+json")
