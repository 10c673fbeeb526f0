"""Forms of renewals, changes and cancellations."""

from django.utils.translation import gettext_lazy as _

from marketplace.rights.claim.choices import Industry
from marketplace.web.bounded import forms


class RenewalForm(forms.Form):
    term_years = forms.IntegerField(
        label=_("Term in years"),
        help_text=_("It runs from the day on which the renewal is registered."),
    )


class ChangeForm(forms.Form):
    grounds = forms.CharField(
        label=_("What changed, and why"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The register reads it. No names of people."),
    )
    restrictions = forms.CharField(
        label=_("Restrictions"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("As they shall stand. Empty: no limits."),
    )
    industry = forms.ChoiceField(
        label=_("Industry"),
        choices=[("", _("Not stated")), *Industry.choices],
        required=False,
        help_text=_("A section of GB/T 4754; it stands on the certificate."),
    )
    term_years = forms.IntegerField(
        label=_("Term in years"),
        help_text=_("It can become shorter; a longer one is a renewal."),
    )


class CancellationForm(forms.Form):
    grounds = forms.CharField(
        label=_("Why is the right given up?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands in the register. No names of people."),
    )
