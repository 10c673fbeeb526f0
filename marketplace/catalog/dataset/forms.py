from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.dataset.choices import (
    AssetKind,
    PersonalBasis,
    SourceKind,
    Theme,
    UpdateFrequency,
)
from marketplace.catalog.dataset.descriptions import LONGEST, DatasetDescription
from marketplace.catalog.dataset.models import Dataset
from marketplace.core import longest_of
from marketplace.web.bounded import forms

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = _StrPromise | str


def text(name: str, label: Words, help_text: Words = "", *, rows: int = 0) -> forms.CharField:
    """Make a text field as long as the rule allows."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(
        label=label, help_text=help_text, max_length=LONGEST[name], widget=widget
    )


def choice(label: Words, choices: Any, help_text: Words = "") -> forms.ChoiceField:
    """Make a list to choose from, with nothing chosen first."""
    return forms.ChoiceField(
        label=label, help_text=help_text, choices=[("", _("Choose…")), *choices]
    )


class DescriptionForm(forms.Form):
    title = text("title", _("Title"), _("At most 40 characters, as on a certificate."))
    abstract = text(
        "abstract",
        _("Abstract"),
        _("What a row stands for, what the columns tell, what one can use it for."),
        rows=4,
    )
    theme = choice(_("Theme"), Theme.choices)
    asset_kind = choice(_("Asset kind"), AssetKind.choices)
    source_kind = choice(
        _("Source"),
        SourceKind.choices,
        _(
            "Decides how the data is registered and which rights your organization can claim. What "
            "was collected in a statutory duty is registered as public data."
        ),
    )
    source_description = text(
        "source_description",
        _("How it was collected"),
        _("Who collected it, with what, from whom."),
        rows=3,
    )
    legal_basis = text(
        "legal_basis",
        _("Legal basis"),
        _("The law, contract or authorization by which you may hold and process it."),
    )
    personal_basis = forms.ChoiceField(
        label=_("Personal information"),
        required=False,
        choices=[("", _("Not known yet")), *PersonalBasis.choices],
        help_text=_("Without a basis, data about persons cannot be listed unless anonymized."),
    )
    region = text("region", _("Region"), _("The area that the data covers."))
    time_scope = text("time_scope", _("Time scope"), _("For example: January 2024 to June 2026."))
    update_frequency = choice(_("Update frequency"), UpdateFrequency.choices)
    contact = text(
        "contact", _("Contact"), _("An office address or a service number, not a person's.")
    )

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
        return DatasetDescription(**self.cleaned_data)


class RegisterForm(DescriptionForm):
    """A new dataset, and its data where it is at hand.

    The key makes a form that is sent twice one dataset.
    """

    upload = forms.FileField(
        label=_("The table"),
        required=False,
        allow_empty_file=True,
        help_text=_(
            "Now or later. The next page shows how it is read; nothing is kept before you take it."
        ),
    )
    request_key = forms.CharField(
        max_length=longest_of(Dataset, "request_key"),
        required=False,
        widget=forms.HiddenInput,
        initial=lambda: str(uuid4()),
    )

    GROUPS = (*DescriptionForm.GROUPS, (_("The data"), ("upload",)))

    def description(self) -> DatasetDescription:
        """Return what was written, without the key and the file."""
        written = {name: self.cleaned_data[name] for name in DescriptionForm.base_fields}
        return DatasetDescription(**written)
