"""Where the data may be used."""

from dataclasses import dataclass
from typing import Annotated, Any, Final

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core.choices import named_in_api
from marketplace.trading.listings.terms.clauses.asked import Choice, Text, worded
from marketplace.trading.listings.terms.clauses.base import Clause, Facts, Group, Place, Problems
from marketplace.trading.listings.terms.clauses.rules import Policy, Rules, constraint

LONGEST_PLACE = 100
CHINA: Final = "https://www.iso.org/obp/ui/#iso:code:3166:CN"


@named_in_api()
class Territory(TextChoices):
    """Where the data may be used."""

    WORLDWIDE = "worldwide", gettext_lazy("Anywhere")
    CHINA = "china", gettext_lazy("In China's mainland only")
    NAMED = "named", gettext_lazy("In a named place only")


@dataclass(frozen=True, kw_only=True)
class TerritoryClause(Clause):
    """Where the data may be used: contracts that do not say it bind nobody to a place.

    An offer that does not say it keeps to China's mainland, since what goes abroad is assessed
    first.
    """

    group = Group.USE
    place = Place.PERMITTED

    territory: Annotated[
        str,
        Choice(label=gettext_lazy("Territory"), choices=Territory, usual=Territory.CHINA.value),
    ] = Territory.WORLDWIDE.value
    territory_name: Annotated[
        str,
        Text(
            label=gettext_lazy("Named place"),
            longest=LONGEST_PLACE,
            only_if=("territory", Territory.NAMED.value),
        ),
    ] = ""

    def problems(self) -> Problems:
        named = self.territory_name.strip()
        if self.territory != Territory.NAMED or 1 <= len(named) <= LONGEST_PLACE:
            return {}
        sentence = _("Name the place in 1 to %(most)d characters.") % {"most": LONGEST_PLACE}
        return {"territory_name": [sentence]}

    def territory_in_words(self) -> str:
        if self.territory == Territory.NAMED:
            return self.territory_name
        return worded(Territory, self.territory)

    def facts(self) -> Facts:
        return [(_("Territory"), self.territory_in_words())]

    def in_contract(self) -> list[str]:
        return [_("Territory: %(territory)s.") % {"territory": self.territory_in_words()}]

    def in_policy(self, *, seller: str) -> Rules:
        if self.territory == Territory.CHINA:
            return Rules(bounds=[constraint("spatial", "eq", CHINA, is_iri=True)])
        if self.territory == Territory.NAMED:
            return Rules(bounds=[constraint("spatial", "eq", self.territory_name)])
        return Rules()

    @classmethod
    def from_policy(cls, policy: Policy) -> dict[str, Any]:
        spatial = policy.bounds.get("spatial", "")
        if spatial == CHINA:
            return {"territory": Territory.CHINA.value}
        if spatial:
            return {"territory": Territory.NAMED.value, "territory_name": spatial}
        return {"territory": Territory.WORLDWIDE.value}
