"""What a reader of a page may choose to look at, in the address or beside a button."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desensitize.privacy import METHODS
from marketplace.web.bounded import forms


class PointForm(forms.Form):
    """A point of the risk–utility picture, taken over into the policy."""

    method = forms.ChoiceField(choices=[(name, name) for name in METHODS], required=False)
    smallest_class = forms.IntegerField(min_value=1, max_value=1_000_000, required=False)


class LevelForm(forms.Form):
    """The level at which a preview shows generalized columns."""

    level = forms.IntegerField(min_value=1, max_value=1_000, required=False)


def chosen_point(query: Mapping[str, Any]) -> dict[str, Any]:
    """Answer what of a point the address names; nothing where it is none."""
    form = PointForm(query)
    return (
        {name: value for name, value in form.cleaned_data.items() if value}
        if form.is_valid()
        else {}
    )


def chosen_level(sent: Mapping[str, Any]) -> int:
    """Answer the level to look at: the first where none is named."""
    form = LevelForm(sent)
    return (form.is_valid() and form.cleaned_data["level"]) or 1
