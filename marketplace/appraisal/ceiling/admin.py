from django.contrib import admin

from marketplace.appraisal.ceiling.models import CeilingCarry, CeilingIncome, PriceCeiling
from marketplace.web.admin import ReadOnlyAdmin


@admin.register(PriceCeiling)
class PriceCeilingAdmin(ReadOnlyAdmin):
    list_display = ("dataset", "period_from", "period_until", "maximum_revenue", "price", "state")
    list_filter = ("state",)


@admin.register(CeilingIncome)
class CeilingIncomeAdmin(ReadOnlyAdmin):
    list_display = ("ceiling", "source", "amount", "currency", "settled_on")


@admin.register(CeilingCarry)
class CeilingCarryAdmin(ReadOnlyAdmin):
    """Excesses carried into a next period."""

    list_display = ("from_ceiling", "to_ceiling", "number", "amount", "currency")
