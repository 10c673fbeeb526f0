"""Rules of quality and what they found, in words."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from desensitize.quality import Rule, Severity, Tolerance
from marketplace.catalog.quality.comparing import Change, RuleChange
from marketplace.catalog.quality.models import QualityResult, QualityRules, RuleOutcome, RuleReason

KIND_LABELS: Mapping[str, Promise] = {
    "present": gettext_lazy("Cells are filled"),
    "unique": gettext_lazy("Values stand once"),
    "type": gettext_lazy("Values are of a type"),
    "range": gettext_lazy("Values lie in a range"),
    "pattern": gettext_lazy("Values have a form"),
    "codes": gettext_lazy("Values are codes of a list"),
    "compare": gettext_lazy("Columns fit together"),
    "exists": gettext_lazy("Values stand in another dataset"),
    "fresh": gettext_lazy("The newest day is recent"),
    "volume": gettext_lazy("About as many rows as before"),
}
TYPE_LABELS: Mapping[str, Promise] = {
    "number": gettext_lazy("a number"),
    "integer": gettext_lazy("a whole number"),
    "date": gettext_lazy("a date (YYYY-MM-DD)"),
    "datetime": gettext_lazy("a date with a time of day"),
    "boolean": gettext_lazy("yes or no"),
}
SEVERITY_LABELS: Mapping[str, Promise] = {
    "blocks": gettext_lazy("Holds the version"),
    "warns": gettext_lazy("Warns only"),
}
CHARACTERISTIC_LABELS: Mapping[str, Promise] = {
    "normativity": gettext_lazy("Normativity"),
    "completeness": gettext_lazy("Completeness"),
    "accuracy": gettext_lazy("Accuracy"),
    "consistency": gettext_lazy("Consistency"),
    "timeliness": gettext_lazy("Timeliness"),
    "accessibility": gettext_lazy("Accessibility"),
}


def in_words(rule: Rule) -> str:
    """Say what a rule asks. Of another dataset only that it is one, since strangers read it too."""
    return WORDS[rule.kind](rule)


def _quoted(rule: Rule) -> str:
    return ", ".join(rule.columns)


def _typed(rule: Rule) -> str:
    return _("“%(columns)s” is %(type)s") % {
        "columns": _quoted(rule),
        "type": TYPE_LABELS[rule.parameters["type"]],
    }


def _ranged(rule: Rule) -> str:
    low, high = rule.parameters.get("at_least"), rule.parameters.get("at_most")
    if low is not None and high is not None:
        sentence = _("“%(columns)s” is from %(low)s to %(high)s")
    elif low is not None:
        sentence = _("“%(columns)s” is at least %(low)s")
    else:
        sentence = _("“%(columns)s” is at most %(high)s")
    return sentence % {"columns": _quoted(rule), "low": low, "high": high}


def _coded(rule: Rule) -> str:
    count = len(rule.parameters["codes"])
    return ngettext(
        "“%(columns)s” is the only code of its list",
        "“%(columns)s” is one of the %(count)d codes of its list",
        count,
    ) % {"columns": _quoted(rule), "count": count}


def _compared(rule: Rule) -> str:
    left, right = (" + ".join(rule.parameters[side]) for side in ("left", "right"))
    said = f"{left} {rule.parameters['operator']} {right}"
    if "within" in rule.parameters:
        said += f" ± {rule.parameters['within']}"
    return said


def _fresh(rule: Rule) -> str:
    days = rule.parameters["days"]
    return ngettext(
        "the newest “%(columns)s” is at most %(days)d day old on arrival",
        "the newest “%(columns)s” is at most %(days)d days old on arrival",
        days,
    ) % {"columns": _quoted(rule), "days": days}


WORDS: Mapping[str, Callable[[Rule], str]] = {
    "present": lambda rule: _("“%(columns)s” is filled") % {"columns": _quoted(rule)},
    "unique": lambda rule: _("“%(columns)s” stands once") % {"columns": _quoted(rule)},
    "type": _typed,
    "range": _ranged,
    "pattern": lambda rule: (
        _("“%(columns)s” has the form %(pattern)s")
        % {"columns": _quoted(rule), "pattern": rule.parameters["pattern"]}
    ),
    "codes": _coded,
    "compare": _compared,
    "exists": lambda rule: (
        _("“%(columns)s” stands in another dataset of the holder") % {"columns": _quoted(rule)}
    ),
    "fresh": _fresh,
    "volume": lambda rule: _("about as many rows as the versions before"),
}


def tolerated(tolerance: Tolerance) -> str:
    if tolerance.share is not None:
        percent = number_format((tolerance.share * 100).normalize(), use_l10n=True)
        return _("at most %(percent)s %% may fail") % {"percent": percent}
    if not tolerance.count:
        return _("none may fail")
    return ngettext(
        "at most %(count)s row may fail", "at most %(count)s rows may fail", tolerance.count
    ) % {"count": number_format(tolerance.count, force_grouping=True)}


def masked_words(kind: str, columns: Collection[str]) -> str:
    """Say which kind of rule is about masked columns, and not what it asks."""
    return f"{KIND_LABELS[kind]}: {', '.join(columns)}"


def change_in_words(change: RuleChange, *, masked: Collection[str]) -> str:
    """Say what became of a rule, for strangers: of masked columns not what it asks."""
    said = {"change": change.change.label, "rule": _stranger(change, change.rule, masked)}
    if change.before is None or change.now is None or change.change not in TOLD_WITH_BEFORE:
        return _("%(change)s: %(rule)s") % said
    said["before"] = _stranger(change, change.before, masked)
    if said["before"] == said["rule"]:
        return _("%(change)s: %(rule)s") % said
    return _("%(change)s: %(rule)s; before: %(before)s") % said


TOLD_WITH_BEFORE = frozenset(Change) - {Change.WARNS, Change.HOLDS}


def _stranger(change: RuleChange, rule: Rule, masked: Collection[str]) -> str:
    is_masked = not set(masked).isdisjoint(rule.columns)
    words = masked_words(rule.kind, rule.columns) if is_masked else in_words(rule)
    if change.change in TOLD_WITH_TOLERANCE:
        return f"{words} ({tolerated(rule.tolerance)})"
    return words


TOLD_WITH_TOLERANCE = frozenset({Change.ALLOWS_MORE, Change.ALLOWS_LESS, Change.OTHERWISE})


def failure_of(result: QualityResult) -> str:
    """Say which rule a version fails, and in how many rows."""
    rule = result.read
    said = in_words(rule)
    if result.reason:
        return f"{said}: {RuleReason(result.reason).label}"
    if rule.kind == "fresh":
        return _("%(rule)s, which it is not") % {"rule": said}
    if rule.kind == "volume":
        return _("%(rule)s: %(failing)s rows apart from %(checked)s") % _counts(said, result)
    return _("%(rule)s: %(failing)s of %(checked)s rows fail, %(tolerance)s") % {
        **_counts(said, result),
        "tolerance": tolerated(rule.tolerance),
    }


def _counts(said: str, result: QualityResult) -> dict[str, str]:
    return {
        "rule": said,
        "failing": number_format(result.failing, force_grouping=True),
        "checked": number_format(result.checked, force_grouping=True),
    }


@dataclass(frozen=True)
class ResultLine:
    """A rule with what it found, for a page; `examples` are for officers of the holder alone."""

    rule: str
    tolerance: str
    severity: str
    outcome: str
    tone: str
    said: str
    checked: int
    failing: int
    examples: tuple[int, ...]


def line_of(result: QualityResult, *, is_own: bool) -> ResultLine:
    rule = result.read
    outcome = RuleOutcome(result.outcome)
    label = str(outcome.label)
    if result.reason:
        label = str(RuleReason(result.reason).label)
    tone = "neutral"
    if outcome == RuleOutcome.PASSED:
        tone = "good"
    elif outcome == RuleOutcome.FAILED:
        tone = "bad" if rule.severity == Severity.BLOCKS else "warning"
    return ResultLine(
        rule=in_words(rule),
        tolerance=tolerated(rule.tolerance),
        severity=str(SEVERITY_LABELS[rule.severity]),
        outcome=outcome,
        tone=tone,
        said=label,
        checked=result.checked,
        failing=result.failing,
        examples=tuple(result.examples) if is_own else (),
    )


def share_passed(result: QualityResult) -> Decimal | None:
    """Return the share of what was checked that passed; None where nothing was."""
    if result.outcome == RuleOutcome.NOT_APPLICABLE or not result.checked:
        return None
    passed = max(0, result.checked - result.failing)
    return (Decimal(passed) / result.checked).quantize(Decimal("0.0001"))


@dataclass(frozen=True)
class RuleLine:
    rule: str
    tolerance: str
    severity: str


def rule_lines(rules: QualityRules | None) -> list[RuleLine]:
    """Return rules in words, in their order."""
    return [
        RuleLine(in_words(rule), tolerated(rule.tolerance), str(SEVERITY_LABELS[rule.severity]))
        for rule in (rules.read if rules is not None else ())
    ]
