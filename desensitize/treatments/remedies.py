"""What would help against the attackers that reached too much."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import floor, log10
from pathlib import Path

import polars as pl

from desensitize.attacks.contract import Attack, Remedy
from desensitize.attacks.identifiers import remaining_identifiers
from desensitize.attacks.registry import ATTACKERS
from desensitize.attacks.verdict import Judgement
from desensitize.policy import ColumnRule, Policy
from desensitize.treatments.steps import Step, can_be_protected, is_open

KEYS = frozenset({"record_key", "copied_values", "person_released"})
GROUPS = frozenset({"small_classes", "small_sets", "unique_rows", "rows_below_k"})
LEAST_VALUES = 2.0
"""Of a sensitive column in each class: with two, no value is certain."""
FARTHEST, NEAREST = 0.2, 0.1
"""How far the values of a class may lie from the whole (t): first, and at the least."""
FEW_VALUES = 20
"""A sensitive number of more different values is put in ranges first."""
RANGES = 10
MOST_ROWS_ALIKE = 40


@dataclass(frozen=True)
class Facts:
    """Hold what the source's columns are like: different values, and a width that makes ranges."""

    distinct: Mapping[str, int]
    widths: Mapping[str, float]


def facts_of(source: Path) -> Facts:
    """Count the different values of each column, and find widths for those of numbers."""
    table = pl.read_parquet(source)
    widths = {}
    for name in table.columns:
        column = table[name]
        if not column.dtype.is_numeric() or column.null_count() == len(column):
            continue
        low, high = (float(column.quantile(share) or 0) for share in (0.01, 0.99))
        if high > low:
            widths[name] = _round((high - low) / RANGES, whole=column.dtype.is_integer())
    return Facts({name: table[name].n_unique() for name in table.columns}, widths)


def next_steps(policy: Policy, judgement: Judgement, facts: Facts) -> tuple[Step, ...]:
    """Return the steps that answer the gravest of a judgement's reasons; none where none helps.

    What names a row goes first, then what is known of a person is made coarser; only then it can
    be seen what classes give away of sensitive values.
    """
    rules = {rule.name: rule for rule in policy.columns if rule.in_release}
    for answer in (_keys, _order, _groups, _certain, _inferred, _rest):
        steps = answer(policy, rules, judgement, facts)
        if steps:
            return steps
    return ()


Rules = Mapping[str, ColumnRule]


def take_seriously(policy: Policy, roles: Mapping[str, str]) -> tuple[Step, ...]:
    """Return the steps that treat columns as detectors see them, where the policy does not."""
    called = [rule.name for rule in policy.columns if rule.role == "other" and rule.in_release]
    direct = tuple(name for name in called if roles.get(name) == "direct")
    sensitive = tuple(name for name in called if roles.get(name) == "sensitive")
    return (*_without(direct), *((Step("sensitive", sensitive),) if sensitive else ()))


def _keys(policy: Policy, rules: Rules, judgement: Judgement, facts: Facts) -> tuple[Step, ...]:
    """Leave out what names a row; private amounts only need to be told less exactly."""
    names = remaining_identifiers(policy)
    names += [str(one.parameters["column"]) for one in judgement.reasons if one.code in KEYS]
    there = [rules[name] for name in dict.fromkeys(names) if name in rules]
    amounts = [rule.name for rule in there if rule.name != policy.person and _is_exact(rule, facts)]
    bins = (Step("bins", (name,), facts.widths[name]) for name in amounts)
    return (*_without(rule.name for rule in there if rule.name not in amounts), *bins)


def _order(policy: Policy, _rules: Rules, judgement: Judgement, _facts: Facts) -> tuple[Step, ...]:
    failed = any(_remedy(one) == Remedy.SHUFFLE and one.failed for one in judgement.attacks)
    return (Step("shuffle"),) if failed and not policy.shuffles else ()


