"""The form that chooses the versions to compare."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from marketplace.catalog.models import DatasetVersion
from marketplace.web.bounded import forms


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
