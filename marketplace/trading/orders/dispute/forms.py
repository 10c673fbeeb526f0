from django.utils.translation import gettext_lazy as _

from marketplace.core import longest_of
from marketplace.trading.orders.dispute.models import Dispute, DisputeExhibit
from marketplace.web.bounded import forms


class TextForm(forms.Form):
    """What is wrong, or before whom it is appealed and why."""

    text = forms.CharField(
        label=_("In your words"),
        max_length=longest_of(Dispute, "text"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ShowForm(forms.Form):
    """A file that shows it."""

    title = forms.CharField(
        label=_("Title"), max_length=longest_of(DisputeExhibit, "title"), required=False
    )
    upload = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("Both sides and the centre's reviewers can read it."),
    )


class DivideForm(forms.Form):
    """How much goes back to the buyer, and why."""

    refund = forms.DecimalField(
        label=_("Back to the buyer"),
        max_digits=18,
        decimal_places=2,
        min_value=0,
        help_text=_("The rest of what is held goes to the seller."),
    )
    reason = forms.CharField(
        label=_("Reasons"), max_length=longest_of(Dispute), widget=forms.Textarea(attrs={"rows": 4})
    )
