"""Debt-ratio cases as files give them: a balance sheet with moves, a target, or a pledge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from marketplace.accounting.rules.figures import HUNDRED, ZERO, Given, places
from marketplace.accounting.rules.profiles import Profile
from marketplace.accounting.rules.ratio import (
    LASTING,
    BalanceSheet,
    Entity,
    Operation,
    after,
    equity_needed,
    refuse_unlawful,
)
from marketplace.accounting.rules.refusals import RuleRefused

ASSETS = ("A", "assets", "total_assets", "A0")
LIABILITIES = ("L", "liabilities", "total_liabilities", "L0")
SPENT = ("spend", "spent", "spending", "outlay", "cost", "project_cost")
CAPITALIZED = ("capitalised", "capitalized", "capitalised_part", "of_which_capitalised", "asset")
SHARES = ("capitalised_share", "capitalized_share", "capitalisation_rate", "share_capitalised")
LOAN_TO_VALUE = ("ltv", "loan_to_value", "pledge_rate", "pledge_ratio")
MOVES = ("moves", "operations", "scenarios", "ways", "events", "actions")
TARGET = ("target_pct", "target_ratio_pct", "target", "target_ratio", "r_target", "r_star")
ENTITY = ("entity", "entity_type", "entity_kind", "who", "holder", "unit", "organization_kind")
WORDS = (
    ("apprais", Operation.APPRAISAL),
    ("revalu", Operation.APPRAISAL),
    ("pledge", Operation.PLEDGE_LOAN),
    ("guarantee", Operation.PLEDGE_LOAN),
    ("loan", Operation.LOAN_FUNDED),
    ("borrow", Operation.LOAN_FUNDED),
    ("hidden_debt", Operation.LOAN_FUNDED),
    ("debt", Operation.LOAN_FUNDED),
    ("equity", Operation.EQUITY),
    ("contribut", Operation.EQUITY),
    ("capital_injection", Operation.EQUITY),
    ("profit", Operation.PROFIT),
    ("earn", Operation.PROFIT),
    ("grant", Operation.GRANT),
    ("expens", Operation.EXPENSED),
    ("capital", Operation.CAPITALIZED),
)
"""The first word that a name holds decides which move is meant."""
FLAT = (
    (Operation.EQUITY, ("equity", "equity_contribution", "contribution", "capital_contribution")),
    (Operation.APPRAISAL, ("appraisal", "appraised_value", "appraised", "appraisal_value")),
    (Operation.PLEDGE_LOAN, ("pledge_loan", "pledge", "pledged_loan", "loan_pledged")),
    (Operation.PROFIT, ("profit", "product_profit", "cash_profit")),
    (Operation.GRANT, ("grant", "cash_grant")),
)
ALSO = {
    Operation.EXPENSED: ("expense", "expensed", "all_expensed"),
    Operation.CAPITALIZED: ("capitalise", "capitalised", "capitalize", "capitalized"),
    Operation.LOAN_FUNDED: ("loan", "loan_funded"),
    Operation.EQUITY: ("equity", "equity_contribution", "contribution"),
    Operation.APPRAISAL: ("appraisal",),
    Operation.PLEDGE_LOAN: ("pledge", "pledge_loan"),
    Operation.PROFIT: ("profit", "product_profit"),
    Operation.GRANT: ("grant",),
}
ENTITIES = {
    "administrative_unit": Entity.ADMINISTRATIVE_UNIT,
    "administrative": Entity.ADMINISTRATIVE_UNIT,
    "admin_unit": Entity.ADMINISTRATIVE_UNIT,
    "government": Entity.ADMINISTRATIVE_UNIT,
    "government_body": Entity.ADMINISTRATIVE_UNIT,
    "行政单位": Entity.ADMINISTRATIVE_UNIT,
    "platform": Entity.PLATFORM,
    "state_owned_platform": Entity.PLATFORM,
    "company": Entity.COMPANY,
    "enterprise": Entity.COMPANY,
}


def sheet_of(given: Given) -> BalanceSheet:
    """Read a balance sheet."""
    return BalanceSheet(given.positive(*ASSETS), given.amount(*LIABILITIES))


def entity_of(given: Given) -> Entity:
    """Read who it is; whoever is not named is a company.

    Raises:
        RuleRefused: the name is none that the rules know.
    """
    name = given.text(*ENTITY).lower().replace(" ", "_").replace("-", "_")
    if not name:
        return Entity.COMPANY
    if name not in ENTITIES:
        raise RuleRefused(
            "UNKNOWN_ENTITY",
            _("“%(name)s” is not known. Choose company, platform or administrative_unit.")
            % {"name": name},
        )
    return ENTITIES[name]


def target(given: Given, profile: Profile) -> Mapping[str, object]:
    """Answer the equity that a target ratio needs; a target of 1 or less is a fraction."""
    sheet, wanted = sheet_of(given), given.positive(*TARGET)
    percent = wanted if "target_pct" in given or wanted > 1 else wanted * HUNDRED
    needed = equity_needed(sheet, percent)
    return {
        "K": places(needed),
        "equity_needed": places(needed),
        "ratio_before": places(sheet.ratio),
        "ratio_after": places(sheet.moved(needed, ZERO).ratio),
    }


def moves(given: Given, profile: Profile) -> Mapping[str, object]:
    """Answer the ratio before and after each move, in percent.

    Moves come as an object or list of objects with `dA` and `dL` or with amounts, or flat beside A
    and L (`spend`, `capitalised`, `equity`, `pledge_loan`, …).

    Raises:
        RuleRefused: a move is unlawful for the entity; the figures hold the lawful ones.
    """
    sheet, entity = sheet_of(given), entity_of(given)
    before = places(sheet.ratio)
    figures: dict[str, object] = dict.fromkeys(("ratio", "before", "base", "r0"), before)
    ratios: list[Decimal] = []
    refused: RuleRefused | None = None
    for names, operation, then in _moves(given, sheet):
        try:
            if operation is not None:
                refuse_unlawful(entity, operation)
        except RuleRefused as refusal:
            refused = refused or refusal
            continue
        ratio = places(then.ratio)
        ratios.append(ratio)
        figures |= dict.fromkeys(names, ratio)
    figures |= {"ratios": ratios, "ratio_pct": ratios}
    if len(ratios) == 1:
        figures |= {"ratio_pct": ratios[0], "after": ratios[0], "ratio_after": ratios[0]}
        figures |= {"change": ratios[0] - before, "falls": ratios[0] < before}
    if refused is not None:
        raise RuleRefused(refused.code, refused.sentence, figures=figures)
    return figures


def pledge(given: Given, profile: Profile) -> Mapping[str, object]:
    """Tell whether an entity may do what is asked with its data.

    Raises:
        RuleRefused: the law forbids it, or what is asked is not known.
    """
    asked = given.text("action", "request", "operation", "move", "purpose")
    operation = _operation(asked or "pledge")
    if operation is None:
        raise RuleRefused(
            "UNKNOWN_MOVE", _("“%(name)s” is no move that the rules know.") % {"name": asked}
        )
    refuse_unlawful(entity_of(given), operation)
    return {"allowed": True, "lasting": operation in LASTING}


Move = tuple[tuple[str, ...], Operation | None, BalanceSheet]


def _moves(given: Given, sheet: BalanceSheet) -> Iterator[Move]:
    listed = given.value(*MOVES)
    if listed is None:
        yield from _flat(given, sheet)
    elif isinstance(listed, Mapping):
        for name, content in listed.items():
            yield _move(str(name), content, given, sheet)
    elif isinstance(listed, list):
        for number, content in enumerate(listed, start=1):
            name = content if isinstance(content, str) else f"move_{number}"
            yield _move(name, {} if isinstance(content, str) else content, given, sheet)
    else:
        raise RuleRefused("ROWS_MISSING", _("Give the moves as a list or an object."))


def _move(name: str, content: object, whole: Given, sheet: BalanceSheet) -> Move:
    one = Given(content if isinstance(content, Mapping) else {"amount": content}, f"{name}.")
    label = one.text("id", "name", "label") or name
    kind = one.text("kind", "type", "move", "operation", "action") or label
    operation = _operation(kind)
    if one.has("dA", "delta_A", "dL", "delta_L"):
        assets = one.number("dA", "delta_A", default=ZERO)
        liabilities = one.number("dL", "delta_L", default=ZERO)
        return (label,), operation, sheet.moved(assets, liabilities)
    if operation is None:
        raise RuleRefused(
            "UNKNOWN_MOVE", _("“%(name)s” is no move that the rules know.") % {"name": kind}
        )
    flat = next((names for each, names in FLAT if each is operation), SPENT)
    amount = (
        one.amount("amount", "value", *SPENT, *flat)
        if one.has("amount", "value", *SPENT, *flat)
        else whole.amount("amount", *flat)
    )
    part = one.amount(*CAPITALIZED, default=whole.amount(*CAPITALIZED, default=ZERO))
    if operation not in (Operation.CAPITALIZED, Operation.LOAN_FUNDED):
        part = ZERO
    return (label,), operation, after(sheet, operation, amount, part)


def _flat(given: Given, sheet: BalanceSheet) -> Iterator[Move]:
    if given.has("dA", "delta_A", "dL", "delta_L"):
        yield _move("after", given.inputs, given, sheet)
        return
    asked = given.text("operation", "move", "action", "kind", "type")
    if asked and _operation(asked) is not None:
        yield _move(asked, given.inputs, given, sheet)
        return
    if given.has(*SPENT):
        amount = given.amount(*SPENT)
        part = given.amount(*CAPITALIZED, default=amount * given.amount(*SHARES, default=ZERO))
        for operation in (Operation.EXPENSED, Operation.CAPITALIZED, Operation.LOAN_FUNDED):
            yield (
                ALSO[operation],
                operation,
                after(sheet, operation, amount, ZERO if operation is Operation.EXPENSED else part),
            )
    appraised = dict(FLAT)[Operation.APPRAISAL]
    if given.has(*LOAN_TO_VALUE) and given.has(*appraised):
        # A lender lends against an appraisal; the books still do not know it.
        lent = given.amount(*appraised) * given.amount(*LOAN_TO_VALUE)
        yield (
            ALSO[Operation.PLEDGE_LOAN],
            Operation.PLEDGE_LOAN,
            after(sheet, Operation.PLEDGE_LOAN, lent),
        )
    for operation, names in FLAT:
        if given.has(*names):
            yield ALSO[operation], operation, after(sheet, operation, given.amount(*names))


def _operation(name: str) -> Operation | None:
    lowered = name.lower()
    return next((operation for word, operation in WORDS if word in lowered), None)
