"""The admin pages of the books, for looking."""

from django.contrib import admin

from marketplace.trading.books.models import Account, Transfer
from marketplace.web.admin import ReadOnlyAdmin

admin.site.register(
    Account,
    ReadOnlyAdmin,
    list_display=("kind", "organization", "held_for", "currency", "balance_cents"),
    list_filter=("kind",),
)

admin.site.register(
    Transfer,
    ReadOnlyAdmin,
    list_display=("kind", "debit", "credit", "amount", "currency", "created_at"),
    list_filter=("kind",),
    search_fields=("cause",),
)
