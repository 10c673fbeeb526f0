"""Whether the data is for public governance or welfare alone, and so free of charge."""

from dataclasses import dataclass
from typing import Annotated, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.trading.listings.terms.clauses.asked import Flag
from marketplace.trading.listings.terms.clauses.base import (
    Clause,
    Facts,
    Group,
    InForce,
    Place,
)
from marketplace.trading.listings.terms.clauses.rules import Policy, Rules


@dataclass(frozen=True, kw_only=True)
class PublicPurposeClause(Clause):
    """Whether the data is for public governance or welfare alone, and so free of charge."""

    group = Group.USE
    place = Place.RESTRICTED
    is_listed = True

    public_purpose: Annotated[
        bool,
        Flag(
            label=gettext_lazy("For public governance or welfare alone"),
            help=gettext_lazy("Such a listing is free: set its price to 0."),
            for_programs="For public governance or welfare alone: the price is then 0.",
        ),
    ] = False

    def facts(self) -> Facts:
        if not self.public_purpose:
            return []
        return [(_("Free"), _("For public governance or welfare alone"))]

    def in_contract(self) -> list[str]:
        if not self.public_purpose:
            return []
        return [_("The recipient uses the data for public governance or public welfare alone.")]

    def in_policy(self, *, seller: str) -> Rules:
        return Rules(own={"terms:publicPurpose": self.public_purpose})

    @classmethod
    def from_policy(cls, policy: Policy) -> dict[str, Any]:
        return {"public_purpose": policy.whole["terms:publicPurpose"]}

    def stays(self, at: InForce) -> dict[str, str]:
        return {
            "public_purpose": _(
                "Whether it is for the public alone decides the price, and stays. Order it anew."
            )
        }
