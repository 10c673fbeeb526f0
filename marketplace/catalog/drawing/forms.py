from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.catalog.drawing.services import Wanted
from marketplace.catalog.source.drivers.contract import SourceColumn
from marketplace.catalog.source.models import Drawing
from marketplace.core import longest_of
from marketplace.web.bounded import forms


class TableForm(forms.Form):
    schema = forms.CharField(max_length=longest_of(Drawing, "schema"), strip=False)
    table = forms.CharField(max_length=longest_of(Drawing, "table"), strip=False)


class NamesField(forms.MultipleChoiceField):
    """Any names: the worker finds out whether they are columns there."""

    def valid_value(self, value: Any) -> bool:
        return True


class DrawingForm(forms.Form):
    columns = NamesField(
        label=_("Columns"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose what is needed and no more."),
    )
    row_limit = forms.IntegerField(
        label=_("At most so many rows"),
        required=False,
        min_value=1,
        help_text=_("Leave this empty for all rows."),
    )

    def offer(self, columns: Sequence[SourceColumn]) -> None:
        """Show the columns that can be drawn, all of them chosen at first."""
        fitting = [column for column in columns if column.kind is not None]
        field = self.fields["columns"]
        assert isinstance(field, NamesField)
        field.choices = [(column.name, f"{column.name} ({column.type})") for column in fitting]
        self.initial["columns"] = [column.name for column in fitting]

    def wanted(self, schema: str, table: str) -> Wanted:
        sent = self.cleaned_data
        return Wanted(schema, table, tuple(sent["columns"]), sent["row_limit"])