def _groups(_policy: Policy, rules: Rules, judgement: Judgement, _facts: Facts) -> tuple[Step, ...]:
    found = any(reason.code in GROUPS for reason in judgement.reasons)
    known = any(_remedy(one) == Remedy.GENERALIZE and one.failed for one in judgement.attacks)
    columns = tuple(name for name, rule in rules.items() if is_open(rule))
    return (Step("generalize", columns),) if (found or known) and columns else ()


def _certain(
    _policy: Policy, rules: Rules, judgement: Judgement, _facts: Facts
) -> tuple[Step, ...]:
    names = [str(one.parameters["column"]) for one in judgement.reasons if one.code == "certain"]
    names = [name for name in names if name in rules]
    if not names:
        return ()
    weak = [rule.name for rule in rules.values() if can_be_protected(rule) and not _diverse(rule)]
    asked = [name for name in names if name in weak]
    # Where two values in each class did not do, or cannot be asked, the column itself must go.
    return (Step("diversity", tuple(weak), LEAST_VALUES),) if asked else _without(names)


def _inferred(
    _policy: Policy, rules: Rules, judgement: Judgement, facts: Facts
) -> tuple[Step, ...]:
    column = next(iter(told_by(judgement)), "")
    if column not in rules:
        return ()
    rule = rules[column]
    if not can_be_protected(rule):
        return _without([column])
    if _is_exact(rule, facts):
        return (Step("bins", (column,), facts.widths[column]),)
    if rule.closeness is None or rule.closeness.most > FARTHEST:
        return (Step("closeness", (column,), FARTHEST),)
    if rule.closeness.most > NEAREST:
        return (Step("closeness", (column,), NEAREST),)
    return _without([column])


def _rest(policy: Policy, rules: Rules, judgement: Judgement, _facts: Facts) -> tuple[Step, ...]:
    """Return with larger classes, then without what the attacker that reached most went by."""
    failing = [one for one in judgement.attacks if one.failed and _remedy(one).is_less_detail]
    if not failing:
        return ()
    if policy.generalized and policy.smallest_class < MOST_ROWS_ALIKE:
        return (Step("larger_classes", (), 2 * policy.smallest_class),)
    worst = max(failing, key=lambda attack: attack.excess.value if attack.excess else 0.0)
    return _without([name for name in columns_of(worst) if name in rules][:1])


def columns_of(attack: Attack) -> tuple[str, ...]:
    """Name the columns by which an attacker reached most."""
    worst = attack.worst
    names = [worst["column"]] if "column" in worst else worst.get("columns", ())
    return tuple(str(name) for name in names)


def told_by(judgement: Judgement) -> tuple[str, ...]:
    """Name the sensitive column that was told too often, if one was."""
    return tuple(
        name
        for attack in judgement.attacks
        if _remedy(attack) == Remedy.PROTECT
        and attack.excess
        and attack.excess.is_above(attack.limit)
        for name in columns_of(attack)
    )


def _remedy(attack: Attack) -> Remedy:
    return ATTACKERS[attack.name].remedy


def _is_exact(rule: ColumnRule, facts: Facts) -> bool:
    """Return whether a private number is released as it is, with many different values."""
    is_amount = rule.name in facts.widths and facts.distinct[rule.name] > FEW_VALUES
    return can_be_protected(rule) and rule.mask == "keep" and is_amount


def _diverse(rule: ColumnRule) -> bool:
    had = rule.diversity
    return had is not None and (had.kind != "distinct" or had.least >= LEAST_VALUES)


def _without(names: Iterable[str]) -> tuple[Step, ...]:
    columns = tuple(names)
    return (Step("leave_out", columns),) if columns else ()


def _round(width: float, *, whole: bool) -> float:
    power = 10.0 ** floor(log10(width))
    found = next(step * power for step in (1.0, 2.0, 5.0, 10.0) if step * power >= width)
    return max(1.0, float(round(found))) if whole else found
