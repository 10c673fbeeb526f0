from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.catalog.dataset.grading import HarmDegree, HarmedObject, Impact, NegativeItem
from marketplace.web.bounded import forms


# A page asks of each object of harm by itself, so that none is forgotten; a program names those
# that there are.
class GradeForm(forms.Form):
    """Whom misuse would harm, how badly, and what may not be traded at all."""

    negative_list = forms.MultipleChoiceField(
        label=_("Negative list"),
        required=False,
        choices=NegativeItem.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Data to which any of these applies can be registered and never be listed."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        harms = {
            harmed.value: forms.ChoiceField(
                label=harmed.label,
                required=False,
                choices=[("", _("No harm")), *HarmDegree.choices],
            )
            for harmed in HarmedObject
        }
        self.fields = {**harms, **self.fields}

    def impacts(self) -> list[Impact]:
        return [
            Impact(harmed, HarmDegree(degree))
            for harmed in HarmedObject
            if (degree := self.cleaned_data.get(harmed.value))
        ]
