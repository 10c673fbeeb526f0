"""What a price ceiling must keep to, and what the acts on it refuse."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts.four_eyes import is_second
from marketplace.accounts.roles import Role
from marketplace.appraisal.ceiling import figures
from marketplace.appraisal.ceiling.models import PriceCeiling
from marketplace.appraisal.ceiling.profile import ceiling_profile
from marketplace.appraisal.ceiling.selectors import periods_of
from marketplace.appraisal.ceiling.states import BEING_WRITTEN, CEILING, CeilingState
from marketplace.catalog.dataset.models import Dataset
from marketplace.core import (
    Actor,
    Allowed,
    Invalid,
    NotAllowed,
    Rule,
    WrongState,
    allowed,
    clock,
    to_cents,
)
from marketplace.core.arguments import Day, Number, Text, Whole, refused
from marketplace.core.months import months_after
from marketplace.core.rules import opens


def may_draft(by: Actor, organization_id: UUID) -> bool:
    """Officers work on the ceilings of their own organization's data."""
    return by.has(Role.OFFICER) and by.acts_for(organization_id)


def may_review(by: Actor, ceiling: PriceCeiling) -> bool:
    """A reviewer decides, who neither submitted it nor belongs to the organization that did."""
    return is_second("ceiling", ceiling.submitted_by_id, by, of=(ceiling.organization_id,))


@opens("ceiling_draft")
def check_drafts(dataset: Dataset, by: Actor) -> None:
    """Refuse who does not work on the price ceilings of data.

    Raises:
        NotAllowed: the actor is no officer of its organization.
    """
    if not may_draft(by, dataset.organization_id):
        raise NotAllowed(
            _("Only officers of the organization that holds the data can draft its price ceiling.")
        )


def check_works_on(ceiling: PriceCeiling, by: Actor) -> None:
    """Refuse who does not work on a price ceiling.

    Raises:
        NotAllowed: the actor is no officer of its organization.
    """
    if not may_draft(by, ceiling.organization_id):
        raise NotAllowed(_("Only officers of the organization can work on this price ceiling."))


def check_revise_ceiling(ceiling: PriceCeiling, by: Actor) -> None:
    """Refuse to compute a price ceiling anew.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: it was submitted already.
    """
    check_works_on(ceiling, by)
    if ceiling.state not in BEING_WRITTEN:
        raise WrongState(_("A price ceiling can be revised only before it is submitted."))


def check_submit_ceiling(ceiling: PriceCeiling, by: Actor) -> None:
    """Refuse to give a price ceiling to a second person.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is submitted already, or does not stand any more.
    """
    check_works_on(ceiling, by)
    CEILING.check(ceiling, CeilingState.SUBMITTED)
    check_standing(ceiling)


def check_withdraw_ceiling(ceiling: PriceCeiling, by: Actor) -> None:
    """Refuse to take a price ceiling back.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is decided already.
    """
    check_works_on(ceiling, by)
    CEILING.check(ceiling, CeilingState.WITHDRAWN)


def check_return_ceiling(ceiling: PriceCeiling, by: Actor) -> None:
    """Refuse to send a price ceiling back.

    Raises:
        NotAllowed: the actor is no reviewer, or submitted it.
        WrongState: it does not wait for a decision.
    """
    _check_second_person(ceiling, by)
    CEILING.check(ceiling, CeilingState.RETURNED)


def check_approve_ceiling(ceiling: PriceCeiling, by: Actor) -> None:
    """Refuse to put a price ceiling in force.

    Raises:
        NotAllowed: the actor is no reviewer, or submitted it.
        WrongState: it does not wait for a decision, its period is over or taken, or its figures do
            not stand.
    """
    _check_second_person(ceiling, by)
    CEILING.check(ceiling, CeilingState.IN_FORCE)
    if ceiling.period_until < clock.today():
        raise WrongState(
            _("The period is over. Return the price ceiling, so that a later period is chosen."),
            code="ceiling-period-over",
        )
    check_standing(ceiling)


