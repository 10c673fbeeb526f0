from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.accounts.roles import ROLES_OF_KIND, OrganizationKind, Role
from marketplace.preparation.policy.forms import RolesForm
from marketplace.review.checklists import CHECKLISTS
from marketplace.review.models import CaseKind
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.renewal.selectors import relabelled_columns
from marketplace.web.bounded import forms


class InvitationForm(forms.Form):
    invited = forms.CharField(
        label=_("Invite further organizations"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One unified social credit code a line."),
    )

    def codes(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["invited"].split())


class GuestForm(forms.Form):
    """The organization whose invitation is taken back."""

    organization = forms.UUIDField(widget=forms.HiddenInput)


BUYING_KINDS = frozenset(kind for kind, roles in ROLES_OF_KIND.items() if Role.BUYER in roles)
"""The kinds of organizations that can order."""


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
        return cls(sent, names=relabelled_columns(listing))

    def decided(self) -> dict[str, list[str]]:
        """Return what was ticked, as the acts take it."""
        return {"checklist": self.cleaned_data["checklist"], "columns": self.ticked}


class OthersForm(forms.Form):
    """The kinds of organizations to which a listing is offered too, free of charge."""

    visible_kinds = forms.MultipleChoiceField(
        label=_("Free of charge for"),
        required=False,
        initial=[OrganizationKind.GOVERNMENT.value],
        choices=[kind for kind in OrganizationKind.choices if kind[0] in BUYING_KINDS],
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "A second offer of the same data is drafted, with the same delivery and terms. "
            "Organizations of other kinds do not see it."
        ),
    )
