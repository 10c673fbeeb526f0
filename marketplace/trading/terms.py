"""The terms of a licence as data: what the contract's text is made of."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Self

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.catalog.projections import Projection, conditions_from
from marketplace.core.errors import Invalid

LONGEST_TEXT = 600
LONGEST_LICENCE_MONTHS = 60
LONGEST_ACCEPTANCE_DAYS = 30
LONGEST_DELETION_DAYS = 365


class OnwardTransfer(TextChoices):
    """Whether the buyer may pass the data on."""

    NONE = "none", gettext_lazy("No onward transfer")
    AFFILIATES = "affiliates", gettext_lazy("To companies under the same control only")
    ALLOWED = "allowed", gettext_lazy("Allowed under the same terms")


class DerivedData(TextChoices):
    """Whose the results are that the buyer makes from the data."""

    BUYER = "buyer", gettext_lazy("They belong to the buyer")
    SHARED = "shared", gettext_lazy("Both sides may use them")
    SELLER = "seller", gettext_lazy("They belong to the seller")


class DisputePlace(TextChoices):
    """Where a dispute goes that talks cannot settle."""

    ARBITRATION = "arbitration", gettext_lazy("Arbitration at the centre's place")
    SELLER_COURT = "seller-court", gettext_lazy("The court at the seller's place")
    BUYER_COURT = "buyer-court", gettext_lazy("The court at the buyer's place")


def default_acceptance_days() -> int:
    """Answer the centre's usual term of acceptance, in working days."""
    return int(settings.CENTRE["ACCEPTANCE_WORKING_DAYS"])


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What the buyer may and must do.

    purpose: what the data may be used for. restrictions: what is forbidden, may be empty.
    public_purpose: for public governance or welfare alone, and so free of charge.
    licence_months: how long it may be used, from delivery. acceptance_days: working days to check
    a delivery. deletion_days: days after the licence's end within which copies are deleted.
    columns, rows: which of them the licence is for, none for all; each of `rows` is a condition as
    `catalog.projections` reads it. is_marked: each buyer gets a copy with pseudonyms of its own.
    """

    purpose: str
    restrictions: str = ""
    licence_months: int = 12
    is_exclusive: bool = False
    public_purpose: bool = False
    acceptance_days: int = 5
    onward_transfer: str = OnwardTransfer.NONE.value
    derived_data: str = DerivedData.BUYER.value
    deletion_days: int = 30
    dispute: str = DisputePlace.ARBITRATION.value
    columns: tuple[str, ...] = ()
    rows: tuple[Any, ...] = ()
    is_marked: bool = False

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """Read what `as_json` wrote."""
        listed: dict[str, Any] = {
            name: tuple(values[name]) for name in ("columns", "rows") if name in values
        }
        fields: dict[str, Any] = dict(values)
        fields.update(listed)
        return cls(**fields)

    def as_json(self) -> dict[str, Any]:
        """Answer plain values."""
        return asdict(self) | {"columns": list(self.columns), "rows": [list(r) for r in self.rows]}

    @property
    def projection(self) -> Projection:
        """Answer which columns and rows of the version the licence is for.

        Raises:
            Invalid: a condition is none; terms with no problem have none such.
        """
        return Projection(self.columns, conditions_from(self.rows))

    def problems(self) -> dict[str, list[str]]:
        """Say by field what cannot stand."""
        found: dict[str, list[str]] = {}
        if not self.purpose.strip():
            found["purpose"] = [_("Say what the buyer may use the data for.")]
        for name in ("purpose", "restrictions"):
            if len(getattr(self, name)) > LONGEST_TEXT:
                found[name] = [_("Use at most %(most)d characters.") % {"most": LONGEST_TEXT}]
        for name, most in (
            ("licence_months", LONGEST_LICENCE_MONTHS),
            ("acceptance_days", LONGEST_ACCEPTANCE_DAYS),
            ("deletion_days", LONGEST_DELETION_DAYS),
        ):
            if not 1 <= getattr(self, name) <= most:
                found[name] = [_("Choose 1 to %(most)d.") % {"most": most}]
        for name, choices in (
            ("onward_transfer", OnwardTransfer),
            ("derived_data", DerivedData),
            ("dispute", DisputePlace),
        ):
            if getattr(self, name) not in choices.values:
                found[name] = [_("Choose one of the listed answers.")]
        if len(set(self.columns)) < len(self.columns):
            found["columns"] = [_("Name each column once.")]
        try:
            conditions_from(self.rows)
        except Invalid as refusal:
            found["rows"] = [refusal.sentence]
        return found
