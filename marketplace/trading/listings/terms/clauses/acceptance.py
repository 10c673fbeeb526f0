"""How long the buyer may check a delivery."""

from dataclasses import dataclass
from typing import Annotated, Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.trading.listings.terms.clauses.asked import Whole
from marketplace.trading.listings.terms.clauses.base import Clause, Facts, Group, InForce, Place
from marketplace.trading.listings.terms.clauses.rules import Policy, Rules


def default_acceptance_days() -> int:
    """Return the centre's usual term of acceptance, in working days."""
    return int(settings.CENTRE["ACCEPTANCE_WORKING_DAYS"])


@dataclass(frozen=True, kw_only=True)
class AcceptanceClause(Clause):
    """How many working days the buyer has to check a delivery, the seller of a right to give it."""

    group = Group.TIME
    place = Place.ACCEPTANCE
    is_of_right = True

    acceptance_days: Annotated[
        int,
        Whole(
            label=gettext_lazy("Acceptance in working days"),
            help=gettext_lazy(
                "How long the buyer may check the delivery; silence after that is acceptance."
            ),
            for_programs="In working days; where it is left out, the centre's usual term.",
            usual=default_acceptance_days,
            most=30,
            is_marked=True,
        ),
    ] = 5

    def facts(self) -> Facts:
        said = _("Within %(days)d working days after the first opening; then silence accepts")
        return [(_("Acceptance period"), said % {"days": self.acceptance_days})]

    def facts_of_right(self) -> Facts:
        said = _("Within %(days)d working days after the entry") % {"days": self.acceptance_days}
        completion = _("When the register records the buyer as the new holder")
        return [(_("Completion"), completion), (_("Hand-over"), said)]

    def in_contract(self) -> list[str]:
        sentence = _(
            "The recipient checks the delivery and accepts it, or objects, within %(days)s working "
            "days after it first opened the data. Silence after that is acceptance."
        )
        return [sentence % {"days": self.acceptance_days}]

    def in_contract_of_right(self) -> list[str]:
        sentence = _(
            "Within %(days)s working days after the entry the seller hands over what the buyer "
            "needs to exercise the right, the data among it."
        )
        return [sentence % {"days": self.acceptance_days}]

    def in_policy(self, *, seller: str) -> Rules:
        return Rules(own={"terms:acceptanceDays": self.acceptance_days})

    @classmethod
    def from_policy(cls, policy: Policy) -> dict[str, Any]:
        return {"acceptance_days": policy.whole["terms:acceptanceDays"]}

    def stays(self, at: InForce) -> dict[str, str]:
        if not at.is_delivered:
            return {}
        sentence = _(
            "The term of acceptance runs since the delivery, or is over. Leave it as it is."
        )
        return {"acceptance_days": sentence}
