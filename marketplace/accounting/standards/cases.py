"""A case as a file gives it: read, recognized by its keys, answered."""

import json
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Never

from django.utils.translation import gettext as _

from marketplace.accounting.standards import (
    amortization,
    disclosure,
    inventory,
    ratio_cases,
    recognition,
    sources,
    tax,
)
from marketplace.accounting.standards.figures import Given
from marketplace.accounting.standards.profiles import Profile
from marketplace.accounting.standards.refusals import RuleRefused

Rule = Callable[[Given, Profile], Mapping[str, object]]


@dataclass(frozen=True)
class CaseKind:
    """A rule by name, and how inputs tell that they are for it."""

    name: str
    rule: Rule
    fits: Callable[[Given], bool]


def _lines_have(given: Given, *names: str) -> bool:
    lines = given.value("lines")
    return isinstance(lines, list) and any(
        isinstance(line, Mapping) and any(name in line for name in names) for line in lines
    )


def _is_balance_sheet(given: Given) -> bool:
    return given.has(*ratio_cases.ASSETS) and given.has(*ratio_cases.LIABILITIES)


def _is_gift(given: Given) -> bool:
    rows = given.value("cases")
    inside = isinstance(rows, list) and any(
        isinstance(row, Mapping) and "fair_value" in row for row in rows
    )
    return inside or given.has("reliable", "fair_value_reliable")


KINDS = (
    CaseKind(
        "equity_for_target",
        ratio_cases.target,
        lambda given: _is_balance_sheet(given) and given.has(*ratio_cases.TARGET),
    ),
    CaseKind("debt_ratio", ratio_cases.moves, _is_balance_sheet),
    CaseKind(
        "pledge",
        ratio_cases.pledge,
        lambda given: (
            given.has(*ratio_cases.ENTITY)
            and given.has("action", "request", "operation", "move", "pledge", "pledge_loan")
        ),
    ),
    CaseKind(
        "appraisal",
        sources.not_from_appraisal,
        lambda given: given.has(*sources.APPRAISED) and given.has("cost", "carrying", "book_value"),
    ),
    CaseKind("grant_in_kind", sources.grant_in_kind, _is_gift),
    CaseKind(
        "grant_in_cash",
        sources.grant_in_cash,
        lambda given: given.has("grant", "grant_amount", "cash_grant"),
    ),
    CaseKind(
        "deferred_tax",
        tax.deferred_tax,
        lambda given: (
            given.has("months_tax", "tax_months", "years_tax", "tax_years")
            or (
                given.has("months_acc", "acc_months", "years_acc") and given.has("rate", "tax_rate")
            )
        ),
    ),
    CaseKind(
        "impairment",
        amortization.impairment,
        lambda given: given.has(
            "recoverable",
            "recoverable_amount",
            "value_in_use",
            "fair_value_less_costs",
            "fair_value_less_costs_to_sell",
        ),
    ),
    CaseKind(
        "inventory",
        inventory.lower_of_cost,
        lambda given: (
            given.has(*inventory.NRV)
            or (given.has(*inventory.PRICE) and given.has("cost", "carrying", "inventory_cost"))
        ),
    ),
    CaseKind(
        "no_retroactive_capitalization",
        recognition.without_looking_back,
        lambda given: _lines_have(given, "expensed"),
    ),
    CaseKind(
        "capitalization",
        recognition.sort_costs,
        lambda given: _lines_have(given, "kind", "type"),
    ),
    CaseKind(
        "contribution",
        sources.contribution,
        lambda given: given.has("fair_value", "agreed_value", "contribution"),
    ),
    CaseKind(
        "disclosure",
        disclosure.table,
        lambda given: given.has(
            "columns", "additions", "cost_opening", "opening_cost", "opening", "cost_additions"
        ),
    ),
    CaseKind(
        "recognition",
        recognition.which_asset,
        lambda given: given.has("purpose", "held_for", "intention", "conditions"),
    ),
    CaseKind(
        "amortization",
        amortization.schedule,
        lambda given: (
            given.has("cost", "carrying")
            and given.has(*amortization.MONTHS, *amortization.YEARS, *amortization.UNITS)
        ),
    ),
)
"""In the order in which inputs are asked: the first that fits answers."""
BY_NAME: Mapping[str, CaseKind | None] = {"accounting": None} | {kind.name: kind for kind in KINDS}
"""What may stand under `kind`; `accounting` leaves it to the inputs."""
OF_A_PUBLISHED_CASE = ("rule", "source", "expected", "tolerance")


def answer(document: Mapping[str, object], profile: Profile) -> Mapping[str, object]:
    """Return the figures of a case, whose inputs may be wrapped under `inputs`.

    Raises:
        RuleRefused: no rule fits, a figure is missing or wrong, a name is not known or would change
            nothing, or a rule forbids what is asked.
    """
    whole = Given(document)
    named = whole.one_of(BY_NAME, "kind", default=None)
    if whole.has("inputs"):
        inputs = whole.value("inputs")
        for name in OF_A_PUBLISHED_CASE:
            whole.value(name)
        whole.refuse_unread()
    else:
        inputs = {name: value for name, value in document.items() if name != "kind"}
    if not isinstance(inputs, Mapping):
        raise RuleRefused(
            "input-unreadable", _("Give the inputs as an object of names and values.")
        )
    recognized = Given(inputs)
    found = named or next((kind for kind in KINDS if kind.fits(recognized)), None)
    if found is None:
        raise RuleRefused(
            "case-not-recognized",
            _("No rule fits these inputs. Name one under “kind”: %s.")
            % ", ".join(kind.name for kind in KINDS),
        )
    given = Given(inputs)
    given.asked |= recognized.asked
    try:
        figures = found.rule(given, profile)
    except RuleRefused:
        given.refuse_misspelt()
        raise
    given.refuse_unread()
    return figures


def read_case(path: Path) -> dict[str, object]:
    """Read a case: TOML by the ending `.toml`, otherwise JSON; numbers stay decimal.

    Raises:
        RuleRefused: it is no such file, names a key twice or holds no object.
        OSError: it cannot be opened.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
        loaded: object = (
            tomllib.loads(text, parse_float=Decimal)
            if path.suffix.lower() == ".toml"
            else json.loads(
                text,
                parse_float=Decimal,
                parse_constant=_no_constant,
                object_pairs_hook=_no_duplicates,
            )
        )
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise _unreadable(str(error)) from error
    if not isinstance(loaded, dict):
        raise _unreadable(_("it holds no object"))
    return loaded


def _no_constant(name: str) -> Never:
    raise ValueError(f"{name} is no number")


def _no_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is named twice")
    return found


def _unreadable(reason: str) -> RuleRefused:
    return RuleRefused(
        "input-unreadable",
        _("The file is neither JSON nor TOML as it should be: %s.") % reason,
    )