def check_close_ceiling(ceiling: PriceCeiling, by: Actor) -> None:
    """Refuse to end a price ceiling before its period is over.

    Raises:
        NotAllowed: the actor is no reviewer, or submitted it.
        WrongState: it is not in force.
    """
    if not may_review(by, ceiling):
        raise NotAllowed(_("Only a reviewer who did not submit this can close it."))
    CEILING.check(ceiling, CeilingState.CLOSED)


def _check_second_person(ceiling: PriceCeiling, by: Actor) -> None:
    if not may_review(by, ceiling):
        raise NotAllowed(_("Only a reviewer who did not submit this can decide on it."))


ACTS_ON_CEILING: Mapping[str, Rule[PriceCeiling]] = {
    "revise_ceiling": check_revise_ceiling,
    "submit_ceiling": check_submit_ceiling,
    "withdraw_ceiling": check_withdraw_ceiling,
    "approve_ceiling": check_approve_ceiling,
    "return_ceiling": check_return_ceiling,
    "close_ceiling": check_close_ceiling,
}


def acts_on_ceiling(ceiling: PriceCeiling, by: Actor) -> Allowed:
    return allowed(ACTS_ON_CEILING, ceiling, by)


# What a price ceiling must keep to, asked when it is drafted and again by each act on it.

LARGEST_AMOUNT = Decimal("9999999999999.99")
MOST_UNITS = 1_000_000_000
LONGEST_SOURCE = 200


def _amount(label: Any, help_text: Any) -> Number:
    return Number(label=label, help=help_text, digits=18, places=2)


def _source(label: Any) -> Text:
    help_text = gettext_lazy("A voucher, a budget, a contract: a reviewer checks it.")
    return Text(label=label, help=help_text, longest=LONGEST_SOURCE)


FIRST_DAY = Day(
    label=gettext_lazy("First day"),
    help=gettext_lazy("Prices are under this ceiling from this day on."),
)
LAST_DAY = Day(
    label=gettext_lazy("Last day"),
    help=gettext_lazy("What is earned too much until then is taken from the next period."),
)
COST = _amount(
    gettext_lazy("Operating cost"),
    gettext_lazy(
        "What it costs to operate the public data in this period, without profit and tax."
    ),
)
COST_SOURCE = _source(gettext_lazy("Source of the operating cost"))
TAX = _amount(
    gettext_lazy("Tax"), gettext_lazy("Taxes and fees that the law puts on the operation.")
)
TAX_SOURCE = _source(gettext_lazy("Source of the tax"))
UNITS = Whole(
    label=gettext_lazy("Licences expected"),
    least=1,
    most=MOST_UNITS,
    help=gettext_lazy(
        "How many licences will be sold in the period. The permitted revenue, divided by them, "
        "is the highest price of one."
    ),
)
UNITS_SOURCE = _source(gettext_lazy("Source of the licences expected"))


