"""The form of a look at raw data."""

from typing import Any

from django.utils.translation import gettext_lazy

from marketplace.core import longest_of
from marketplace.preparation.version.models import Look, LookReason
from marketplace.web.bounded import forms

# Why somebody looks at raw rows.


class LookForm(forms.Form):
    """A reason, with what is looked at and where to go on."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why do you look at raw values?"),
        choices=[("", gettext_lazy("Choose a reason")), *LookReason.choices],
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    note = forms.CharField(
        label=gettext_lazy("What for, in your words"),
        max_length=longest_of(Look, "note"),
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control"}),
        help_text=gettext_lazy("Name nobody. Needed for another reason; welcome for each."),
    )
    column = forms.CharField(max_length=200, required=False, strip=False, widget=forms.HiddenInput)
    onward = forms.CharField(max_length=500, required=False, widget=forms.HiddenInput)

    def told(self) -> dict[str, Any]:
        """Return what the act takes."""
        return {name: self.cleaned_data[name] for name in ("reason", "note", "column")}
