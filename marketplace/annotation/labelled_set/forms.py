"""The form by which a labelled set is taken out."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.annotation.labelled_set.choices import LabelFormat, LabelSplit
from marketplace.web.bounded import forms


class TakeOutForm(forms.Form):
    form = forms.ChoiceField(label=_("Format"), choices=LabelFormat.choices)
    split_by = forms.ChoiceField(
        label=_("Parts for training, validation and test"),
        required=False,
        choices=[("", _("None")), *LabelSplit.choices],
        help_text=_("80, 10 and 10 percent; texts that are the same are never in two of them."),
    )
    column = forms.ChoiceField(
        label=_("Split by the column"),
        required=False,
        help_text=_("Needed by group and by time; by class it may take the place of the label."),
    )

    def __init__(self, *args: Any, columns: Iterable[str], **options: Any) -> None:
        """Offer the columns that annotators were shown."""
        super().__init__(*args, **options)
        self.fields["column"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((name, name) for name in columns),
        ]
