"""What becomes of the data and its results beyond the buyer."""

from dataclasses import dataclass
from typing import Annotated, Any, Final

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core.choices import named_in_api
from marketplace.trading.listings.terms.clauses.asked import Choice, worded
from marketplace.trading.listings.terms.clauses.base import Clause, Facts, Group, Place
from marketplace.trading.listings.terms.clauses.rules import (
    Permission,
    Policy,
    Rules,
    constraint,
    operands,
)


@named_in_api()
class OnwardTransfer(TextChoices):
    """Whether the buyer may pass the data on."""

    NONE = "none", gettext_lazy("No onward transfer")
    AFFILIATES = "affiliates", gettext_lazy("To companies under the same control only")
    ALLOWED = "allowed", gettext_lazy("Allowed under the same terms")


@named_in_api()
class DerivedData(TextChoices):
    """Whose the results are that the buyer makes from the data."""

    BUYER = "buyer", gettext_lazy("They belong to the buyer")
    SHARED = "shared", gettext_lazy("Both sides may use them")
    SELLER = "seller", gettext_lazy("They belong to the seller")


OWED: Final = {DerivedData.SHARED: "grantUse", DerivedData.SELLER: "transfer"}
"""What is owed for results that are not the buyer's alone."""


@dataclass(frozen=True, kw_only=True)
class OnwardTransferClause(Clause):
    """Whether the buyer may pass the data on."""

    group = Group.RESULTS
    place = Place.RESULTS

    onward_transfer: Annotated[
        str,
        Choice(label=gettext_lazy("Onward transfer"), choices=OnwardTransfer, is_marked=True),
    ] = OnwardTransfer.NONE.value

    def facts(self) -> Facts:
        return [(_("Onward transfer"), worded(OnwardTransfer, self.onward_transfer))]

    def in_contract(self) -> list[str]:
        said = worded(OnwardTransfer, self.onward_transfer)
        return [_("Onward transfer: %(onward_transfer)s.") % {"onward_transfer": said}]

    def in_policy(self, *, seller: str) -> Rules:
        if self.onward_transfer == OnwardTransfer.NONE:
            return Rules(forbidden=[{"action": "distribute"}])
        if self.onward_transfer == OnwardTransfer.AFFILIATES:
            affiliates = constraint("recipient", "isPartOf", "terms:affiliates", is_iri=True)
            return Rules(permitted=[Permission(action="distribute", bounds=[affiliates])])
        next_policy = [{"action": "nextPolicy"}]
        return Rules(permitted=[Permission(action="distribute", duties=next_policy)])

    @classmethod
    def from_policy(cls, policy: Policy) -> dict[str, Any]:
        found = OnwardTransfer.NONE
        if "distribute" in policy.permitted:
            bounded = "recipient" in operands(policy.permitted["distribute"])
            found = OnwardTransfer.AFFILIATES if bounded else OnwardTransfer.ALLOWED
        return {"onward_transfer": found.value}


@dataclass(frozen=True, kw_only=True)
class DerivedDataClause(Clause):
    """Whose the results are that the buyer makes from the data."""

    group = Group.RESULTS
    place = Place.RESULTS

    derived_data: Annotated[
        str, Choice(label=gettext_lazy("Derived data"), choices=DerivedData, is_marked=True)
    ] = DerivedData.BUYER.value

    def facts(self) -> Facts:
        return [(_("Derived data"), worded(DerivedData, self.derived_data))]

    def in_contract(self) -> list[str]:
        said = worded(DerivedData, self.derived_data)
        return [_("Results derived from the data: %(derived_data)s.") % {"derived_data": said}]

    def in_policy(self, *, seller: str) -> Rules:
        owed = OWED.get(DerivedData(self.derived_data))
        return Rules(owed=[{"action": owed}] if owed else [])

    @classmethod
    def from_policy(cls, policy: Policy) -> dict[str, Any]:
        owed = {duty.get("action") for duty in policy.permitted["derive"].get("duty", ())}
        whose = (found for found, action in OWED.items() if action in owed)
        return {"derived_data": next(whose, DerivedData.BUYER).value}
