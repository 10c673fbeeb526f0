from django.utils.translation import gettext_lazy as _

from marketplace.trading.orders.recall.services import propose_recall
from marketplace.web.bounded import forms
from marketplace.web.taking import ActForm


class ReferenceForm(forms.Form):
    reference = forms.CharField(label=_("Reference of the report"), max_length=40)


class ProposeForm(ActForm):
    """A verdict that the centre itself doubts; no address names it, so a field does."""

    takes = staticmethod(propose_recall)
    field_order = ("named",)
    named = forms.CharField(
        label=_("Which data"),
        max_length=200,
        help_text=_("The address of its listing, or the number of its risk report."),
    )
