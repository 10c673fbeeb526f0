"""What happens to the copies once the licence ends."""

from dataclasses import dataclass
from typing import Annotated, Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core.choices import named_in_api
from marketplace.trading.listings.terms.clauses.asked import Choice, Whole, worded
from marketplace.trading.listings.terms.clauses.base import Clause, Facts, Group, Place
from marketplace.trading.listings.terms.clauses.rules import Policy, Rules, constraint, operands


@named_in_api()
class DeletionProof(TextChoices):
    """How the buyer shows that every copy is deleted."""

    STATEMENT = "statement", gettext_lazy("Confirmed in writing")
    REPORT = "report", gettext_lazy("Shown by a report of the destruction")


@dataclass(frozen=True, kw_only=True)
class DeletionClause(Clause):
    """Within how many days after the licence's end every copy is deleted, and how that is shown."""

    group = Group.TIME
    place = Place.DELETION

    deletion_days: Annotated[
        int,
        Whole(
            label=gettext_lazy("Deletion in days"),
            help=gettext_lazy("How soon after the licence's end every copy is deleted."),
            most=365,
            is_marked=True,
        ),
    ] = 30
    deletion: Annotated[
        str, Choice(label=gettext_lazy("Proof of deletion"), choices=DeletionProof)
    ] = DeletionProof.STATEMENT.value

    def facts(self) -> Facts:
        within = _("Within %(days)d days after the licence ends") % {"days": self.deletion_days}
        return [
            (_("Deletion"), within),
            (_("Proof of deletion"), worded(DeletionProof, self.deletion)),
        ]

    def in_contract(self) -> list[str]:
        sentence = _(
            "The recipient deletes every copy within %(days)s days after the licence ends. Proof "
            "of deletion: %(deletion)s."
        )
        proof = worded(DeletionProof, self.deletion)
        return [sentence % {"days": self.deletion_days, "deletion": proof}]

    def in_policy(self, *, seller: str) -> Rules:
        within = constraint("elapsedTime", "lteq", f"P{self.deletion_days}D", kind="duration")
        return Rules(
            obliged=[{"action": "delete", "constraint": [within]}],
            own={"terms:deletionProof": self.deletion},
        )

    @classmethod
    def from_policy(cls, policy: Policy) -> dict[str, Any]:
        within = operands(policy.obliged["delete"])["elapsedTime"]
        return {
            "deletion_days": int(within.strip("PD")),
            "deletion": policy.whole["terms:deletionProof"],
        }
