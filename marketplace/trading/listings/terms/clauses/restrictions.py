"""What the buyer may not do."""

from dataclasses import dataclass
from typing import Annotated, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.trading.listings.terms.clauses.asked import Page, Text
from marketplace.trading.listings.terms.clauses.base import Clause, Facts, Group, Place
from marketplace.trading.listings.terms.clauses.rules import Policy, Rules


@dataclass(frozen=True, kw_only=True)
class RestrictionsClause(Clause):
    """What the buyer may not do with the data, in words; empty where the law alone forbids."""

    group = Group.USE
    place = Place.RESTRICTED

    restrictions: Annotated[
        str,
        Text(
            label=gettext_lazy("Restrictions"),
            help=gettext_lazy(
                "What the buyer may not do with the data, if anything beyond the law."
            ),
            longest=600,
            lines=2,
            first_on=(Page.AMENDMENT,),
        ),
    ] = ""

    def facts(self) -> Facts:
        return [(_("Restrictions"), self.restrictions or _("None beyond the law"))]

    def in_contract(self) -> list[str]:
        if not self.restrictions:
            return []
        return [_("Restrictions: %(restrictions)s") % {"restrictions": self.restrictions}]

    def in_policy(self, *, seller: str) -> Rules:
        return Rules(own={"terms:restrictions": self.restrictions})

    @classmethod
    def from_policy(cls, policy: Policy) -> dict[str, Any]:
        return {"restrictions": policy.whole["terms:restrictions"]}
