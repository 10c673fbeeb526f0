"""The form by which a second person agrees to relabelled columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.web.bounded import forms


class RolesForm(forms.Form):
    """A box for each relabelled column, by its name; none where nothing is relabelled.

    The act says which box is missing.
    """

    columns = forms.MultipleChoiceField(
        label=gettext_lazy("Columns with a lower class than detected"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, names: Sequence[str] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        if not names:
            del self.fields["columns"]
            return
        self.fields["columns"].choices = [  # type: ignore[attr-defined]
            (name, _("“%(column)s”: I compared evidence, values and reason.") % {"column": name})
            for name in names
        ]

    @property
    def ticked(self) -> list[str]:
        """Return the columns that were confirmed."""
        return list(self.cleaned_data.get("columns", ()))
