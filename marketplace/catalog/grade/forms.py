from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.catalog.dataset.grading import HarmDegree, HarmedObject, Impact
from marketplace.catalog.grade.services import grade_dataset
from marketplace.web.bounded import forms
from marketplace.web.taking import ActForm


# A page asks of each object of harm by itself, so that none is forgotten; a program names those
# that there are.
class GradeForm(ActForm):
    """Whom misuse would harm, how badly, and what may not be traded at all."""

    takes = staticmethod(grade_dataset)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for harmed in HarmedObject:
            self.fields[harmed.value] = forms.ChoiceField(
                label=harmed.label,
                required=False,
                choices=[("", _("No harm")), *HarmDegree.choices],
            )

    def impacts(self) -> list[Impact]:
        return [
            Impact(harmed, HarmDegree(degree))
            for harmed in HarmedObject
            if (degree := self.cleaned_data.get(harmed.value))
        ]
