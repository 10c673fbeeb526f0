from uuid import uuid4

from django.utils.translation import gettext_lazy as _

from marketplace.core.money import CENT
from marketplace.web.bounded import forms


class PaymentForm(forms.Form):
    """The bank's reference, and another sum."""

    reference = forms.CharField(
        label=_("Bank reference"),
        max_length=40,
        help_text=_("4 to 40 letters, digits, hyphens or slashes, as on the bank's statement."),
    )
    amount = forms.DecimalField(
        label=_("Amount"),
        max_digits=18,
        decimal_places=2,
        required=False,
        help_text=_("Only where it is another sum than what is still open."),
    )


class ProposalForm(forms.Form):
    """Why money is to go out. The key makes a form that is sent twice one proposal."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    request_key = forms.CharField(
        max_length=64, widget=forms.HiddenInput, initial=lambda: str(uuid4())
    )


class AmountForm(ProposalForm):
    amount = forms.DecimalField(label=_("Amount"), max_digits=18, decimal_places=2, min_value=CENT)
    field_order = ("amount", "reason")
