"""How long the licence lasts, and whether it is one buyer's alone."""

from dataclasses import dataclass
from typing import Annotated, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.trading.listings.plans import Subscription
from marketplace.trading.listings.terms.clauses.asked import Flag, Page, Whole
from marketplace.trading.listings.terms.clauses.base import (
    Clause,
    Facts,
    Group,
    InForce,
    OfferedAs,
    Place,
    Problems,
)
from marketplace.trading.listings.terms.clauses.rules import Policy, Rules, constraint


@dataclass(frozen=True, kw_only=True)
class LicenceClause(Clause):
    """How long the data may be used, in months from the delivery."""

    group = Group.TIME
    place = Place.RIGHTS

    licence_months: Annotated[
        int,
        Whole(
            label=gettext_lazy("Licence in months"),
            most=60,
            is_marked=True,
            first_on=(Page.OFFER, Page.AMENDMENT),
        ),
    ] = 12

    def facts(self) -> Facts:
        said = _("%(months)d months from the delivery") % {"months": self.licence_months}
        return [(_("Licence"), said)]

    def in_contract(self) -> list[str]:
        months = {"months": self.licence_months}
        return [_("The licence lasts %(months)s months from the delivery.") % months]

    def in_policy(self, *, seller: str) -> Rules:
        length = f"P{self.licence_months}M"
        return Rules(bounds=[constraint("elapsedTime", "lteq", length, kind="duration")])

    @classmethod
    def from_policy(cls, policy: Policy) -> dict[str, Any]:
        return {"licence_months": int(policy.bounds["elapsedTime"].strip("PM"))}

    def service_levels(self) -> list[dict[str, Any]]:
        return [
            {
                "property": "licence",
                "value": self.licence_months,
                "unit": "m",
                "description": "For so long the data may be used, from its delivery.",
            }
        ]

    def stays(self, at: InForce) -> dict[str, str]:
        if not isinstance(at.plan, Subscription):
            return {}
        sentence = _(
            "The licence lasts as long as the subscription, and the price stays. Subscribe anew."
        )
        return {"licence_months": sentence}


@dataclass(frozen=True, kw_only=True)
class ExclusiveClause(Clause):
    """Whether the licence is one buyer's alone."""

    group = Group.USE
    place = Place.RIGHTS
    is_of_right = True
    is_listed = True

    is_exclusive: Annotated[
        bool,
        Flag(label=gettext_lazy("Exclusive: sold to one buyer alone"), is_of_one_dataset=True),
    ] = False

    def facts(self) -> Facts:
        return [(_("Exclusive"), _("Yes, one buyer alone") if self.is_exclusive else _("No"))]

    def facts_of_right(self) -> Facts:
        return [(_("Exclusive"), _("Yes, one buyer alone"))]

    def in_contract(self) -> list[str]:
        if self.is_exclusive:
            return [_("The licence is exclusive: the provider grants it to nobody else.")]
        return [_("The licence is not exclusive.")]

    def in_policy(self, *, seller: str) -> Rules:
        return Rules(own={"terms:exclusive": self.is_exclusive})

    def in_policy_of_right(self) -> dict[str, Any]:
        return {"terms:exclusive": self.is_exclusive}

    @classmethod
    def from_policy(cls, policy: Policy) -> dict[str, Any]:
        return {"is_exclusive": policy.whole["terms:exclusive"]}

    def unfit(self, offered: OfferedAs) -> Problems:
        if not offered.mode.sells_right or self.is_exclusive:
            return {}
        return {"is_exclusive": [_("A right is sold to one buyer alone. Make it exclusive.")]}

    def stays(self, at: InForce) -> dict[str, str]:
        return {
            "is_exclusive": _(
                "Whether the licence is exclusive is the listing's. Terminate, and order another "
                "one."
            )
        }
