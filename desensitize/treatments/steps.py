"""What a treatment does to a policy: steps that each protect more, and none that protects less."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from desensitize.errors import DesensitizeError
from desensitize.masks import MASKS
from desensitize.policy import ColumnRule, Policy
from desensitize.policy.column_rule import PROTECTABLE_MASKS
from desensitize.privacy import Closeness, Diversity

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "leave_out": "without {columns}",
        "sensitive": "{columns} treated as sensitive",
        "generalize": "coarser {columns}",
        "by_cell": "coarser {columns}, cell by cell",
        "bins": "{columns} in ranges of {figure:g}",
        "diversity": "at least {figure:g} different values of {columns} in each class",
        "closeness": "values of {columns} in each class at most {figure:g} from the whole",
        "larger_classes": "classes of at least {figure:g} rows",
        "shuffle": "rows in an order of their own",
        "synthetic": "a synthetic copy at ε = {figure:g}",
    }
)
"""What each step does, by its code."""


@dataclass(frozen=True)
class Step:
    """Hold one step: its code, one of SENTENCES, the columns that it changes, and its figure."""

    code: str
    columns: tuple[str, ...] = ()
    figure: float | None = None

    @property
    def sentence(self) -> str:
        """Say the step in English."""
        names = ", ".join(f"“{name}”" for name in self.columns)
        return SENTENCES[self.code].format(columns=names, figure=self.figure)

    def as_dict(self) -> dict[str, Any]:
        """Return the step as plain values."""
        return {"code": self.code, "columns": list(self.columns), "figure": self.figure}

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> Step:
        """Read what `as_dict` returned."""
        return cls(document["code"], tuple(document["columns"]), document["figure"])


def apply_steps(policy: Policy, steps: Iterable[Step]) -> Policy:
    """Return the policy with the steps taken, in their order.

    Raises:
        DesensitizeError: `uncovered-column`; `bad-policy` for a step that changes no policy, such
            as a synthetic copy.
    """
    for step in steps:
        for name in step.columns:
            policy.rule(name)
        if step.code not in APPLIED:
            raise DesensitizeError("bad-policy", reason="it is made in another way than by rules")
        policy = APPLIED[step.code](policy, step)
    return policy


def says_something(rule: ColumnRule) -> bool:
    """Return whether the released column can differ from row to row."""
    return rule.in_release and not MASKS[rule.mask].description.one_value


def can_be_protected(rule: ColumnRule) -> bool:
    """Return whether l or t can be asked of a column."""
    return rule.role == "sensitive" and rule.mask in PROTECTABLE_MASKS


def is_open(rule: ColumnRule) -> bool:
    """Return whether a column could be made coarser by the search, and is not yet."""
    return (
        rule.role in ("quasi", "other")
        and rule.mask != "generalize"
        and says_something(rule)
        and not MASKS[rule.mask].description.pseudonymous
    )


def _changed(
    policy: Policy, names: Sequence[str], change: Callable[[ColumnRule], ColumnRule]
) -> Policy:
    rules = (change(rule) if rule.name in names else rule for rule in policy.columns)
    return replace(policy, columns=tuple(rules))


def _left_out(policy: Policy, step: Step) -> Policy:
    return _changed(policy, step.columns, lambda rule: ColumnRule(rule.name, rule.role, "drop"))


def _sensitive(policy: Policy, step: Step) -> Policy:
    def watched(rule: ColumnRule) -> ColumnRule:
        # What the search makes coarser is no sensitive column: a rule of both is refused.
        fits = rule.role == "other" and rule.mask != "generalize"
        return replace(rule, role="sensitive") if fits else rule

    return _changed(policy, step.columns, watched)


def _generalized(policy: Policy, step: Step) -> Policy:
    return _changed(
        policy,
        step.columns,
        lambda rule: _searched(rule) if is_open(rule) else rule,
    )


def _searched(rule: ColumnRule) -> ColumnRule:
    return ColumnRule(rule.name, "quasi", "generalize", from_to=rule.from_to)


def _by_cell(policy: Policy, step: Step) -> Policy:
    def coarser(rule: ColumnRule) -> ColumnRule:
        fits = rule.role == "other" and is_open(rule)
        return ColumnRule(rule.name, "other", "generalize", from_to=rule.from_to) if fits else rule

    return _changed(policy, step.columns, coarser)


def _binned(policy: Policy, step: Step) -> Policy:
    def binned(rule: ColumnRule) -> ColumnRule:
        if not can_be_protected(rule) or rule.mask != "keep":
            return rule
        return replace(rule, mask="generalize_bins", options={"width": step.figure})

    return _changed(policy, step.columns, binned)


def _diverse(policy: Policy, step: Step) -> Policy:
    asked = Diversity(step.figure or 2)

    def diverse(rule: ColumnRule) -> ColumnRule:
        had = rule.diversity
        enough = had is not None and (had.kind != "distinct" or had.least >= asked.least)
        return rule if enough or not can_be_protected(rule) else replace(rule, diversity=asked)

    return _changed(policy, step.columns, diverse)


def _close(policy: Policy, step: Step) -> Policy:
    most = step.figure or 0.0

    def close(rule: ColumnRule) -> ColumnRule:
        had = rule.closeness
        if not can_be_protected(rule) or (had is not None and had.most <= most):
            return rule
        return replace(rule, closeness=Closeness(most, had.kind if had else "equal"))

    return _changed(policy, step.columns, close)


def _larger(policy: Policy, step: Step) -> Policy:
    return replace(policy, smallest_class=max(policy.smallest_class, int(step.figure or 0)))


APPLIED: Mapping[str, Callable[[Policy, Step], Policy]] = MappingProxyType(
    {
        "leave_out": _left_out,
        "sensitive": _sensitive,
        "generalize": _generalized,
        "by_cell": _by_cell,
        "bins": _binned,
        "diversity": _diverse,
        "closeness": _close,
        "larger_classes": _larger,
        "shuffle": lambda policy, _step: replace(policy, order="shuffled"),
    }
)