@dataclass(frozen=True, kw_only=True)
class Permitted:
    """What an officer says of a period: its cost, its tax, the licences expected, and sources.

    Money is in the centre's currency. The rate of profit is no part of it: the jurisdiction's
    profile sets it.
    """

    period_from: Annotated[date, FIRST_DAY]
    period_until: Annotated[date, LAST_DAY]
    operating_cost: Annotated[Decimal, COST]
    operating_cost_source: Annotated[str, COST_SOURCE]
    tax: Annotated[Decimal, TAX]
    tax_source: Annotated[str, TAX_SOURCE]
    expected_units: Annotated[int, UNITS]
    expected_units_source: Annotated[str, UNITS_SOURCE]

    def problems(self) -> dict[str, list[str]]:
        found = refused(Permitted, **vars(self))
        longest = ceiling_profile().longest_period_months
        if self.period_until < self.period_from:
            found["period_until"] = [_("Choose a last day that is not before the first day.")]
        elif self.period_until >= months_after(self.period_from, longest):
            found["period_until"] = [
                _("A period lasts at most %(months)d months. Choose an earlier last day.")
                % {"months": longest}
            ]
        for name in ("operating_cost", "tax"):
            sentence = _problem_of_amount(getattr(self, name))
            if sentence:
                found[name] = [sentence]
        for name in ("operating_cost_source", "tax_source", "expected_units_source"):
            if not getattr(self, name).strip():
                found[name] = [_("Say where the figure comes from, so that it can be checked.")]
        return found

    def columns(self) -> dict[str, Any]:
        """Return what a ceiling keeps of it, with everything that follows by today's profile.

        Raises:
            Invalid: a figure cannot stand.
        """
        found = self.problems()
        if found:
            raise Invalid(_("The price ceiling needs corrections. See the fields."), fields=found)
        rate = ceiling_profile().permitted_profit_rate
        computed = figures.computed(
            operating_cost=self.operating_cost, profit_rate=rate, tax=self.tax
        )
        if computed.maximum_revenue > LARGEST_AMOUNT:
            sentence = _("The maximum revenue is too large to be true. Check the amounts.")
            raise Invalid(sentence, fields={"operating_cost": [sentence]})
        return {
            "period_from": self.period_from,
            "period_until": self.period_until,
            "operating_cost": self.operating_cost,
            "operating_cost_source": self.operating_cost_source.strip(),
            "profit_rate": rate,
            "permitted_profit": computed.permitted_profit,
            "tax": self.tax,
            "tax_source": self.tax_source.strip(),
            "maximum_revenue": computed.maximum_revenue,
            "expected_units": self.expected_units,
            "expected_units_source": self.expected_units_source.strip(),
            "price": figures.price_ceiling(computed.maximum_revenue, self.expected_units),
            "library_version": computed.library_version,
        }


def check_period(ceiling: PriceCeiling) -> None:
    """Refuse a period that touches one that holds or has held.

    Raises:
        WrongState: it does; the sentence names the other period.
    """
    for other in periods_of(ceiling.dataset_id):
        last = other.ended_on or other.period_until
        if (
            other.pk != ceiling.pk
            and other.period_from <= ceiling.period_until
            and ceiling.period_from <= last
        ):
            raise WrongState(
                _(
                    "There is a price ceiling for %(first)s to %(last)s already. Choose a period "
                    "that begins after it, or have that one closed first."
                )
                % {"first": other.period_from.isoformat(), "last": last.isoformat()},
                code="ceiling-period-taken",
            )


def check_standing(ceiling: PriceCeiling) -> None:
    """Hold a ceiling's figures against its inputs and today's profile.

    Raises:
        WrongState: the profile has another rate, the figures do not follow from the inputs, or
            another ceiling has the period; the sentence says to revise.
    """
    rate = ceiling_profile().permitted_profit_rate
    if ceiling.profit_rate != rate:
        raise WrongState(
            _("The permitted profit rate is another now. Revise the price ceiling."),
            code="ceiling-rate-changed",
        )
    if not is_reproduced(ceiling):
        raise WrongState(
            _("The figures do not come out of their inputs any more. Revise the price ceiling."),
            code="ceiling-differs",
        )
    check_period(ceiling)


def is_reproduced(ceiling: PriceCeiling) -> bool:
    """Return whether the stored inputs give the same cents again."""
    again = figures.computed(
        operating_cost=ceiling.operating_cost, profit_rate=ceiling.profit_rate, tax=ceiling.tax
    )
    permitted = figures.permitted_revenue(again.maximum_revenue, ceiling.deducted)
    return (again.permitted_profit, again.maximum_revenue) == (
        ceiling.permitted_profit,
        ceiling.maximum_revenue,
    ) and figures.price_ceiling(permitted, ceiling.expected_units) == ceiling.price


def _problem_of_amount(amount: Decimal) -> str:
    if not (amount.is_finite() and Decimal(0) <= amount <= LARGEST_AMOUNT):
        return _("Give 0 or more.")
    if amount != to_cents(amount):
        return _("Give an amount with at most two decimal places.")
    return ""
