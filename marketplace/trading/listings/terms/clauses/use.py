"""What kind of use is permitted."""

from dataclasses import dataclass
from typing import Annotated, Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core.choices import named_in_api
from marketplace.trading.listings.terms.clauses.asked import Choice, worded
from marketplace.trading.listings.terms.clauses.base import Clause, Facts, Group, Place
from marketplace.trading.listings.terms.clauses.rules import Policy, Rules, constraint


@named_in_api()
class Use(TextChoices):
    """What kind of use is permitted; the purpose says it in words."""

    ANY = "any", gettext_lazy("Any lawful use")
    INTERNAL = "internal", gettext_lazy("The buyer's own work, nothing offered to others")
    RESEARCH = "research", gettext_lazy("Research and statistics")
    MODELS = "models", gettext_lazy("Training and testing models")
    PRODUCTS = "products", gettext_lazy("Making products and services")
    PUBLIC = "public", gettext_lazy("Public governance or welfare")


@dataclass(frozen=True, kw_only=True)
class UseClause(Clause):
    """What kind of use is permitted."""

    group = Group.USE
    place = Place.PERMITTED

    use: Annotated[str, Choice(label=gettext_lazy("Kind of use"), choices=Use)] = Use.ANY.value

    def use_in_words(self) -> str:
        return worded(Use, self.use)

    def facts(self) -> Facts:
        return [(_("Kind of use"), self.use_in_words())]

    def in_contract(self) -> list[str]:
        return [_("Kind of use: %(use)s.") % {"use": self.use_in_words()}]

    def in_policy(self, *, seller: str) -> Rules:
        if self.use == Use.ANY:
            return Rules()
        return Rules(bounds=[constraint("terms:use", "eq", self.use)])

    @classmethod
    def from_policy(cls, policy: Policy) -> dict[str, Any]:
        return {"use": policy.bounds.get("terms:use", Use.ANY.value)}
