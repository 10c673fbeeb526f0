"""Where a dispute goes that talks cannot settle."""

from dataclasses import dataclass
from typing import Annotated, Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core.choices import named_in_api
from marketplace.trading.listings.terms.clauses.asked import Choice, worded
from marketplace.trading.listings.terms.clauses.base import Clause, Facts, Group, Place
from marketplace.trading.listings.terms.clauses.rules import Policy, Rules


@named_in_api()
class DisputePlace(TextChoices):
    """Where a dispute goes that talks cannot settle."""

    ARBITRATION = "arbitration", gettext_lazy("Arbitration at the centre's place")
    SELLER_COURT = "seller-court", gettext_lazy("The court at the seller's place")
    BUYER_COURT = "buyer-court", gettext_lazy("The court at the buyer's place")


@dataclass(frozen=True, kw_only=True)
class DisputeClause(Clause):
    """Where a dispute goes that talks cannot settle."""

    group = Group.RESULTS
    place = Place.DISPUTES
    is_of_right = True

    dispute: Annotated[
        str, Choice(label=gettext_lazy("Disputes"), choices=DisputePlace, is_marked=True)
    ] = DisputePlace.ARBITRATION.value

    def facts(self) -> Facts:
        return [(_("Disputes"), worded(DisputePlace, self.dispute))]

    def facts_of_right(self) -> Facts:
        return DisputeClause.facts(self)

    def in_contract(self) -> list[str]:
        sentence = _(
            "The sides first talk, with the centre as mediator. What remains goes to: %(dispute)s."
        )
        return [sentence % {"dispute": worded(DisputePlace, self.dispute)}]

    def in_contract_of_right(self) -> list[str]:
        sentence = _(
            "Whoever breaks this contract makes good the damage. The sides first talk, with the "
            "centre as mediator. What remains goes to: %(dispute)s."
        )
        return [sentence % {"dispute": worded(DisputePlace, self.dispute)}]

    def in_policy(self, *, seller: str) -> Rules:
        return Rules(own={"terms:dispute": self.dispute})

    def in_policy_of_right(self) -> dict[str, Any]:
        return {"terms:dispute": self.dispute}

    @classmethod
    def from_policy(cls, policy: Policy) -> dict[str, Any]:
        return {"dispute": policy.whole["terms:dispute"]}
