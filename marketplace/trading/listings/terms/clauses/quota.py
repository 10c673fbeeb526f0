"""How many rows programs may take."""

from dataclasses import dataclass
from typing import Annotated, Any, Final

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.trading.listings.plans import Menu, Once, Plan
from marketplace.trading.listings.terms.clauses.asked import Choice, Page, Whole
from marketplace.trading.listings.terms.clauses.base import (
    Clause,
    Facts,
    Group,
    OfferedAs,
    Place,
    Problems,
)
from marketplace.trading.listings.terms.clauses.rules import Policy, Rules, constraint

LARGEST_QUOTA = 10**12


class QuotaWindow(TextChoices):
    """For how long a quota of rows is."""

    LICENCE = "licence", gettext_lazy("In all, while the licence lasts")
    MONTH = "month", gettext_lazy("In each calendar month")


ROWS_TAKEN: Final = {
    QuotaWindow.LICENCE.value: "terms:rowsTaken",
    QuotaWindow.MONTH.value: "terms:rowsTakenEachMonth",
}
"""What a quota of rows bounds, by its window. ODRL's `count` counts actions, not rows."""


@dataclass(frozen=True, kw_only=True)
class QuotaClause(Clause):
    """How many rows programs may take in a window, 0 for any number."""

    group = Group.DATA
    place = Place.DELIVERY
    is_for_programs = True

    quota_rows: Annotated[
        int,
        Whole(
            label=gettext_lazy("Quota of rows"),
            help=gettext_lazy("How many rows programs may take; leave it empty for any number."),
            for_programs="How many rows programs may take; 0 for any number.",
            most=LARGEST_QUOTA,
            empty=0,
            is_of_one_dataset=True,
            first_on=(Page.OFFER, Page.AMENDMENT),
        ),
    ] = 0
    quota_window: Annotated[
        str,
        Choice(
            label=gettext_lazy("The quota is for"),
            for_programs=(
                "Whether the quota is for the whole licence or anew for each calendar month."
            ),
            choices=QuotaWindow,
            is_of_one_dataset=True,
            first_on=(Page.OFFER, Page.AMENDMENT),
        ),
    ] = QuotaWindow.LICENCE.value

    def problems(self) -> Problems:
        if 0 <= self.quota_rows <= LARGEST_QUOTA:
            return {}
        sentence = _("Choose 1 to %(most)d, or leave it out for any number.")
        return {"quota_rows": [sentence % {"most": LARGEST_QUOTA}]}

    def quota_in_words(self) -> str:
        """Say how many rows programs may take, "" where any number."""
        if not self.quota_rows:
            return ""
        named = {"rows": f"{self.quota_rows:,}"}
        if self.quota_window == QuotaWindow.MONTH:
            return (
                _("At most %(rows)s rows in each calendar month; what is taken again counts again")
                % named
            )
        return (
            _("At most %(rows)s rows while the licence lasts; what is taken again counts again")
            % named
        )

    def facts(self) -> Facts:
        return [(_("Quota of rows"), self.quota_in_words())] if self.quota_rows else []

    def in_contract(self) -> list[str]:
        if not self.quota_rows:
            return []
        sentence = _("Quota of rows for the recipient's programs: %(quota)s.")
        return [sentence % {"quota": self.quota_in_words()}]

    def in_policy(self, *, seller: str) -> Rules:
        if not self.quota_rows:
            return Rules()
        taken, most = ROWS_TAKEN[self.quota_window], str(self.quota_rows)
        return Rules(bounds=[constraint(taken, "lteq", most, kind="integer")])

    @classmethod
    def from_policy(cls, policy: Policy) -> dict[str, Any]:
        for window, name in ROWS_TAKEN.items():
            if name in policy.bounds:
                return {"quota_rows": int(policy.bounds[name]), "quota_window": window}
        return {"quota_rows": 0}

    def unfit(self, offered: OfferedAs) -> Problems:
        if self.quota_rows == 0:
            return {}
        if not offered.mode.is_counted:
            return {
                "quota_rows": [
                    _(
                        "Only rows that are scored, or leave through the API or Delta Sharing, are "
                        "counted. Leave the quota empty for this way of delivery."
                    )
                ]
            }
        # A client of Delta Sharing takes the whole table, so that less could never be used.
        is_whole = offered.mode.leaves_whole
        least = _largest_size(offered.plan, offered.version.rows) if is_whole else 1
        if self.quota_rows >= least:
            return {}
        sentence = _(
            "A table is taken whole each time. Let the quota hold its %(rows)d rows at least."
        )
        return {"quota_rows": [sentence % {"rows": least}]}


def _largest_size(plan: Plan, rows: int) -> int:
    """Return how many rows the table of an order has at most."""
    if isinstance(plan, Menu):
        return max((tier.rows for tier in plan.tiers), default=rows)
    return plan.rows if isinstance(plan, Once) and plan.rows is not None else rows
