"""The page of a product's history, and the same as Atom."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.core import visible
from marketplace.trading.listings.gate.selectors import published_listings
from marketplace.trading.listings.history.presentation import in_words, rule_changes
from marketplace.trading.listings.history.selectors import freshness_of, public_revisions, told_of
from marketplace.trading.listings.listing.texts import LEAD
from marketplace.trading.listings.sheet.presentation import quality_rules
from marketplace.web.requests import actor

REVISIONS_A_PAGE = 25
IN_FEED = 50


def listing_history(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show when the revisions of what is offered came, what changed, and what is late."""
    listing = visible(published_listings(actor(request)), pk=pk)
    pages = Paginator(public_revisions(listing.product), REVISIONS_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    rules = {rule.key: rule.rule for rule in quality_rules(listing.sheet or {"quality": {}})}
    context = {
        "listing": listing,
        "page": page,
        "revisions": [(told, rule_changes(told.rules)) for told in told_of(page.object_list)],
        "rules": rules,
        "freshness": freshness_of(listing.product),
    }
    return render(request, "trading/listings/listing_history.html", context)


def listing_feed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send the newest revisions as Atom (RFC 4287)."""
    listing = visible(published_listings(actor(request)), pk=pk)
    page = request.build_absolute_uri(reverse("listing_history", args=[pk]))
    feed = Atom1Feed(
        title=listing.title,
        link=page,
        description=LEAD.of(listing),
        language=get_language(),
        feed_url=request.build_absolute_uri(),
        feed_guid=f"urn:uuid:{listing.pk}",
    )
    for told in told_of(public_revisions(listing.product)[:IN_FEED]):
        revision = told.revision
        feed.add_item(
            title=_("Revision %(number)d") % {"number": revision.number},
            link=page,
            description=in_words(told),
            unique_id=f"urn:uuid:{revision.pk}",
            pubdate=revision.live_at,
            updateddate=revision.live_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml")
