"""Debt-ratio cases as files give them: a balance sheet with moves, a target, or a pledge."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from marketplace.accounting.standards.figures import HUNDRED, ZERO, Given, advice_on, places
from marketplace.accounting.standards.profiles import Profile
from marketplace.accounting.standards.ratio import (
    LASTING,
    BalanceSheet,
    Entity,
    Operation,
    after,
    equity_needed,
    refuse_unlawful,
)
from marketplace.accounting.standards.refusals import RuleRefused

ASSETS = ("A", "assets", "total_assets", "A0")
LIABILITIES = ("L", "liabilities", "total_liabilities", "L0")
SPENT = ("spend", "spent", "spending", "outlay", "cost", "project_cost")
CAPITALIZED = ("capitalised", "capitalized", "capitalised_part", "of_which_capitalised", "asset")
SHARES = ("capitalised_share", "capitalized_share", "capitalisation_rate", "share_capitalised")
LOAN_TO_VALUE = ("ltv", "loan_to_value", "pledge_rate", "pledge_ratio")
MOVES = ("moves", "operations", "scenarios", "ways", "events", "actions")
TARGET = ("target_pct", "target_ratio_pct", "target", "target_ratio", "r_target", "r_star")
ENTITY = ("entity", "entity_type", "entity_kind", "who", "holder", "unit", "organization_kind")
NAMES: Mapping[Operation, tuple[str, ...]] = {
    Operation.EXPENSED: ("expense", "expensed", "all_expensed"),
    Operation.CAPITALIZED: ("capitalise", "capitalised", "capitalize", "capitalized"),
    Operation.LOAN_FUNDED: ("loan", "loan_funded"),
    Operation.EQUITY: ("equity", "equity_contribution", "contribution", "capital_contribution"),
    Operation.APPRAISAL: ("appraisal", "appraised_value", "appraised", "appraisal_value"),
    Operation.PLEDGE_LOAN: ("pledge", "pledge_loan", "pledged_loan", "loan_pledged"),
    Operation.PROFIT: ("profit", "product_profit", "cash_profit"),
    Operation.GRANT: ("grant", "cash_grant"),
    Operation.REPAYMENT: ("repayment", "debt_repayment"),
    Operation.FREE_TRANSFER_IN: ("free_transfer_in",),
    Operation.FREE_TRANSFER_OUT: ("free_transfer_out",),
    Operation.DIVIDEND: ("dividend",),
    Operation.BUYBACK: ("buyback", "equity_buyback"),
}
"""The exact names of each move: a name that merely holds such a word is none."""
OPERATIONS = {name: operation for operation, names in NAMES.items() for name in names}
ACTIONS = OPERATIONS | {"borrow": Operation.LOAN_FUNDED, "hidden_debt": Operation.LOAN_FUNDED}
SPLIT = (Operation.CAPITALIZED, Operation.LOAN_FUNDED)
SPENDING = (Operation.EXPENSED, *SPLIT)
KIND = ("kind", "type", "move", "operation", "action")
CHANGES = ("dA", "delta_A", "dL", "delta_L")
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
            "unknown-entity",
            _("“%(name)s” is not known. Choose company, platform or administrative_unit.")
            % {"name": name},
        )
    return ENTITIES[name]


def target(given: Given, profile: Profile) -> Mapping[str, object]:
    """Return the equity that a target ratio needs; a target of 1 or less is a fraction."""
    sheet, wanted = sheet_of(given), given.positive(*TARGET)
    percent = (
        wanted if given.has("target_pct", "target_ratio_pct") or wanted > 1 else wanted * HUNDRED
    )
    needed = equity_needed(sheet, percent)
    return {
        "K": places(needed),
        "equity_needed": places(needed),
        "ratio_before": places(sheet.ratio),
        "ratio_after": places(sheet.moved(needed, ZERO).ratio),
    }


def moves(given: Given, profile: Profile) -> Mapping[str, object]:
    """Return the ratio before and after each move, in percent.

    Moves come as an object or list of objects with `dA` and `dL` or with amounts, or flat beside A
    and L (`spend`, `capitalised`, `equity`, `pledge_loan`, …).

    Raises:
        RuleRefused: a move is unlawful for the entity; the figures hold the lawful ones.
    """
    sheet, entity = sheet_of(given), entity_of(given)
    before = places(sheet.ratio)
    figures: dict[str, object] = dict.fromkeys(("ratio", "before", "base", "r0"), before)
    ratios: list[Decimal] = []
    exact = sheet.ratio
    refused: RuleRefused | None = None
    for names, operation, then in _moves(given, sheet):
        try:
            if operation is not None:
                refuse_unlawful(entity, operation)
        except RuleRefused as refusal:
            refused = refused or refusal
            continue
        exact = then.ratio
        ratio = places(exact)
        ratios.append(ratio)
        figures |= dict.fromkeys(names, ratio)
    figures |= {"ratios": ratios, "ratio_pct": ratios}
    if len(ratios) == 1:
        figures |= {"ratio_pct": ratios[0], "after": ratios[0], "ratio_after": ratios[0]}
        # Of the exact ratios: the rounded ones may differ by one more or less in the last place.
        figures |= {"change": places(exact - sheet.ratio), "falls": exact < sheet.ratio}
    if refused is not None:
        raise RuleRefused(refused.code, refused.sentence, figures=figures)
    return figures


def pledge(given: Given, profile: Profile) -> Mapping[str, object]:
    """Return whether an entity may do what is asked with its data.

    Raises:
        RuleRefused: the law forbids it, or what is asked is not known.
    """
    asked = given.text("action", "request", "operation", "move", "purpose")
    if not asked:
        given.amount("pledge", "pledge_loan")
    operation = _operation(asked or "pledge", ACTIONS)
    refuse_unlawful(entity_of(given), operation)
    return {"allowed": True, "lasting": operation in LASTING}


Move = tuple[tuple[str, ...], Operation | None, BalanceSheet]


def _moves(given: Given, sheet: BalanceSheet) -> Iterator[Move]:
    listed = given.value(*MOVES)
    if listed is None:
        yield from _flat(given, sheet)
    elif isinstance(listed, Mapping):
        for name, content in listed.items():
            yield _move(str(name), _content(given, str(name), content), given, sheet)
    elif isinstance(listed, list):
        for number, content in enumerate(listed, start=1):
            name = content if isinstance(content, str) else f"move_{number}"
            content = {} if isinstance(content, str) else content
            yield _move(name, _content(given, name, content), given, sheet)
    else:
        raise RuleRefused("rows-missing", _("Give the moves as a list or an object."))


def _content(given: Given, name: str, content: object) -> Given:
    return given.part(content if isinstance(content, Mapping) else {"amount": content}, f"{name}.")


def _move(name: str, one: Given, whole: Given, sheet: BalanceSheet) -> Move:
    label = one.text("id", "name", "label") or name
    kind = one.text(*KIND)
    if one.has(*CHANGES):
        operation = _operation(kind) if kind else OPERATIONS.get(label)
        return (label,), operation, _changed(one, operation, entity_of(whole), sheet)
    operation = _operation(kind or label)
    names = SPENT if operation in SPENDING else NAMES[operation]
    has_own = one.has("amount", "value", *names)
    amount = one.amount("amount", "value", *names) if has_own else whole.amount("amount", *names)
    part = ZERO
    if operation in SPLIT:
        holds = one if one.has(*CAPITALIZED) else whole
        part = holds.amount(*CAPITALIZED, default=ZERO)
    return (label,), operation, after(sheet, operation, amount, part)


def _changed(
    one: Given, operation: Operation | None, entity: Entity, sheet: BalanceSheet
) -> BalanceSheet:
    """Return the sheet after changes given as figures, which must be those of the kind named."""
    assets = one.number("dA", "delta_A", default=ZERO)
    liabilities = one.number("dL", "delta_L", default=ZERO)
    then = sheet.moved(assets, liabilities)
    if operation is None:
        if entity is Entity.ADMINISTRATIVE_UNIT and liabilities > 0:
            raise RuleRefused(
                "unknown-move",
                _("Name the kind of a move by which an administrative unit owes more.")
                + " "
                + advice_on("", OPERATIONS),
            )
        return then
    amount = max(abs(assets), abs(liabilities))
    if operation is Operation.APPRAISAL and (assets, liabilities) == (ZERO, ZERO):
        return then
    part = assets if operation is Operation.LOAN_FUNDED else ZERO
    if after(sheet, operation, amount, part) != then:
        raise RuleRefused(
            "move-does-not-fit",
            _(
                "The changes given are not what “%(kind)s” does to assets and liabilities: correct"
                " the figures or the kind."
            )
            % {"kind": operation.value},
        )
    return then


def _flat(given: Given, sheet: BalanceSheet) -> Iterator[Move]:
    if given.has(*CHANGES) or given.has(*KIND):
        yield _move(given.text(*KIND) or "after", given, given, sheet)
        return
    if given.has(*SPENT):
        amount = given.amount(*SPENT)
        part = (
            amount * given.amount(*SHARES)
            if given.has(*SHARES)
            else given.amount(*CAPITALIZED, default=ZERO)
        )
        for operation in SPENDING:
            own = ZERO if operation is Operation.EXPENSED else part
            yield NAMES[operation], operation, after(sheet, operation, amount, own)
    appraised = NAMES[Operation.APPRAISAL]
    if given.has(*LOAN_TO_VALUE) and given.has(*appraised):
        # A lender lends against an appraisal; the books still do not know it.
        lent = given.amount(*appraised) * given.amount(*LOAN_TO_VALUE)
        pledged = Operation.PLEDGE_LOAN
        yield NAMES[pledged], pledged, after(sheet, pledged, lent)
    for operation, names in NAMES.items():
        if operation not in SPENDING and given.has(*names):
            yield names, operation, after(sheet, operation, given.amount(*names))


def _operation(name: str, known: Mapping[str, Operation] = OPERATIONS) -> Operation:
    if name not in known:
        raise RuleRefused(
            "unknown-move",
            _("“%(name)s” is no move that the rules know.") % {"name": name}
            + " "
            + advice_on(name, known),
        )
    return known[name]
