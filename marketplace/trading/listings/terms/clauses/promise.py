"""How often a later revision is promised, and what the buyer gets for one that is missed."""

from dataclasses import dataclass
from typing import Annotated, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.catalog.feed.choices import Every
from marketplace.trading.listings.plans import Subscription
from marketplace.trading.listings.terms.clauses.asked import Choice, Whole
from marketplace.trading.listings.terms.clauses.base import (
    Clause,
    Facts,
    Group,
    OfferedAs,
    Place,
    Problems,
)
from marketplace.trading.listings.terms.clauses.rules import (
    Policy,
    Rule,
    Rules,
    constraint,
    operands,
)

LONGEST_GRACE_HOURS = 24 * 31
PROMISED: Final = "terms:offerRevision"
"""What a seller owes who promised later revisions: one within the grace after each period."""
PERIODS: Final = {Every.DAY: "P1D", Every.WEEK: "P7D", Every.MONTH: "P1M"}
LEVELS: Final = {Every.DAY: (1, "d"), Every.WEEK: (7, "d"), Every.MONTH: (1, "m")}
"""The same as number and unit of a service level."""
PERCENT, MOST_PERCENT = "terms:percentOfPeriodFee", "terms:mostPercentInPeriod"
"""What the seller owes for a revision that is missed. ODRL's `percentage` is one of the asset."""


@dataclass(frozen=True, kw_only=True)
class PromiseClause(Clause):
    """How often a later revision is promised, and what a missed one gives.

    revision_every: "" for no promise; it is missed where none is on offer revision_grace hours
    after the end of that time. credit_percent: what part of the price of a period the buyer is then
    credited, credit_most: at most so much in a period.
    """

    group = Group.DATA
    place = Place.REVISIONS

    revision_every: Annotated[
        str,
        Choice(
            label=gettext_lazy("A later revision is promised"),
            for_programs="How often a later revision is promised; empty for no promise.",
            choices=Every,
            none=gettext_lazy("Not promised"),
        ),
    ] = ""
    revision_grace: Annotated[
        int,
        Whole(
            label=gettext_lazy("Missed after so many hours"),
            help=gettext_lazy("Counted from the end of that day, week or month."),
            for_programs="Hours after the end of that time until it is missed.",
            least=0,
            most=LONGEST_GRACE_HOURS,
        ),
    ] = 24
    credit_percent: Annotated[
        int,
        Whole(
            label=gettext_lazy("Credited for each that is missed, in percent"),
            help=gettext_lazy(
                "Of the fee of a period of a subscription. Leave it empty for nothing."
            ),
            for_programs="What part of a period's fee is credited for each that is missed.",
            most=100,
            empty=0,
        ),
    ] = 0
    credit_most: Annotated[
        int,
        Whole(
            label=gettext_lazy("At most in a period, in percent"),
            for_programs="What part of a period's fee is credited in it at most.",
            most=100,
            empty=0,
        ),
    ] = 0

    def problems(self) -> Problems:
        found: Problems = {}
        if not self.credit_percent and not self.credit_most:
            return found
        if not self.revision_every:
            found["credit_percent"] = [_("Say how often a revision is promised.")]
        elif not 1 <= self.credit_percent <= 100:
            found["credit_percent"] = [_("Choose 1 to %(most)d.") % {"most": 100}]
        elif not self.credit_percent <= self.credit_most <= 100:
            found["credit_most"] = [
                _("Give at most 100, and not less than for one that is missed.")
            ]
        return found

    def promise_in_words(self) -> list[str]:
        """Say how often a revision is promised, and what the buyer gets for one that is missed."""
        if not self.revision_every:
            return []
        every = str(Every(self.revision_every).label)
        said = [
            _(
                "A later revision: %(every)s, at the latest %(hours)d hours after the end of that "
                "time"
            )
            % {"every": every, "hours": self.revision_grace}
        ]
        if self.credit_percent:
            said.append(
                _(
                    "For each that is missed the recipient is credited %(percent)d %% of the fee "
                    "of the period, at most %(most)d %% of it in a period; not for what a court, "
                    "an authority or the centre holds up, nor for what was refunded"
                )
                % {"percent": self.credit_percent, "most": self.credit_most}
            )
        return said

    def facts(self) -> Facts:
        said = self.promise_in_words()
        return [(_("Later revisions"), "; ".join(said))] if said else []

    def in_contract(self) -> list[str]:
        return [f"{line}." for line in self.promise_in_words()]

    def in_policy(self, *, seller: str) -> Rules:
        if not self.revision_every:
            return Rules()
        every, hours = PERIODS[Every(self.revision_every)], f"PT{self.revision_grace}H"
        duty: Rule = {
            "action": PROMISED,
            "assignee": seller,
            "constraint": [
                constraint("timeInterval", "eq", every, kind="duration"),
                constraint("elapsedTime", "lteq", hours, kind="duration"),
            ],
        }
        if self.credit_percent:
            owed = {PERCENT: self.credit_percent, MOST_PERCENT: self.credit_most}
            bounds = [constraint(one, "eq", str(owed[one]), kind="integer") for one in owed]
            credit = {"action": "compensate", "assignee": seller, "constraint": bounds}
            duty["consequence"] = [credit]
        return Rules(obliged=[duty])

    @classmethod
    def from_policy(cls, policy: Policy) -> dict[str, Any]:
        if PROMISED not in policy.obliged:
            return {}
        duty = policy.obliged[PROMISED]
        within = operands(duty)
        period = within["timeInterval"]
        found: dict[str, Any] = {
            "revision_every": next(every.value for every, iso in PERIODS.items() if iso == period),
            "revision_grace": int(within["elapsedTime"].strip("PTH")),
        }
        for missed in duty.get("consequence", ()):
            owed = operands(missed)
            found |= {"credit_percent": int(owed[PERCENT]), "credit_most": int(owed[MOST_PERCENT])}
        return found

    def service_levels(self) -> list[dict[str, Any]]:
        said = self.promise_in_words()
        if not said:
            return []
        value, unit = LEVELS[Every(self.revision_every)]
        levels: list[dict[str, Any]] = [
            {"property": "frequency", "value": value, "unit": unit, "description": said[0]},
            {"property": "latency", "value": self.revision_grace, "unit": "h"},
        ]
        if self.credit_percent:
            credit = {"property": "serviceCredit", "value": self.credit_percent, "unit": "%"}
            levels.append({**credit, "description": said[1]})
        return levels

    def unfit(self, offered: OfferedAs) -> Problems:
        if self.revision_every and not offered.plan.follows:
            return {"revision_every": [_("What is paid once brings no later revision.")]}
        if self.credit_percent and not isinstance(offered.plan, Subscription):
            sentence = _("Only what is paid by periods has a fee to credit of.")
            return {"credit_percent": [sentence]}
        return {}
