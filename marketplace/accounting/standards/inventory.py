"""Data held for sale: the lower of cost and net realizable value (CAS 1, IAS 2, IPSAS 12)."""

from collections.abc import Mapping

from marketplace.accounting.standards.figures import ZERO, Given, cents
from marketplace.accounting.standards.profiles import Profile

PRICE = (
    "selling_price", "estimated_selling_price", "estimated_price", "expected_price", "sale_price",
    "price",
)  # fmt: skip
COMPLETION = (
    "cost_to_complete", "costs_to_complete", "completion_cost", "completion_costs", "completion",
)  # fmt: skip
SELLING = (
    "selling_costs", "selling_cost", "selling_expenses", "selling_expense", "costs_to_sell",
    "cost_to_sell", "selling",
)  # fmt: skip
TAXES = ("taxes", "selling_taxes", "related_taxes", "tax", "sales_tax")
NRV = ("nrv", "NRV", "net_realizable_value", "net_realisable_value")
LATER = (
    "later_nrv",
    "later_NRV",
    "later_net_realizable_value",
    "later_net_realisable_value",
    "nrv_later",
)


def lower_of_cost(given: Given, profile: Profile) -> Mapping[str, object]:
    """Carry stock at the lower of cost and net realizable value; a later rise takes it back.

    NRV is the selling price less the costs still to come: completion, selling and taxes. A write-
    down may be reversed up to its own amount, unlike the impairment of an intangible asset.
    """
    cost = given.amount("cost", "carrying", "inventory_cost")
    if given.has(*NRV):
        value = given.number(*NRV)
    else:
        to_come = sum(
            (given.amount(*names, default=ZERO) for names in (COMPLETION, SELLING, TAXES)), ZERO
        )
        value = given.amount(*PRICE) - to_come
    floor = max(ZERO, value)
    down = max(ZERO, cost - floor)
    figures: dict[str, object] = {
        "nrv": cents(value),
        "NRV": cents(value),
        "net_realizable_value": cents(value),
        "net_realisable_value": cents(value),
        "write_down": cents(down),
        "writedown": cents(down),
        "provision": cents(down),
        "loss": cents(down),
        "carrying": cents(cost - down),
        "carrying_after": cents(cost - down),
    }
    if given.has(*LATER):
        later = max(ZERO, given.number(*LATER))
        back = min(down, max(ZERO, min(cost, later) - (cost - down)))
        figures |= {
            "reversal": cents(back),
            "carrying_after_reversal": cents(cost - down + back),
        }
    return figures
