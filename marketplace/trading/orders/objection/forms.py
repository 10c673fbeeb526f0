from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from marketplace.core import longest_of
from marketplace.trading.orders.remedy.models import Remedy
from marketplace.web.bounded import forms


class RemedyForm(forms.Form):
    """What the seller says, and how much of the price goes back, and whether new data comes."""

    text = forms.CharField(
        label=_("Your answer"),
        max_length=longest_of(Remedy, "text"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    refund = forms.DecimalField(
        label=_("Back to the buyer"),
        max_digits=18,
        decimal_places=2,
        min_value=0,
        initial=Decimal("0.00"),
        help_text=_("0 where you explain and give nothing back."),
    )
    replaces = forms.BooleanField(
        label=_("Deliver what the offer holds now in place of what was delivered"),
        required=False,
        help_text=_(
            "Publish the mended data as a new version of the offer first. The buyer then looks at "
            "it anew, with the whole term of acceptance."
        ),
    )
