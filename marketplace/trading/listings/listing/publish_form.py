"""The form with which a second officer lets a listing into the market."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.preparation.forms import RolesForm
from marketplace.review.checklists import CHECKLISTS
from marketplace.review.models import CaseKind
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.renewal.selectors import relabelled_columns
from marketplace.web.bounded import forms


class PublishForm(RolesForm):
    """The reviewer's checklist, and the columns that count for less than was found."""

    checklist = forms.MultipleChoiceField(
        label=_("I have checked"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=list(CHECKLISTS[CaseKind.LISTING]),
    )

    @classmethod
    def of(cls, listing: Listing, sent: Mapping[str, Any] | None = None) -> PublishForm:
        """Return the form of what waits to be published."""
        return cls(sent, names=relabelled_columns(listing))

    def decided(self) -> dict[str, list[str]]:
        """Return what was ticked, as the acts take it."""
        return {"checklist": self.cleaned_data["checklist"], "columns": self.ticked}
