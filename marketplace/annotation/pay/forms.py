from uuid import uuid4

from marketplace.annotation.pay.services import fund_labelling
from marketplace.web.bounded import forms
from marketplace.web.taking import ActForm


class FundForm(ActForm):
    """How much is set aside. The key makes a form that is sent twice one request."""

    takes = staticmethod(fund_labelling)
    request_key = forms.CharField(widget=forms.HiddenInput, initial=lambda: str(uuid4()))
