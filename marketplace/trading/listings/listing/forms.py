from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from marketplace.accounts.roles import ROLES_OF_KIND, OrganizationKind, Role
from marketplace.catalog.feed.choices import Every
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
from marketplace.trading.listings.terms.terms import (
    Audit,
    ContractLanguage,
    DeletionProof,
    DerivedData,
    DisputePlace,
    OnwardTransfer,
    QuotaWindow,
    Terms,
    Territory,
    Use,
    Users,
    default_acceptance_days,
    default_contract_language,
)
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
    purpose = forms.CharField(
        label=_("Permitted purposes"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )
    restrictions = forms.CharField(
        label=_("Restrictions"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What the buyer may not do with the data, if anything beyond the law."),
    )
    public_purpose = forms.BooleanField(
        label=_("For public governance or welfare alone"),
        required=False,
        help_text=_("Such a listing is free: set its price to 0."),
    )
    is_exclusive = forms.BooleanField(label=_("Exclusive: sold to one buyer alone"), required=False)
    licence_months = forms.IntegerField(label=_("Licence in months"), initial=12)
    acceptance_days = forms.IntegerField(
        label=_("Acceptance in working days"),
        initial=default_acceptance_days,
        help_text=_("How long the buyer may check the delivery; silence after that is acceptance."),
    )
    deletion_days = forms.IntegerField(
        label=_("Deletion in days"),
        initial=30,
        help_text=_("How soon after the licence's end every copy is deleted."),
    )
    onward_transfer = forms.ChoiceField(label=_("Onward transfer"), choices=OnwardTransfer.choices)
    derived_data = forms.ChoiceField(label=_("Derived data"), choices=DerivedData.choices)
    dispute = forms.ChoiceField(label=_("Disputes"), choices=DisputePlace.choices)
    language = forms.ChoiceField(
        label=_("Language of the contract"),
        required=False,
        choices=ContractLanguage.choices,
        initial=default_contract_language,
        help_text=_("The contract and its amendments are written in it, whoever accepts them."),
    )
    columns = ColumnsField(
        label=_("Only these columns"),
        required=False,
        help_text=_("Tick none to license every column."),
    )
    rows = ConditionsField(
        label=_("Only these rows"),
        required=False,
        help_text=_(
            "All conditions must hold. Leave them empty to license every row; several values "
            "stand with a comma between them."
        ),
    )
    is_marked = forms.BooleanField(
        label=_("A marked copy for each buyer"),
        required=False,
        help_text=_(
            "Pseudonyms differ from buyer to buyer, so that a leaked copy names its buyer."
        ),
    )

    use = forms.ChoiceField(
        label=_("Kind of use"), required=False, choices=Use.choices, initial=Use.ANY.value
    )
    territory = forms.ChoiceField(
        label=_("Territory"),
        required=False,
        choices=Territory.choices,
        initial=Territory.CHINA.value,
    )
    territory_name = forms.CharField(label=_("Named place"), required=False, max_length=100)
    users = forms.ChoiceField(label=_("Users"), required=False, choices=Users.choices)
    most_users = forms.IntegerField(label=_("Number of named people"), required=False)
    deletion = forms.ChoiceField(
        label=_("Proof of deletion"), required=False, choices=DeletionProof.choices
    )
    audit = forms.ChoiceField(
        label=_("Audit"), required=False, choices=Audit.choices, initial=Audit.YEARLY.value
    )
    quota_rows = forms.IntegerField(
        label=_("Quota of rows"),
        required=False,
        help_text=_("How many rows programs may take; leave it empty for any number."),
    )
    quota_window = forms.ChoiceField(
        label=_("The quota is for"), required=False, choices=QuotaWindow.choices
    )
    revision_every = forms.ChoiceField(
        label=_("A later revision is promised"),
        required=False,
        choices=[("", _("Not promised")), *Every.choices],
    )
    revision_grace = forms.IntegerField(
        label=_("Missed after so many hours"),
        required=False,
        initial=24,
        help_text=_("Counted from the end of that day, week or month."),
    )
    credit_percent = forms.IntegerField(
        label=_("Credited for each that is missed, in percent"),
        required=False,
        help_text=_("Of the fee of a period of a subscription. Leave it empty for nothing."),
    )
    credit_most = forms.IntegerField(label=_("At most in a period, in percent"), required=False)

    OF_CLAUSES = (
        *("use", "territory", "territory_name", "users", "most_users", "deletion"),
        *("audit", "quota_window", "revision_every", "revision_grace"),
        *("credit_percent", "credit_most", "language"),
    )
    OF_OFFER = (*NAMES, "delivery_mode")
    OF_TERMS = (
        *(
            "purpose",
            "restrictions",
            "public_purpose",
            "is_exclusive",
            "licence_months",
            "acceptance_days",
        ),
        *("deletion_days", "onward_transfer", "derived_data", "dispute"),
        *("columns", "rows", "is_marked", "quota_rows"),
    )
    OF_QUOTA = ("quota_rows", "quota_window")

    def __init__(self, *args: Any, version: DatasetVersion, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields = {**{one.name: _text_field(one) for one in TEXTS}, **self.fields}
        columns = list(columns_of(version))
        for name in ("columns", "rows"):
            field = self.fields[name]
            assert isinstance(field, ColumnsField | ConditionsField)
            field.offer(columns)

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

    def clean_quota_rows(self) -> int:
        """Take no number as any number."""
        return self.cleaned_data["quota_rows"] or 0

    def clean_columns(self) -> tuple[str, ...]:
        """Take what is ticked as the terms hold it."""
        return tuple(self.cleaned_data["columns"])

    def offer(self) -> Offer:
        sent = self.cleaned_data
        clauses = {name: sent[name] for name in self.OF_CLAUSES if sent[name] not in (None, "")}
        terms = Terms(**{name: sent[name] for name in self.OF_TERMS}, **clauses)
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
            terms=terms,
            sale=sale,
        )

    @classmethod
    def values_of(cls, listing: Listing) -> dict[str, Any]:
        own = (*cls.OF_OFFER, "quota", "on_sale_from", "on_sale_until", "visibility")
        return {
            **{name: getattr(listing, name) for name in own},
            **cls.values_of_terms(listing.terms),
            "visible_kinds": listing.kinds,
            "invited": "\n".join(invited_codes(listing)),
            **cls.values_of_plan(listing.plan),
        }

    @staticmethod
    def values_of_terms(terms: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a form shows of terms at first, from their plain values."""
        return {**terms, "quota_rows": terms.get("quota_rows") or None}


OF_ONE_DATASET = frozenset({"columns", "rows", "quota_rows", "quota_window", "is_exclusive"})
"""Terms that are about the data or its buyer, and hold for no other data."""


def terms_of_before(former: Listing | None) -> dict[str, Any]:
    """Return the terms of an earlier offer as the form of a new one shows them at first."""
    if former is None:
        return {}
    terms = OfferForm.values_of_terms(former.terms)
    return {name: value for name, value in terms.items() if name not in OF_ONE_DATASET}


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
