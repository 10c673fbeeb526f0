"""Valuations in the admin: to look at."""

from django.contrib import admin

from marketplace.appraisal.appraisal.models import Appraisal
from marketplace.appraisal.ceiling.admin import PriceCeilingAdmin
from marketplace.web.admin import ReadOnlyAdmin

__all__ = ["AppraisalAdmin", "PriceCeilingAdmin"]


@admin.register(Appraisal)
class AppraisalAdmin(ReadOnlyAdmin):
    list_display = ("dataset", "organization", "amount", "currency", "valued_on", "state")
    list_filter = ("state", "purpose", "method")
