"""Trading in the admin: to look at."""

from django.contrib import admin

from marketplace.trading.models import Account, Contract, Listing, Order, Transfer
from marketplace.web.admin import ReadOnlyAdmin


@admin.register(Listing)
class ListingAdmin(ReadOnlyAdmin):
    """Listings."""

    list_display = ("title", "organization", "price", "currency", "state", "published_at")
    list_filter = ("state",)
    search_fields = ("title",)


@admin.register(Order)
class OrderAdmin(ReadOnlyAdmin):
    """Orders."""

    list_display = ("listing", "buyer", "price", "currency", "state", "created_at")
    list_filter = ("state",)


@admin.register(Contract)
class ContractAdmin(ReadOnlyAdmin):
    """Contracts."""

    list_display = ("order", "digest", "seller_signed_at", "buyer_signed_at")
    search_fields = ("digest",)


@admin.register(Account)
class AccountAdmin(ReadOnlyAdmin):
    """Accounts."""

    list_display = ("kind", "organization", "currency")
    list_filter = ("kind",)


@admin.register(Transfer)
class TransferAdmin(ReadOnlyAdmin):
    """Transfers."""

    list_display = ("kind", "debit", "credit", "amount", "currency", "created_at")
    list_filter = ("kind",)
    search_fields = ("reference",)
