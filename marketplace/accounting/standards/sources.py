"""Where a booked amount may come from: cost, or fair value where a rule says so.

It never comes from an appraisal.

Sources: 财会〔2025〕33号 (an appraised amount is no basis for booking); CAS 16 and IAS 20 (grants);
Company Law art. 48 and CAS 2, 6 (contributions at the agreed, fair value).
"""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from marketplace.accounting.standards.amortization import months_of
from marketplace.accounting.standards.figures import TWELVE, ZERO, Given, cents
from marketplace.accounting.standards.profiles import Profile
from marketplace.accounting.standards.refusals import RuleRefused

APPRAISED = ("appraised_value", "appraised", "appraisal", "valuation", "valuation_result")
FROM_AGREEMENT, FROM_APPRAISAL = "agreement", "appraisal"
VALUE_SOURCES = {
    "agreement": FROM_AGREEMENT,
    "agreed": FROM_AGREEMENT,
    "contract": FROM_AGREEMENT,
    "fair_value": FROM_AGREEMENT,
    "verification": FROM_AGREEMENT,
    "appraisal": FROM_APPRAISAL,
    "appraised": FROM_APPRAISAL,
    "appraised_value": FROM_APPRAISAL,
}
REQUESTS = {
    "none": False,
    "cost": False,
    "keep_at_cost": False,
    "disclose": False,
    "supplementary_information": False,
    "appraisal": True,
    "appraised_value": True,
    "book_appraisal": True,
    "book_appraised_value": True,
    "revalue": True,
    "revaluation": True,
    "adjust": True,
    "adjust_to_appraisal": True,
    "adjust_to_appraised_value": True,
}
"""What may be asked beside an appraisal, and whether it would book the appraised value."""
FOR_AN_ASSET, FOR_PAST_COSTS = "asset", "past_costs"
RELATED = {
    "asset": FOR_AN_ASSET,
    "assets": FOR_AN_ASSET,
    "past_costs": FOR_PAST_COSTS,
    "past": FOR_PAST_COSTS,
    "income_past": FOR_PAST_COSTS,
    "compensation": FOR_PAST_COSTS,
    "costs_incurred": FOR_PAST_COSTS,
}
NOMINAL_NOTE = "nominal amount goes to P&L"


def not_from_appraisal(given: Given, profile: Profile) -> Mapping[str, object]:
    """Carry at cost, whatever an appraisal says.

    Raises:
        RuleRefused: booking the appraised value is asked for; the figures hold what stands.
    """
    cost = given.amount("cost", "carrying", "book_value")
    value = given.amount(*APPRAISED)
    figures: dict[str, object] = {
        "carrying": cents(cost),
        "appraisal_stored_as": "supplementary_information",
        "supplementary_information": cents(value),
    }
    if given.one_of(
        REQUESTS, "request", "action", "booking_source", "source", "basis", default=False
    ):
        raise RuleRefused(
            "appraisal-not-bookable",
            _(
                "An appraised value is never booked (%(source)s). The asset stays at its cost; keep"
                " the appraisal beside the accounts as supplementary information."
            )
            % {"source": profile.rule("appraisal")},
            figures=figures,
        )
    return figures


def contribution(given: Given, profile: Profile) -> Mapping[str, object]:
    """Book what an owner contributes at its agreed value, with a voucher of its own.

    Where the agreed value is not fair, the fair value is booked instead (CAS 6 art. 14).

    Raises:
        RuleRefused: there is no voucher, the value comes from an appraisal, or agreed and fair
            value differ and it is not told, with a reason, whether the agreed one is fair.
    """
    value, chosen = _value_contributed(given)
    basis = given.one_of(VALUE_SOURCES, "value_source", "basis", "source", default=FROM_AGREEMENT)
    if basis == FROM_APPRAISAL:
        raise RuleRefused(
            "appraisal-not-bookable",
            _(
                "A contribution is booked at the value that its owners agreed and a voucher shows,"
                " not at an appraised value. Name the agreement or the verification of capital."
            ),
        )
    share = given.amount("share_capital", "registered_capital", "nominal_capital", default=value)
    if share > value:
        raise RuleRefused(
            "capital-above-value", _("The share capital is above the value: correct one of them.")
        )
    figures: dict[str, object] = {
        "asset": cents(value),
        "carrying": cents(value),
        "equity": cents(value),
        "share_capital": cents(share),
        "paid_in_capital": cents(share),
        "capital_reserve": cents(value - share),
        "liability": cents(ZERO),
        **chosen,
    }
    if not given.text("voucher", "voucher_reference", "agreement"):
        raise RuleRefused(
            "voucher-missing",
            _("Fair value needs a voucher of its own: name the agreement or the contract."),
            figures=figures,
        )
    return figures


