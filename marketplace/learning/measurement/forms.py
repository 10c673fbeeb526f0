from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.catalog.version.models import Column
from marketplace.learning.measurement.choices import FAMILIES
from marketplace.web.bounded import forms


class RowsForm(forms.Form):
    """The buyer's rows."""

    own_rows = forms.FileField(
        label=_("Your own rows to learn from"),
        allow_empty_file=True,
        help_text=_("CSV or Parquet, 50 to 20,000 rows. The baseline is trained on them."),
    )
    hold_out = forms.FileField(
        label=_("Your rows held out"),
        allow_empty_file=True,
        help_text=_("CSV or Parquet, 200 to 2,000 rows, other ones. They score both models."),
    )


class MeasurementForm(RowsForm):
    """What is told from what, and the buyer's rows."""

    def __init__(self, *given: Any, columns: Sequence[Column], **options: Any) -> None:
        super().__init__(*given, **options)
        named = [(one.name, one.label or one.name) for one in columns]
        self.fields["target"] = forms.ChoiceField(
            label=_("Target"),
            choices=named,
            initial=named[-1][0] if named else None,
            help_text=_("The column whose value shall be told. Your files have it too."),
        )
        self.fields["features"] = forms.MultipleChoiceField(
            label=_("Features"),
            choices=named,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("What the value is told from. Your files name these columns the same."),
        )
        self.fields["family"] = forms.ChoiceField(
            label=_("Family"),
            choices=FAMILIES,
            help_text=_("Text takes one feature of texts; the others take numbers and categories."),
        )
        self.fields["seed"] = forms.IntegerField(
            label=_("Seed"), min_value=0, max_value=2**31 - 1, initial=0
        )
        self.order_fields(["target", "features", "family", "own_rows", "hold_out", "seed"])
