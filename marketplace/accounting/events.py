"""What happens to costs."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class CostRecorded(Fact):
    """A voucher's amount was recorded for a dataset."""

    kind = "accounting.cost_recorded"
    label = _("Cost recorded")
    cost_kind: str
    amount: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class CostReversed(Fact):
    """A recorded amount was taken back."""

    kind = "accounting.cost_reversed"
    label = _("Cost reversed")
