"""The form of the calculator."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.appraisal.adapters.calculations import methods
from marketplace.core.bounds import OutOfBounds, read_json
from marketplace.web.bounded import forms

EXAMPLE = """{
  "currency": "CNY",
  "components": {"direct": 1860000, "indirect": 340000},
  "cost_basis": "replacement",
  "quality_coefficient": 0.92,
  "remaining_life_years": 4,
  "total_life_years": 5
}"""
LONGEST_INPUT = 400_000


class CalculatorForm(forms.Form):
    """A method, and its inputs as JSON with the keys of the library."""

    method = forms.ChoiceField(label=_("Method"))
    inputs = forms.CharField(
        label=_("Inputs as JSON"),
        max_length=LONGEST_INPUT,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false", "class": "code"}),
        help_text=_("The same keys as in an input file of the command line `python -m valuation`."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choice = self.fields["method"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = methods()

    def clean_inputs(self) -> dict[str, object]:
        """Read the JSON, numbers as they are written.

        Raises:
            ValidationError: it is no JSON object, or names a key twice.
        """
        try:
            found = read_json(self.cleaned_data["inputs"], exact=True)
        except OutOfBounds as error:
            raise forms.ValidationError(str(error)) from None
        except ValueError:
            raise forms.ValidationError(
                _("This is no JSON in which each key stands once. Check braces, commas, quotes.")
            ) from None
        if not isinstance(found, dict):
            raise forms.ValidationError(_("Give an object: names with their values in braces."))
        return found
