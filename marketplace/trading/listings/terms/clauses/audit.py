"""How the use of the data is checked."""

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
class Audit(TextChoices):
    """How the use of the data is checked."""

    NONE = "none", gettext_lazy("Not checked")
    REPORT = "report", gettext_lazy("The buyer reports once a year")
    YEARLY = "yearly", gettext_lazy("Audited once a year, and at once on suspicion")
    ANY_TIME = "any-time", gettext_lazy("Audited at any time")


@dataclass(frozen=True, kw_only=True)
class AuditClause(Clause):
    """How the use of the data is checked."""

    group = Group.TIME
    place = Place.AUDIT

    audit: Annotated[str, Choice(label=gettext_lazy("Audit"), choices=Audit)] = Audit.YEARLY.value

    def facts(self) -> Facts:
        return [(_("Audit"), worded(Audit, self.audit))]

    def in_contract(self) -> list[str]:
        sentence = _("Audit of the use by the provider and the centre: %(audit)s.")
        return [sentence % {"audit": worded(Audit, self.audit)}]

    def in_policy(self, *, seller: str) -> Rules:
        each_year = constraint("timeInterval", "eq", "P1Y", kind="duration")
        if self.audit == Audit.REPORT:
            return Rules(obliged=[{"action": "inform", "constraint": [each_year]}])
        if self.audit == Audit.YEARLY:
            return Rules(obliged=[{"action": "acceptTracking", "constraint": [each_year]}])
        if self.audit == Audit.ANY_TIME:
            return Rules(obliged=[{"action": "acceptTracking"}])
        return Rules()

    @classmethod
    def from_policy(cls, policy: Policy) -> dict[str, Any]:
        found, duties = Audit.NONE, policy.obliged
        if "inform" in duties:
            found = Audit.REPORT
        elif "acceptTracking" in duties:
            found = Audit.YEARLY if "constraint" in duties["acceptTracking"] else Audit.ANY_TIME
        return {"audit": found.value}
