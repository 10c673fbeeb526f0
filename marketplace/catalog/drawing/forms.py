from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.catalog.drawing.services import Wanted
from marketplace.catalog.source.drivers.contract import SourceColumn
from marketplace.web.bounded import forms
from marketplace.web.taking import ActForm


class NamesField(forms.MultipleChoiceField):
    """Any names: the worker finds out whether they are columns there."""

    def valid_value(self, value: Any) -> bool:
        return True


class DrawingForm(ActForm):
    """What to draw of the table that the address of the page names."""

    takes = staticmethod(Wanted)
    field_order = ("columns", "row_limit")
    named = ("schema", "table")
    columns = NamesField(
        label=_("Columns"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose what is needed and no more."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, without=self.named, **options)

    def offer(self, columns: Sequence[SourceColumn]) -> None:
        """Show the columns that can be drawn, all of them chosen at first."""
        fitting = [column for column in columns if column.kind is not None]
        field = self.fields["columns"]
        assert isinstance(field, NamesField)
        field.choices = [(column.name, f"{column.name} ({column.type})") for column in fitting]
        self.initial["columns"] = [column.name for column in fitting]

    def wanted(self, table: Mapping[str, str]) -> Wanted:
        """Return what to draw of a table, of which both names are given."""
        return Wanted(**{**self.taken(), **table})
