from django.contrib import admin

from marketplace.appraisal.appraisal.models import Appraisal
from marketplace.appraisal.ceiling.models import CeilingCarry, CeilingIncome, PriceCeiling
from marketplace.appraisal.known_cost.models import KnownCost
from marketplace.web.admin import ReadOnlyAdmin

admin.site.register(
    Appraisal,
    ReadOnlyAdmin,
    list_display=("dataset", "organization", "amount", "currency", "valued_on", "state"),
    list_filter=("state", "purpose", "method"),
)

admin.site.register(
    KnownCost,
    ReadOnlyAdmin,
    list_display=("dataset", "kind", "units", "amount", "currency", "created_at"),
)

admin.site.register(
    PriceCeiling,
    ReadOnlyAdmin,
    list_display=("dataset", "period_from", "period_until", "maximum_revenue", "price", "state"),
    list_filter=("state",),
)

admin.site.register(
    CeilingIncome,
    ReadOnlyAdmin,
    list_display=("ceiling", "source", "amount", "currency", "settled_on"),
)

# Excesses carried into a next period.
admin.site.register(
    CeilingCarry,
    ReadOnlyAdmin,
    list_display=("from_ceiling", "to_ceiling", "number", "amount", "currency"),
)
