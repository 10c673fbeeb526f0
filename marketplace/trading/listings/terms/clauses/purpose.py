"""What the data may be used for."""

from dataclasses import dataclass
from typing import Annotated, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.trading.listings.terms.clauses.asked import Page, Text
from marketplace.trading.listings.terms.clauses.base import Clause, Facts, Group, Place, Problems
from marketplace.trading.listings.terms.clauses.rules import Policy, Rules, constraint


@dataclass(frozen=True, kw_only=True)
class PurposeClause(Clause):
    """What the data may be used for, in words."""

    group = Group.USE
    place = Place.PERMITTED
    is_of_right = True

    purpose: Annotated[
        str,
        Text(
            label=gettext_lazy("Permitted purposes"),
            longest=600,
            lines=3,
            is_marked=True,
            first_on=(Page.AMENDMENT,),
        ),
    ]

    def problems(self) -> Problems:
        if self.purpose.strip():
            return {}
        return {"purpose": [_("Say what the buyer may use the data for.")]}

    def facts(self) -> Facts:
        return [(_("Permitted purposes"), self.purpose)]

    def in_contract(self) -> list[str]:
        return [_("Permitted purposes: %(purpose)s") % {"purpose": self.purpose}]

    def in_policy(self, *, seller: str) -> Rules:
        return Rules(bounds=[constraint("purpose", "eq", self.purpose)])

    @classmethod
    def from_policy(cls, policy: Policy) -> dict[str, Any]:
        return {"purpose": policy.bounds["purpose"]}
