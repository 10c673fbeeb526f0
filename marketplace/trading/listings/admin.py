"""Listings in the admin: to look at."""

from __future__ import annotations

from django.contrib import admin

from marketplace.trading.listings.demand.models import Demand, DemandAnswer
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.renewal.models import ListingRenewal
from marketplace.trading.listings.report.models import ListingReport
from marketplace.trading.listings.sandbox.models import Sandbox
from marketplace.web.admin import ReadOnlyAdmin


@admin.register(Listing)
class ListingAdmin(ReadOnlyAdmin):
    list_display = ("title", "organization", "price", "currency", "state", "published_at")
    list_filter = ("state",)
    search_fields = ("title",)


@admin.register(ListingRenewal)
class ListingRenewalAdmin(ReadOnlyAdmin):
    list_display = ("listing", "state", "on_sale_from", "on_sale_until", "created_at")
    list_filter = ("state",)


@admin.register(ListingReport)
class ListingReportAdmin(ReadOnlyAdmin):
    """Reports that are sold, without their content."""

    list_display = ("listing", "sha256", "created_at")
    exclude = ("content",)


@admin.register(Sandbox)
class SandboxAdmin(ReadOnlyAdmin):
    """What sandboxes answer about."""

    list_display = ("listing", "epsilon_question", "epsilon", "epsilon_all", "period")


@admin.register(Demand)
class DemandAdmin(ReadOnlyAdmin):
    """Requests for data."""

    list_display = ("title", "buyer", "state", "open_until")
    list_filter = ("state",)
    search_fields = ("title",)


@admin.register(DemandAnswer)
class DemandAnswerAdmin(ReadOnlyAdmin):
    """Answers to requests for data."""

    list_display = ("demand", "seller", "listing", "created_at")
