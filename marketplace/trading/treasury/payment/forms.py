"""Forms of payments: parsing and help, no rules of their own."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from marketplace.web.bounded import forms


class AllocateForm(forms.Form):
    """What a payment was meant to pay."""

    reference = forms.CharField(
        label=_("Payment reference"),
        max_length=40,
        help_text=_("RF and what follows, as it stands on the invoice."),
    )
