"""What a reader of a page may choose to look at, in the address or beside a button."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marketplace.web.bounded import forms


class TreatmentForm(forms.Form):
    """The place of a treatment in the picture, to be adopted."""

    treatment = forms.IntegerField(min_value=1, max_value=100)


class LevelForm(forms.Form):
    """The level at which a preview shows generalized columns."""

    level = forms.IntegerField(min_value=1, max_value=1_000, required=False)


def chosen_treatment(query: Mapping[str, Any]) -> int | None:
    """Return the place of the treatment that the address names; None where it names none."""
    form = TreatmentForm(query)
    return form.cleaned_data["treatment"] if form.is_valid() else None


def chosen_level(sent: Mapping[str, Any]) -> int:
    """Return the level to look at: the first where none is named."""
    form = LevelForm(sent)
    return (form.is_valid() and form.cleaned_data["level"]) or 1
