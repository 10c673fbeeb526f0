"""Which spending becomes part of an asset, and which asset it becomes.

Source: 财会〔2023〕11号 (企业数据资源相关会计处理暂行规定); CAS 6 for development.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from marketplace.accounting.rules.figures import ZERO, Given, cents
from marketplace.accounting.rules.profiles import Profile
from marketplace.accounting.rules.refusals import RuleRefused

INTANGIBLE, INVENTORY, DISCLOSED = "intangible", "inventory", "disclosed_only"
OWN_USE, FOR_SALE = (
    ("own_use", "use", "internal"),
    ("held_for_sale", "sale", "for_sale", "daily_sale"),
)


def is_capitalized(line: Given, profile: Profile) -> bool:
    """Tell whether a spending becomes part of an asset under a profile.

    Raises:
        RuleRefused: the kind of the line is not one that the profile names.
    """
    kind = line.text("kind", "type")
    if kind == "development":
        return line.whether("qualified", "conditions_met", default=False)
    if kind in profile.capitalized:
        return line.whether("qualified", default=True)
    if kind in profile.expensed:
        return False
    raise RuleRefused(
        "UNKNOWN_KIND",
        _("“%(kind)s” is no kind of cost. Choose one of: %(kinds)s.")
        % {"kind": kind, "kinds": ", ".join([*profile.capitalized, *profile.expensed])},
    )


def sort_costs(given: Given, profile: Profile) -> Mapping[str, object]:
    """Sort cost lines into expense, self-developed and bought assets."""
    expense = developed = bought = inventory = ZERO
    purpose = given.text("purpose", "held_for")
    for line in given.rows("lines"):
        amount = line.amount("amount")
        if not is_capitalized(line, profile):
            expense += amount
        elif (line.text("purpose", "held_for") or purpose) in FOR_SALE:
            inventory += amount
        elif _is_own(line):
            developed += amount
        else:
            bought += amount
    return {
        "expense": cents(expense),
        "intangible_self_developed": cents(developed),
        "intangible_bought": cents(bought),
        "intangible": cents(developed + bought),
        "inventory": cents(inventory),
        "capitalised": cents(developed + bought + inventory),
        "total": cents(expense + developed + bought + inventory),
    }


def without_looking_back(given: Given, profile: Profile) -> Mapping[str, object]:
    """Capitalize dated lines from the profile's first day on; what was expensed stays expensed.

    Raises:
        RuleRefused: it is asked to capitalize what was expensed.
    """
    capitalized = expensed = earlier = ZERO
    cut_off = given.day("effective_date", "effective", "cutoff", "cut_off") or profile.applies_from
    for line in given.rows("lines"):
        amount, day = line.amount("amount"), line.day("date", "on", "incurred_on")
        if line.whether("expensed", default=False):
            expensed += amount
            earlier += amount if _is_before(day, cut_off) else ZERO
        elif line.whether("qualified", "conditions_met", default=False):
            capitalized += amount
        else:
            expensed += amount
    figures: dict[str, object] = {
        "capitalised": cents(capitalized),
        "stays_expensed": cents(expensed),
        "expense": cents(expensed),
        "total": cents(capitalized + expensed),
    }
    if earlier:
        figures["error_if_requested"] = "NO_RETROACTIVE_CAPITALISATION"
    if _asks_to_look_back(given):
        raise RuleRefused(
            "NO_RETROACTIVE_CAPITALISATION",
            _(
                "What was expensed stays expensed: the rules apply from %(day)s on and do not look"
                " back. Capitalize only later spending that meets the conditions."
            )
            % {"day": cut_off.isoformat() if cut_off else _("their first day")},
            figures=figures,
        )
    return figures


def which_asset(given: Given, profile: Profile) -> Mapping[str, object]:
    """Answer whether data is an intangible asset, inventory, or disclosed only.

    `controlled`, `lawful`, `benefits_probable` and `cost_reliable` are the conditions of any asset;
    `conditions` holds those of development, where the entity made the data itself.
    """
    missing = [
        name
        for name in profile.asset_conditions
        if not given.whether(name, default=name not in ("benefits_probable", "cost_reliable"))
    ]
    conditions = given.value("conditions")
    if conditions is not None:
        met = _conditions_met(conditions)
        missing += [name for name in profile.development_conditions if name not in met]
    category = category_of(given.text("purpose", "held_for", "intention", "use"), missing)
    cost = given.amount("cost", default=ZERO)
    return {
        "category": category,
        "recognised_as": category,
        "capitalised": not missing and category != DISCLOSED,
        "missing_conditions": missing,
        "carrying": cents(cost if category != DISCLOSED else ZERO),
        "expense": cents(ZERO if category != DISCLOSED else cost),
        "rule": profile.rule("recognition"),
    }


def category_of(purpose: str, missing: Sequence[str]) -> str:
    """Answer what data for a purpose is booked as, given the conditions that it does not meet."""
    if missing:
        return DISCLOSED
    if purpose in OWN_USE:
        return INTANGIBLE
    return INVENTORY if purpose in FOR_SALE else DISCLOSED


def _conditions_met(conditions: object) -> set[str]:
    if isinstance(conditions, Mapping):
        return {str(name) for name, is_met in conditions.items() if is_met is True}
    if isinstance(conditions, list | tuple):
        return {str(name) for name in conditions}
    raise RuleRefused(
        "CONDITIONS_UNREADABLE",
        _("Give the conditions as an object of true and false, or list those that are met."),
    )


def _is_own(line: Given) -> bool:
    source = line.text("source")
    return source in ("self", "own", "developed") or line.text("kind", "type").startswith("develop")


def _is_before(day: date | None, cut_off: date | None) -> bool:
    return day is not None and cut_off is not None and day < cut_off


def _asks_to_look_back(given: Given) -> bool:
    request = given.text("request", "action")
    wanted = request.startswith(("capital", "retro", "restate", "reclassify", "book"))
    return wanted or given.whether("capitalise_expensed", "capitalize_expensed", default=False)
