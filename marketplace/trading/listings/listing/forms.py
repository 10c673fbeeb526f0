from __future__ import annotations

from typing import Any, ClassVar

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import columns_of
from marketplace.core.arguments import argument_of
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.selectors import invited_codes
from marketplace.trading.listings.listing.services import Offer, draft_listing
from marketplace.trading.listings.listing.texts import NAMES
from marketplace.trading.listings.plans.fields import PlanFields
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
from marketplace.web.taking import ActForm, form_field


class OfferForm(PlanFields, ActForm):
    """A listing: what buyers read first, the price, and the terms."""

    takes = Offer
    ARE_CHANGES: ClassVar[bool] = False
    """Whether terms that are left out stay as they are, and are not what is usual."""

    def __init__(self, *args: Any, version: DatasetVersion, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields |= form_fields()
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
        return Offer(
            **self.taken(), plan=self.chosen_plan(), terms=Terms.offered(read_values(self))
        )

    @classmethod
    def values_of(cls, listing: Listing) -> dict[str, Any]:
        own = (*NAMES, "delivery_mode", "quota", "on_sale_from", "on_sale_until", "visibility")
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


class DraftForm(OfferForm):
    """A new listing, which may take the place of one on the market."""

    replaces = form_field(argument_of(draft_listing, "replaces"))

    def __init__(
        self, *args: Any, version: DatasetVersion, on_market: list[Listing], **options: Any
    ) -> None:
        """Offer the listings of the same data; ask nothing where there is none.

        Those of the same version come first, since an offer anew mostly corrects one.
        """
        super().__init__(*args, version=version, **options)
        if not on_market:
            del self.fields["replaces"]
            return
        first = sorted(on_market, key=lambda one: one.revision.version_id != version.pk)
        beside = ("", _("No listing: it is sold beside the others"))
        self.fields["replaces"].choices = [beside, *map(_choice, first)]  # type: ignore[attr-defined]
        self.fields["replaces"].initial = str(first[0].pk)


def _choice(listing: Listing) -> tuple[str, str]:
    day = date_format(listing.published_at) if listing.published_at else ""
    return str(listing.pk), _("“%(title)s”, published on %(day)s") % {
        "title": listing.title,
        "day": day,
    }
