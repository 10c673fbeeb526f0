"""Forms of batches: parsing, no rules of their own."""

from uuid import uuid4

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from marketplace.core import longest_of
from marketplace.trading.treasury.batch.models import PayoutBatch
from marketplace.web.bounded import forms


class BatchForm(forms.Form):
    """The currency of the payouts; the key makes a form that is sent twice one batch."""

    currency = forms.CharField(
        label=_("Currency"),
        max_length=longest_of(PayoutBatch, "currency"),
        initial=lambda: settings.CENTRE["CURRENCY"],
    )
    request_key = forms.CharField(
        max_length=longest_of(PayoutBatch, "request_key"),
        widget=forms.HiddenInput,
        initial=lambda: str(uuid4()),
    )
