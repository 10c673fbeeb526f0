from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from marketplace.accounts.timeline import TimelineRow, timeline_of
from marketplace.core import Actor, visible
from marketplace.trading.listings.data_contract.document import contract_yaml
from marketplace.trading.listings.gate.selectors import published_listings
from marketplace.trading.listings.inquiry.forms import AskForm
from marketplace.trading.listings.inquiry.selectors import public_inquiries
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.presentation import sale_facts
from marketplace.trading.listings.listing.selectors import successor_of
from marketplace.trading.listings.listing.usage_policy import offer_policy
from marketplace.trading.listings.market.facets import facets_of
from marketplace.trading.listings.market.forms import MarketForm
from marketplace.trading.listings.market.rules import acts_on_offer
from marketplace.trading.listings.market.selectors import (
    listings_off_market,
    market_standing,
    offers_beside,
    related_listings,
    sales_of,
    search_listings,
)
from marketplace.trading.listings.revision.quality import RevisionShares, shares_over_time
from marketplace.trading.listings.sandbox.selectors import sandbox_of
from marketplace.trading.listings.sheet.answers import answers_of, citation_of, sales_in_words
from marketplace.trading.listings.sheet.presentation import (
    budget_facts,
    card_view,
    formula_in_words,
    quality_lines,
    quality_rules,
    risk_in_words,
    risk_lines,
    sheet_view,
)
from marketplace.trading.listings.sheet.sample import sample_parquet
from marketplace.web.pages import form_status, same_for_visitors
from marketplace.web.pagination import CappedPages
from marketplace.web.requests import actor
from marketplace.web.spreadsheets import csv_answer

CARDS_A_PAGE = 12
INQUIRIES_ON_PAGE = 20


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
    by, wanted = actor(request), form.query()
    found = search_listings(wanted, by=by)
    pages = CappedPages(found.rows, CARDS_A_PAGE, count=found.count)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "cards": [(listing, card_view(listing.sheet)) for listing in page.object_list],
        "more": form.more(),
        "facets": facets_of(wanted, replace(found, count=pages.count), by),
        "is_open": any(request.GET.get(name) for name in form.LESS_USED),
        "is_narrowed": any(request.GET.get(name) for name in form.fields if name != "order"),
    }
    return render(request, "trading/listings/market.html", context)


def listing_public(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a published listing with everything that a buyer decides on."""
    by = actor(request)
    listing = published_listings(by).filter(pk=pk).first()
    if listing is None:
        off = visible(listings_off_market(by), pk=pk)
        told = {"listing": off, "newer": successor_of(off)}
        return render(request, "trading/listings/listing_suspended.html", told)
    return listing_page(request, listing)


def listing_page(
    request: HttpRequest, listing: Listing, *, ask_form: AskForm | None = None
) -> HttpResponse:
    """Show a published listing with the inquiry that was sent about it."""
    by, ask_form = actor(request), ask_form or AskForm()
    context = {
        **sheet_context(listing.sheet, listing.sheet_digest),
        "listing": listing,
        "standing": market_standing(listing),
        "sale": sale_facts(listing),
        "budget": budget_facts(sandbox_of(listing)),
        "acts": acts_on_offer(listing, by),
        "beside": offers_beside(listing, by),
        "related": related_listings(listing, by),
        "bought": sales_in_words(sales_of(listing)),
        "citation": citation_of(
            listing.sheet or {},
            revision=listing.revision.number,
            year=(listing.published_at or listing.created_at).year,
            address=request.build_absolute_uri(reverse("listing_public", args=[listing.pk])),
        ),
        "is_seller": by.acts_for(listing.organization_id),
        "inquiries": public_inquiries(listing.product_id)[:INQUIRIES_ON_PAGE],
        "ask_form": ask_form,
        "rules_over_time": _over_time(listing),
        "timeline": milestones(listing, by),
    }
    page = "trading/listings/listing_public.html"
    return render(request, page, context, status=form_status(ask_form))


def _over_time(listing: Listing) -> list[RevisionShares]:
    """Return what the rules of a listing found through time, where it has any."""
    keys = [rule.key for rule in quality_rules(listing.sheet or {"quality": {}})]
    return shares_over_time(listing.product_id, keys) if keys else []


def sheet_context(frozen: Mapping[str, Any] | None, digest: str) -> dict[str, Any]:
    """Return what the page of a frozen sheet shows."""
    sheet = sheet_view(frozen)
    return {
        "sheet": sheet,
        "answers": answers_of(frozen or {}),
        "sheet_digest": digest,
        "risk": risk_in_words(sheet["risk"]),
        "risk_lines": risk_lines(sheet),
        "quality": quality_lines(sheet, updates=sheet["dataset"]["update_frequency"]),
        "quality_rules": quality_rules(sheet),
        "formula": formula_in_words(sheet),
    }


def milestones(listing: Listing, by: Actor) -> list[TimelineRow]:
    """Return what happened to the data of a listing, as far as buyers read it."""
    rows = timeline_of(f"dataset:{listing.product.dataset_id}", by=by)
    return [row for row in rows if row.entry.kind in MILESTONES]


def listing_policy(request: HttpRequest, pk: UUID) -> JsonResponse:
    """Send the terms of a published listing as an ODRL policy."""
    listing = visible(published_listings(actor(request)), pk=pk)
    policy = (listing.sheet or {}).get("policy") or offer_policy(listing)
    return JsonResponse(policy, content_type="application/ld+json")


def listing_sample(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    """Send the sample rows of a published listing as a file."""
    listing = visible(published_listings(actor(request)), pk=pk)
    sheet = listing.sheet or {}
    sample, name = sheet["sample"], f"{pk}-sample.{form}"
    if form == "csv":
        return csv_answer(name, [sample["columns"], *sample["rows"]])
    answer = HttpResponse(sample_parquet(sheet), content_type="application/vnd.apache.parquet")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def listing_contract(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send what a published listing promises as an Open Data Contract, in YAML."""
    listing = visible(published_listings(actor(request)), pk=pk)

    def address(page: str) -> str:
        return request.build_absolute_uri(reverse(page, args=[pk]))

    answer = HttpResponse(contract_yaml(listing, address), content_type="application/yaml")
    answer["Content-Disposition"] = f'inline; filename="{pk}.odcs.yaml"'
    return answer
