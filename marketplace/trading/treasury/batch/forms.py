"""Forms of batches: parsing, no rules of their own."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from marketplace.web.bounded import forms


class BatchForm(forms.Form):
    """The currency of the payouts; the key makes a form that is sent twice one batch."""

    currency = forms.CharField(
        label=_("Currency"), max_length=3, initial=lambda: settings.CENTRE["CURRENCY"]
    )
    request_key = forms.CharField(
        max_length=64, widget=forms.HiddenInput, initial=lambda: str(uuid4())
    )
