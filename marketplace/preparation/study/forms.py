"""Forms of studies: which versions to compare, which treatment to take."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from marketplace.catalog.version.models import DatasetVersion
from marketplace.web.bounded import forms

# What a reader of a page may choose to look at, in the address or beside a button.


class TreatmentForm(forms.Form):
    """The place of a treatment in the picture, to be adopted."""

    treatment = forms.IntegerField(min_value=1, max_value=100)


def chosen_treatment(query: Mapping[str, Any]) -> int | None:
    """Return the place of the treatment that the address names; None where it names none."""
    form = TreatmentForm(query)
    return form.cleaned_data["treatment"] if form.is_valid() else None


# The form that chooses the versions to compare.


class ComparisonForm(forms.Form):
    """One or two masked versions of a source, the newest first."""

    def __init__(self, *args: Any, masked: Sequence[DatasetVersion], **options: Any) -> None:
        options.setdefault("initial", {"masked": [str(version.pk) for version in masked[:2]]})
        super().__init__(*args, **options)
        self.fields["masked"] = forms.TypedMultipleChoiceField(
            label=_("Masked versions"),
            help_text=_("One, to see it beside its source; two, to see which keeps more."),
            coerce=UUID,
            choices=[(str(version.pk), self._label(version)) for version in masked],
            widget=forms.CheckboxSelectMultiple,
        )

    @staticmethod
    def _label(version: DatasetVersion) -> str:
        return _("version %(number)d of %(day)s") % {
            "number": version.number,
            "day": date_format(localtime(version.created_at), "SHORT_DATETIME_FORMAT"),
        }
