from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from marketplace.accounts.roles import ROLES_OF_KIND, OrganizationKind, Role
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import columns_of
from marketplace.preparation.policy.forms import RolesForm
from marketplace.review.checklists import CHECKLISTS
from marketplace.review.models import CaseKind
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.services import Offer
from marketplace.trading.listings.listing.texts import NAMES, TEXTS, OfferText
from marketplace.trading.listings.market.selectors import invited_codes
from marketplace.trading.listings.mode.modes import modes_to_choose
from marketplace.trading.listings.plans.fields import PlanFields
from marketplace.trading.listings.renewal.selectors import relabelled_columns
from marketplace.trading.listings.sale.values import Sale, Visibility
from marketplace.trading.listings.terms.fields import ColumnsField, ConditionsField
from marketplace.trading.listings.terms.forms import (
    ClauseShown,
    form_fields,
    groups_of,
    let_out,
    read_values,
    shown_values,
)
from marketplace.trading.listings.terms.terms import ASKED, Terms
from marketplace.web.bounded import forms
from marketplace.web.taking import LinesField

BUYING_KINDS = frozenset(kind for kind, roles in ROLES_OF_KIND.items() if Role.BUYER in roles)
"""The kinds of organizations that can order."""


# The form with which a second officer lets a listing into the market.


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


TOO_LONG = _("Use at most %(limit_value)d characters; there are %(show_value)d.")


def _text_field(text: OfferText) -> forms.CharField:
    kind: type[forms.CharField] = forms.CharField
    widget: forms.Widget = forms.TextInput()
    if text.lines > 1:
        kind, widget = LinesField, forms.Textarea(attrs={"rows": text.lines})
    return kind(
        label=text.label,
        required=text.is_required,
        max_length=text.longest,
        widget=widget,
        help_text=text.help,
        error_messages={"max_length": TOO_LONG},
    )


class OfferForm(PlanFields):
    """A listing: what buyers read first, the price, and the terms."""

    delivery_mode = forms.ChoiceField(label=_("Delivery"), choices=modes_to_choose)
    quota = forms.IntegerField(
        label=_("Number of sales"),
        required=False,
        help_text=_("How many orders there are at most; leave it empty for any number."),
    )
    on_sale_from = forms.DateField(
        label=_("On sale from"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    on_sale_until = forms.DateField(
        label=_("On sale until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    visibility = forms.ChoiceField(
        label=_("Who sees it"), required=False, choices=Visibility.choices
    )
    visible_kinds = forms.MultipleChoiceField(
        label=_("Kinds of organizations"),
        required=False,
        choices=OrganizationKind.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Where only organizations of certain kinds see it."),
    )
    invited = forms.CharField(
        label=_("Invited organizations"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Where only invited organizations see it: one unified social credit code a line."
        ),
    )

    ARE_CHANGES: ClassVar[bool] = False
    """Whether terms that are left out stay as they are, and are not what is usual."""
    OF_OFFER = (*NAMES, "delivery_mode")

    def __init__(self, *args: Any, version: DatasetVersion, **options: Any) -> None:
        super().__init__(*args, **options)
        texts = {one.name: _text_field(one) for one in TEXTS}
        self.fields = {**texts, **self.fields, **form_fields()}
        columns = list(columns_of(version))
        for field in self.fields.values():
            if isinstance(field, ColumnsField | ConditionsField):
                field.offer(columns)
        let_out(self, are_changes=self.ARE_CHANGES)

    @property
    def groups(self) -> list[list[ClauseShown]]:
        """Return the fields of the terms, clause by clause."""
        return groups_of(self)

    @property
    def texts(self) -> list[forms.BoundField]:
        """Return the fields of what buyers read first."""
        return [self[name] for name in NAMES]

    FIRST: ClassVar[tuple[str, ...]] = ()
    """What a page that folds terms shows at once."""

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """Return what is changed most often."""
        return [self[name] for name in self.FIRST if name in self.fields]

    @property
    def other_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in self.FIRST]

    @property
    def is_open(self) -> bool:
        """Return whether something is wrong with one of the other fields."""
        return any(field.errors for field in self.other_fields)

    def offer(self) -> Offer:
        sent = self.cleaned_data
        sale = Sale(
            quota=sent["quota"],
            on_sale_from=sent["on_sale_from"],
            on_sale_until=sent["on_sale_until"],
            visibility=sent["visibility"] or Visibility.PUBLIC.value,
            visible_kinds=tuple(sent["visible_kinds"]),
            invited=tuple(sent["invited"].split()),
        )
        own = {name: sent[name] for name in self.OF_OFFER}
        return Offer(
            **own,
            price=sent["price"] or Decimal("0.00"),
            plan=self.chosen_plan(),
            terms=Terms.offered(read_values(self)),
            sale=sale,
        )

    @classmethod
    def values_of(cls, listing: Listing) -> dict[str, Any]:
        own = (*cls.OF_OFFER, "quota", "on_sale_from", "on_sale_until", "visibility")
        return {
            **{name: getattr(listing, name) for name in own},
            **shown_values(listing.terms),
            "visible_kinds": listing.kinds,
            "invited": "\n".join(invited_codes(listing)),
            **cls.values_of_plan(listing.plan),
        }


def terms_of_before(former: Listing | None) -> dict[str, Any]:
    """Return the terms of an earlier offer as the form of a new one shows them at first."""
    if former is None:
        return {}
    return {
        name: value
        for name, value in shown_values(former.terms).items()
        if not ASKED[name].is_of_one_dataset
    }


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
