"""The disclosure table of data in the notes (财会〔2023〕11号; IAS 38.118)."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from marketplace.accounting.standards.figures import ZERO, Given, cents
from marketplace.accounting.standards.profiles import Profile
from marketplace.accounting.standards.refusals import RuleRefused


def table(given: Given, profile: Profile) -> Mapping[str, object]:
    """Roll cost, amortization and impairment from opening to closing, and return the carrying.

    Flat figures (`cost_opening`, `additions`, …) make one column; `columns` holds one object a
    column (bought, self_developed, other), whose total is answered too.
    """
    if not given.has("columns"):
        return _column(given)
    columns = given.value("columns")
    if not isinstance(columns, Mapping) or not all(
        isinstance(rows, Mapping) for rows in columns.values()
    ):
        raise RuleRefused(
            "rows-missing", _("Give the columns as an object: bought, self_developed, other.")
        )
    told: dict[str, dict[str, Decimal]] = {
        str(name): _column(given.part(rows, f"columns.{name}.")) for name, rows in columns.items()
    }
    total: dict[str, object] = {
        key: sum((column[key] for column in told.values()), ZERO) for key in _column(Given({}))
    }
    return total | told


def _column(given: Given) -> dict[str, Decimal]:
    opening = given.amount("cost_opening", "opening_cost", "opening", default=ZERO)
    additions = given.amount("additions", "cost_additions", "increase", default=ZERO)
    disposals = given.amount("disposals", "cost_disposals", "decrease", default=ZERO)
    amortized = _rolled(given, "amortisation", "amortization")
    impaired = _rolled(given, "impairment", "impairment_provision")
    closing = opening + additions - disposals
    carrying = closing - amortized - impaired
    if closing < 0 or amortized < 0 or impaired < 0 or carrying < 0:
        raise RuleRefused(
            "table-below-zero",
            _("A closing amount falls below zero: check disposals and what was charged."),
        )
    before = _opened(given, "amortisation", "amortization")
    impaired_before = _opened(given, "impairment", "impairment_provision")
    return {
        "cost_closing": cents(closing),
        "closing_cost": cents(closing),
        "amortisation_closing": cents(amortized),
        "accumulated_amortisation": cents(amortized),
        "impairment_closing": cents(impaired),
        "carrying_opening": cents(opening - before - impaired_before),
        "carrying_closing": cents(carrying),
        "carrying": cents(carrying),
    }


def _opened(given: Given, *names: str) -> Decimal:
    return given.amount(
        *(f"{name}_opening" for name in names), *(f"opening_{name}" for name in names), default=ZERO
    )


def _rolled(given: Given, *names: str) -> Decimal:
    opening = _opened(given, *names)
    charged = given.amount(*(f"{name}_charged" for name in names), *names, default=ZERO)
    released = given.amount(*(f"{name}_released" for name in names), default=ZERO)
    return opening + charged - released
