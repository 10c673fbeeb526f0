"""Say how rules differ from those before, and whether they promise less."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from desensitize.quality import Rule, Severity, Tolerance
from desensitize.quality.language import bound_of


class Change(TextChoices):
    """What became of a rule."""

    ADDED = "added", _("New")
    REMOVED = "removed", _("No longer asked")
    WARNS = "warns-only", _("Only warns now")
    HOLDS = "holds", _("Holds a revision now")
    ALLOWS_MORE = "allows-more", _("More may fail")
    ALLOWS_LESS = "allows-less", _("Fewer may fail")
    WIDER = "wider", _("Asks less")
    NARROWER = "narrower", _("Asks more")
    OTHERWISE = "otherwise", _("Asks otherwise")


PROMISES_LESS: Final = frozenset(
    {Change.REMOVED, Change.WARNS, Change.ALLOWS_MORE, Change.WIDER, Change.OTHERWISE}
)
"""What is worded otherwise counts too: nobody has to prove that it asks as much."""


@dataclass(frozen=True)
class RuleChange:
    """One thing that became of a rule. `before` is None of a new one, `now` of one that is gone."""

    change: Change
    before: Rule | None
    now: Rule | None

    @property
    def promises_less(self) -> bool:
        return self.change in PROMISES_LESS

    @property
    def rule(self) -> Rule:
        """Return the rule as it is, or as it last was."""
        found = self.now or self.before
        assert found is not None, "a change is of a rule"
        return found


def changes_between(before: Sequence[Rule], now: Sequence[Rule]) -> list[RuleChange]:
    """Return what became of each rule, in the order of those before; then those that are new.

    A rule of the same kind about the same columns stands in the place of one that is gone.
    """
    left = {rule.key: rule for rule in now}
    pairs: list[tuple[Rule, Rule | None]] = [(rule, left.pop(rule.key, None)) for rule in before]
    found: list[RuleChange] = []
    for old, same in pairs:
        new = same or _in_place_of(old, left)
        if new is None:
            found.append(RuleChange(Change.REMOVED, old, None))
            continue
        left.pop(new.key, None)
        found += [RuleChange(change, old, new) for change in _changes_of(old, new)]
    return [*found, *(RuleChange(Change.ADDED, None, rule) for rule in left.values())]


def promise_less(rules: Sequence[Rule], before: Sequence[Rule]) -> bool:
    """Return whether rules let pass what those before do not, or only warn of what they hold."""
    return any(change.promises_less for change in changes_between(before, rules))


def _in_place_of(old: Rule, left: dict[str, Rule]) -> Rule | None:
    alike = (one for one in left.values() if (one.kind, one.columns) == (old.kind, old.columns))
    return next(alike, None)


def _changes_of(old: Rule, new: Rule) -> list[Change]:
    found = [] if old.key == new.key else [_compare_asked(old, new)]
    if old.severity != new.severity:
        found.append(Change.WARNS if old.severity == Severity.BLOCKS else Change.HOLDS)
    if old.tolerance != new.tolerance:
        found.append(_compare_tolerated(old.tolerance, new.tolerance))
    return found


def _compare_tolerated(old: Tolerance, new: Tolerance) -> Change:
    if not (new.share or new.count):
        return Change.ALLOWS_LESS
    if not (old.share or old.count):
        return Change.ALLOWS_MORE
    if old.share is not None and new.share is not None:
        return Change.ALLOWS_LESS if new.share < old.share else Change.ALLOWS_MORE
    if old.share is None and new.share is None:
        return Change.ALLOWS_LESS if new.count < old.count else Change.ALLOWS_MORE
    return Change.OTHERWISE


def _compare_asked(old: Rule, new: Rule) -> Change:
    """Say whether a rule of the same kind and columns asks less, more, or neither."""
    lies_in = LIES_IN.get(old.kind)
    if lies_in is None:
        return Change.OTHERWISE
    if lies_in(new, old):
        return Change.NARROWER
    return Change.WIDER if lies_in(old, new) else Change.OTHERWISE


def _lies_between(inner: Rule, outer: Rule) -> bool:
    """Return whether the bounds of a rule lie within those of another."""
    for name, sign in (("at_least", 1), ("at_most", -1)):
        inside, outside = (bound_of(rule.parameters.get(name)) for rule in (inner, outer))
        if outside is None:
            continue
        if isinstance(inside, Decimal) and isinstance(outside, Decimal):
            is_beyond = sign * inside < sign * outside
        elif isinstance(inside, date) and isinstance(outside, date):
            is_beyond = inside != outside and (inside < outside) == (sign > 0)
        else:
            return False
        if is_beyond:
            return False
    return True


LIES_IN: Final[Mapping[str, Callable[[Rule, Rule], bool]]] = {
    "range": _lies_between,
    "codes": lambda inner, outer: set(inner.parameters["codes"]) <= set(outer.parameters["codes"]),
    "fresh": lambda inner, outer: inner.parameters["days"] <= outer.parameters["days"],
}
"""By kind, whether what one rule lets pass the other does too; of other kinds nobody can tell."""
