from django.contrib import admin

from marketplace.appraisal.appraisal.models import Appraisal
from marketplace.appraisal.ceiling.admin import PriceCeilingAdmin
from marketplace.appraisal.known_cost.models import KnownCost
from marketplace.web.admin import ReadOnlyAdmin

__all__ = ["AppraisalAdmin", "KnownCostAdmin", "PriceCeilingAdmin"]


@admin.register(Appraisal)
class AppraisalAdmin(ReadOnlyAdmin):
    list_display = ("dataset", "organization", "amount", "currency", "valued_on", "state")
    list_filter = ("state", "purpose", "method")


@admin.register(KnownCost)
class KnownCostAdmin(ReadOnlyAdmin):
    list_display = ("dataset", "kind", "units", "amount", "currency", "created_at")
