"""Forms of studies: which versions to compare, which treatment to take."""

from collections.abc import Mapping
from typing import Any

from marketplace.web.bounded import forms

# What a reader of a page may choose to look at, in the address or beside a button.


class TreatmentForm(forms.Form):
    """The place of a treatment in the picture, to be adopted."""

    treatment = forms.IntegerField(min_value=1, max_value=100)


def chosen_treatment(query: Mapping[str, Any]) -> int | None:
    """Return the place of the treatment that the address names; None where it names none."""
    form = TreatmentForm(query)
    return form.cleaned_data["treatment"] if form.is_valid() else None