def _value_contributed(given: Given) -> tuple[Decimal, dict[str, object]]:
    """Return the value to book and, where two differ, which one it is and why."""
    if not given.has("agreed_value", "contribution"):
        return given.amount("fair_value"), {}
    agreed = given.amount("agreed_value", "contribution")
    is_fair = given.whether("agreed_is_fair", default=True)
    if is_fair and not given.has("fair_value"):
        return agreed, {}
    fair = given.amount("fair_value")
    if agreed == fair:
        return agreed, {}
    reason = given.text("reason")
    figures: dict[str, object] = {
        "agreed_value": cents(agreed),
        "fair_value": cents(fair),
        "difference": cents(agreed - fair),
    }
    if not given.has("agreed_is_fair") or not reason:
        raise RuleRefused(
            "values-differ",
            _(
                "The agreed value is %(agreed)s and the fair value %(fair)s. The agreed value is"
                " booked unless it is not fair (CAS 6): say so with agreed_is_fair, true or false,"
                " and give the reason."
            )
            % {"agreed": cents(agreed), "fair": cents(fair)},
            figures=figures,
        )
    figures |= {"booked": "agreed_value" if is_fair else "fair_value", "reason": reason}
    return (agreed if is_fair else fair), figures


def grant_in_kind(given: Given, profile: Profile) -> Mapping[str, object]:
    """Book data that a government gives: reliable fair value with deferred income, else nominal."""
    rows = given.rows("cases") if given.has("cases") else [given]
    booked = [_gift(row, profile) for row in rows]
    answer: dict[str, object] = {
        name: [row[name] for row in booked] if given.has("cases") else booked[0][name]
        for name in ("asset", "deferred_income", "profit")
    }
    return answer | {"note": NOMINAL_NOTE}


def _gift(row: Given, profile: Profile) -> dict[str, Decimal]:
    is_reliable = row.whether("reliable", "fair_value_reliable", default=True)
    value = row.amount("fair_value", default=ZERO)
    if row.has("fair_value") and is_reliable:
        return {"asset": cents(value), "deferred_income": cents(value), "profit": cents(ZERO)}
    nominal = cents(profile.nominal_amount)
    return {"asset": nominal, "deferred_income": cents(ZERO), "profit": nominal}


def grant_in_cash(given: Given, profile: Profile) -> Mapping[str, object]:
    """Book a grant in cash: for an asset deferred over its life, for past costs income at once."""
    amount = given.amount("grant", "grant_amount", "cash_grant", "amount")
    related = given.one_of(
        RELATED, "related_to", "relates_to", "for", "purpose", "type", default=FOR_AN_ASSET
    )
    if related == FOR_PAST_COSTS:
        return {
            "cash": cents(amount),
            "deferred_income": cents(ZERO),
            "income": cents(amount),
            "profit": cents(amount),
        }
    months = months_of(given)
    in_year = min(given.amount("months_in_year1", default=TWELVE), Decimal(months))
    monthly, first = amount / months, amount * in_year / months
    return {
        "cash": cents(amount),
        "deferred_income": cents(amount),
        "monthly_income": cents(monthly),
        "income_year1": cents(first),
        "profit": cents(first),
        "deferred_income_after_year1": cents(amount - first),
    }
