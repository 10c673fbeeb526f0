from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.dataset.descriptions import DatasetDescription
from marketplace.catalog.dataset.models import Dataset
from marketplace.core import longest_of
from marketplace.web.bounded import forms
from marketplace.web.taking import ActForm


class DescriptionForm(ActForm):
    takes = staticmethod(DatasetDescription)

    GROUPS: tuple[tuple[Promise, tuple[str, ...]], ...] = (
        (_("What it is"), ("title", "abstract", "theme", "asset_kind")),
        (
            _("Where it comes from"),
            ("source_kind", "source_description", "legal_basis", "personal_basis"),
        ),
        (_("What it covers"), ("region", "time_scope", "update_frequency", "contact")),
    )

    def groups(self) -> Iterator[tuple[Promise, list[BoundField]]]:
        for title, names in self.GROUPS:
            yield title, [self[name] for name in names]

    def description(self) -> DatasetDescription:
        """Return what was written, without the key of a new one."""
        return DatasetDescription(**self.taken())


class RegisterForm(DescriptionForm):
    """A new dataset. The key makes a form that is sent twice one dataset."""

    request_key = forms.CharField(
        max_length=longest_of(Dataset, "request_key"),
        required=False,
        widget=forms.HiddenInput,
        initial=lambda: str(uuid4()),
    )


class TableForm(forms.Form):
    """The data of a new dataset, where it is at hand."""

    upload = forms.FileField(
        label=_("The table"),
        required=False,
        allow_empty_file=True,
        help_text=_(
            "Now or later. The next page shows how it is read; nothing is kept before you take it."
        ),
    )
