from django.utils.translation import gettext_lazy as _

from marketplace.core import longest_of
from marketplace.trading.listings.abroad.models import SecurityAssessment
from marketplace.web.bounded import forms


class SecurityAssessmentForm(forms.Form):
    """What the authority passed: for which buyer, by which reference, until when."""

    uscc = forms.CharField(label=_("Unified social credit code of the buyer"), max_length=18)
    reference = forms.CharField(
        label=_("Reference of the authority"),
        max_length=longest_of(SecurityAssessment, "reference"),
    )
    valid_until = forms.DateField(
        label=_("Valid until"), widget=forms.DateInput(attrs={"type": "date"})
    )
