from django.utils.translation import gettext_lazy as _

from marketplace.core import longest_of
from marketplace.trading.listings.assessment.choices import ImpactCase
from marketplace.trading.listings.assessment.models import ImpactAssessment
from marketplace.web.bounded import forms

LINES = forms.Textarea(attrs={"rows": 4})


class AssessmentForm(forms.Form):
    """What an officer assesses: why, whether it must be, what it may do, what is done about it."""

    cases = forms.MultipleChoiceField(
        label=_("Why it is assessed"),
        choices=ImpactCase.choices,
        initial=[ImpactCase.HANDED_ON.value],
        widget=forms.CheckboxSelectMultiple,
    )
    purpose = forms.CharField(
        label=_("Purpose and way of processing"),
        max_length=longest_of(ImpactAssessment, "purpose"),
        widget=LINES,
        help_text=_("What buyers may do with the data, and how it was masked."),
    )
    necessity = forms.CharField(
        label=_("Why it is lawful, justified and necessary"),
        max_length=longest_of(ImpactAssessment, "necessity"),
        widget=LINES,
    )
    risks = forms.CharField(
        label=_("Influence on the rights of persons, and the risks"),
        max_length=longest_of(ImpactAssessment, "risks"),
        widget=LINES,
    )
    measures = forms.CharField(
        label=_("Measures of protection, and whether they fit the risk"),
        max_length=longest_of(ImpactAssessment, "measures"),
        widget=LINES,
    )
