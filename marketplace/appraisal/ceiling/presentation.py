"""A price ceiling and its account as pages show them: figures, charts, sentences."""

from decimal import Decimal

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from marketplace.appraisal.ceiling.models import PriceCeiling
from marketplace.appraisal.ceiling.rules import is_reproduced
from marketplace.appraisal.ceiling.selectors import (
    Account,
    accounts_of,
    carries_of,
    incomes_of,
    periods_of,
)
from marketplace.appraisal.ceiling.states import CeilingState
from marketplace.web.charts import bars, curves, waterfall
from marketplace.web.templatetags.market import money, percent

MOST_INCOMES = 100


def shown(ceiling: PriceCeiling) -> dict[str, object]:
    (account,) = accounts_of([ceiling])
    periods = accounts_of(list(periods_of(ceiling.dataset_id)))
    incomes = list(incomes_of(ceiling)[: MOST_INCOMES + 1])
    return {
        "ceiling": ceiling,
        "price_text": money(ceiling.price, ceiling.currency),
        "way": way(ceiling, account),
        "facts": facts(ceiling),
        "chart": chart(ceiling, account),
        "account": account,
        "account_chart": account_chart(account),
        "account_sentence": account_sentence(account),
        "periods": periods,
        "periods_chart": periods_chart(periods) if len(periods) > 1 else "",
        "incomes": incomes[:MOST_INCOMES],
        "has_more_incomes": len(incomes) > MOST_INCOMES,
        "carries": carries_of(ceiling),
        "is_reproduced": is_reproduced(ceiling),
        "has_account": ceiling.state in (CeilingState.IN_FORCE, CeilingState.CLOSED),
    }


def facts(ceiling: PriceCeiling) -> list[tuple[str, object]]:
    """List what a reader has to know beside the figures."""
    return [
        (_("Organization"), ceiling.organization.name),
        (_("First day"), ceiling.period_from),
        (_("Last day"), ceiling.period_until),
        (_("Ended on"), ceiling.ended_on),
        (_("Permitted profit rate"), percent(ceiling.profit_rate, 2)),
        (_("Licences expected"), ceiling.expected_units),
    ]


def way(ceiling: PriceCeiling, account: Account) -> list[tuple[str, str, str]]:
    """List each figure with where it comes from, down to the price ceiling."""
    rate = percent(ceiling.profit_rate, 2)
    currency = ceiling.currency
    return [
        (
            _("Operating cost"),
            ceiling.operating_cost_source,
            money(ceiling.operating_cost, currency),
        ),
        (
            _("Permitted profit"),
            _("%(rate)s of the operating cost, as the jurisdiction's profile sets it")
            % {"rate": rate},
            money(ceiling.permitted_profit, currency),
        ),
        (_("Tax"), ceiling.tax_source, money(ceiling.tax, currency)),
        (
            _("Maximum revenue"),
            _("Operating cost + permitted profit + tax"),
            money(ceiling.maximum_revenue, currency),
        ),
        (
            _("Deducted"),
            _("What the period before earned above its maximum"),
            money(ceiling.deducted, currency),
        ),
        (
            _("Permitted revenue"),
            _("Maximum revenue − deduction, 0 at least"),
            money(account.permitted, currency),
        ),
        (
            _("Licences expected"),
            ceiling.expected_units_source,
            str(ceiling.expected_units),
        ),
        (
            _("Price ceiling"),
            _("Permitted revenue ÷ licences expected, rounded down to the cent"),
            money(ceiling.price, currency),
        ),
    ]


def chart(ceiling: PriceCeiling, account: Account) -> SafeString:
    """Draw how cost, profit, tax and deduction add up to the permitted revenue."""
    steps = [
        (_("Operating cost"), ceiling.operating_cost),
        (_("Permitted profit"), ceiling.permitted_profit),
        (_("Tax"), ceiling.tax),
    ]
    taken = min(ceiling.deducted, ceiling.maximum_revenue)
    if taken:
        steps.append((_("Deducted"), -taken))
    return waterfall(
        steps,
        total=_("Permitted revenue"),
        title=_("From cost to permitted revenue, in %(currency)s") % {"currency": ceiling.currency},
    )


def account_chart(account: Account) -> SafeString:
    """Draw what a period may earn beside what it has earned and passes on."""
    return bars(
        [
            (_("Permitted revenue"), account.permitted),
            (_("Income"), account.income),
            (_("Excess"), account.excess),
            (_("Carried into the next period"), account.carried),
        ],
        title=_("The account of the period, in %(currency)s")
        % {"currency": account.ceiling.currency},
    )


def account_sentence(account: Account) -> str:
    currency = account.ceiling.currency
    if not account.excess:
        left = account.permitted - account.income
        return _("%(left)s may still be earned in this period.") % {"left": money(left, currency)}
    amounts = {
        "excess": money(account.excess, currency),
        "waiting": money(account.waiting, currency),
    }
    if account.waiting:
        return (
            _(
                "The income is %(excess)s above what is permitted. Of that, %(waiting)s waits to "
                "be deducted from the next period, as soon as its price ceiling is in force."
            )
            % amounts
        )
    return (
        _(
            "The income is %(excess)s above what is permitted, and all of it is deducted from the "
            "next period."
        )
        % amounts
    )


def periods_chart(periods: list[Account]) -> SafeString:
    """Draw the periods of a dataset one after the other."""
    labels = [date_format(account.ceiling.period_from, "Y-m-d") for account in periods]

    def line(figures: list[Decimal]) -> list[tuple[str, Decimal]]:
        return list(zip(labels, figures, strict=True))

    return curves(
        {
            _("Permitted revenue"): line([account.permitted for account in periods]),
            _("Income"): line([account.income for account in periods]),
            _("Carried into the next period"): line([account.carried for account in periods]),
        },
        title=_("The periods of this data, in %(currency)s")
        % {"currency": periods[0].ceiling.currency},
        x_title=_("Period from"),
        y_title=periods[0].ceiling.currency,
    )
