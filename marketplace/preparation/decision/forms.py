"""What a reader of the page may choose to look at."""

from collections.abc import Mapping
from typing import Any

from marketplace.web.bounded import forms


class LevelForm(forms.Form):
    """The level at which a preview shows generalized columns."""

    level = forms.IntegerField(min_value=1, max_value=1_000, required=False)


def chosen_level(sent: Mapping[str, Any]) -> int:
    """Return the level to look at: the first where none is named."""
    form = LevelForm(sent)
    return (form.is_valid() and form.cleaned_data["level"]) or 1
