from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountingConfig(AppConfig):
    """What may be booked, and what it does to the debt ratio."""

    name = "marketplace.accounting"
    verbose_name = _("Accounting")
