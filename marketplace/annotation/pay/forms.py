from uuid import uuid4

from django.utils.translation import gettext_lazy as _

from marketplace.annotation.pay.models import Funding
from marketplace.core import longest_of
from marketplace.web.bounded import forms


class FundForm(forms.Form):
    """How much is set aside. The key makes a form that is sent twice one request."""

    amount = forms.DecimalField(
        label=_("Amount"),
        min_value=0,
        help_text=_("Out of what your organization earned by sales and was not paid out."),
    )
    request_key = forms.CharField(
        max_length=longest_of(Funding, "request_key"),
        widget=forms.HiddenInput,
        initial=lambda: str(uuid4()),
    )
