"""Which spending becomes part of an asset, and which asset it becomes.

Source: 财会〔2023〕11号 (企业数据资源相关会计处理暂行规定); CAS 6 for development.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from marketplace.accounting.standards.figures import ZERO, Given, advice_on, cents
from marketplace.accounting.standards.profiles import Profile
from marketplace.accounting.standards.questions import QUESTIONS
from marketplace.accounting.standards.refusals import RuleRefused

INTANGIBLE, INVENTORY, DISCLOSED = "intangible", "inventory", "disclosed_only"
PURPOSES = {
    "own_use": INTANGIBLE,
    "use": INTANGIBLE,
    "internal": INTANGIBLE,
    "held_for_sale": INVENTORY,
    "sale": INVENTORY,
    "for_sale": INVENTORY,
    "daily_sale": INVENTORY,
    "neither": DISCLOSED,
    "other": DISCLOSED,
}
SOURCES = {
    "self": True,
    "own": True,
    "developed": True,
    "bought": False,
    "purchase": False,
    "purchased": False,
    "external": False,
}
"""Where data comes from, and whether the entity made it itself."""
REQUESTS = {
    "none": False,
    "keep": False,
    "capitalise": True,
    "capitalize": True,
    "capitalise_expensed": True,
    "capitalize_expensed": True,
    "capitalise_retroactively": True,
    "capitalize_retroactively": True,
    "retroactive_capitalisation": True,
    "retroactive_capitalization": True,
    "restate": True,
    "reclassify": True,
    "book": True,
}
"""What may be asked of expensed lines, and whether it looks back."""


def is_capitalized(line: Given, profile: Profile) -> bool:
    """Return whether a spending becomes part of an asset under a profile.

    Raises:
        RuleRefused: the kind of the line is not one that the profile names.
    """
    kind = line.text("kind", "type")
    is_development = kind == "development"
    is_qualified = line.whether("qualified", "conditions_met", default=not is_development)
    if is_development or kind in profile.capitalized:
        return is_qualified
    if kind in profile.expensed:
        return False
    raise RuleRefused(
        "unknown-kind",
        _("“%(kind)s” is no kind of cost. Choose one of: %(kinds)s.")
        % {"kind": kind, "kinds": ", ".join([*profile.capitalized, *profile.expensed])},
    )


def sort_costs(given: Given, profile: Profile) -> Mapping[str, object]:
    """Sort cost lines into expense, self-developed and bought assets."""
    expense = developed = bought = inventory = ZERO
    purpose = given.one_of(PURPOSES, "purpose", "held_for", default=INTANGIBLE)
    for line in given.rows("lines"):
        amount, is_own = line.amount("amount"), _is_own(line)
        held_for = line.one_of(PURPOSES, "purpose", "held_for", default=purpose)
        if not is_capitalized(line, profile):
            expense += amount
        elif held_for == INVENTORY:
            inventory += amount
        elif is_own:
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
        is_qualified = line.whether("qualified", "conditions_met", default=False)
        if line.whether("expensed", default=False):
            expensed += amount
            earlier += amount if _is_before(day, cut_off) else ZERO
        elif is_qualified:
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
        figures["error_if_requested"] = "no-retroactive-capitalization"
    if _asks_to_look_back(given):
        raise RuleRefused(
            "no-retroactive-capitalization",
            _(
                "What was expensed stays expensed: the rules apply from %(day)s on and do not look"
                " back. Capitalize only later spending that meets the conditions."
            )
            % {"day": cut_off.isoformat() if cut_off else _("their first day")},
            figures=figures,
        )
    return figures


def which_asset(given: Given, profile: Profile) -> Mapping[str, object]:
    """Return whether data is an intangible asset, inventory, or disclosed only.

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
        told = _conditions_told(conditions, profile)
        met = {name for name, is_met in told.items() if is_met}
        missing += [name for name in told if name not in (*met, *profile.development_conditions)]
        missing += [name for name in profile.development_conditions if name not in met]
    category = _category(
        given.one_of(PURPOSES, "purpose", "held_for", "intention", "use", default=DISCLOSED),
        missing,
    )
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
    """Return what data for a purpose is booked as, given the conditions that it does not meet."""
    return _category(PURPOSES[purpose], missing)


def _category(held_as: str, missing: Sequence[str]) -> str:
    return DISCLOSED if missing else held_as


def _conditions_told(conditions: object, profile: Profile) -> Mapping[str, bool]:
    if isinstance(conditions, Mapping):
        told = {str(name): is_met for name, is_met in conditions.items()}
    elif isinstance(conditions, list | tuple):
        told = {str(name): True for name in conditions}
    else:
        told = {"": None}
    if not all(isinstance(is_met, bool) for is_met in told.values()):
        raise RuleRefused(
            "conditions-unreadable",
            _("Give the conditions as an object of true and false, or list those that are met."),
        )
    known = {*profile.asset_conditions, *profile.development_conditions, *QUESTIONS}
    for name in told:
        if name not in known:
            raise RuleRefused(
                "unknown-condition",
                _("“%(name)s” is no condition of this standard.") % {"name": name}
                + " "
                + advice_on(name, known),
            )
    return {name: is_met is True for name, is_met in told.items()}


def _is_own(line: Given) -> bool:
    is_development = line.text("kind", "type").startswith("development")
    return line.one_of(SOURCES, "source", default=is_development) or is_development


def _is_before(day: date | None, cut_off: date | None) -> bool:
    return day is not None and cut_off is not None and day < cut_off


def _asks_to_look_back(given: Given) -> bool:
    wanted = given.one_of(REQUESTS, "request", "action", default=False)
    return given.whether("capitalise_expensed", "capitalize_expensed", default=False) or wanted
