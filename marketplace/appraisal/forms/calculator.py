"""The form of the calculator."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.appraisal.adapters.calculations import methods

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
            found = json.loads(
                self.cleaned_data["inputs"],
                parse_float=Decimal,
                parse_constant=_refuse,
                object_pairs_hook=_pairs,
            )
        except (ValueError, ArithmeticError, RecursionError):
            raise forms.ValidationError(
                _("This is no JSON in which each key stands once. Check braces, commas, quotes.")
            ) from None
        if not isinstance(found, dict):
            raise forms.ValidationError(_("Give an object: names with their values in braces."))
        return found


def _refuse(name: str) -> object:
    raise ValueError(name)


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found
