"""What a risk report means, and what to do about it, as pages show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desensitize.attacks.identifiers import remaining_identifiers
from desensitize.policy import Policy
from marketplace.credentials.presentation import AttackInWords
from marketplace.preparation.column.presentation import FAILURE_SENTENCES, GRADE_SENTENCES, Labels
from marketplace.preparation.report.models import RiskReport, Verdict
from marketplace.preparation.report.outcomes import (
    Answer,
    answers_of,
    attacks_in_words,
    listed,
    reason_sentence,
)
from marketplace.web.charts import bars
from marketplace.web.shares import count, percent


@dataclass(frozen=True)
class Line:
    """A figure beside what the centre asks; `holds` is None where nothing is asked."""

    label: str
    measured: str
    asked: str
    holds: bool | None


class Measured(Protocol):
    """What lines are made from: a risk report, or what a sheet keeps of one."""

    @property
    def figures(self) -> Mapping[str, Any]:
        """Return what was measured."""

    @property
    def thresholds(self) -> Mapping[str, Any]:
        """Return what the centre asked."""

    @property
    def failures(self) -> Sequence[str]:
        """Return the codes of what did not pass."""

    @property
    def quasi_identifiers(self) -> Sequence[str]:
        """Return the columns by which somebody could be known from elsewhere."""


@dataclass(frozen=True)
class Explanation:
    """A risk report in words."""

    verdict: str
    grade: str
    grade_means: str
    chance: str
    loss: str
    failures: tuple[str, ...]
    reasons: tuple[str, ...]
    attacks: tuple[AttackInWords, ...]
    answers: tuple[Answer, ...]
    personal: str
    lines: tuple[Line, ...]

    @property
    def why(self) -> tuple[str, ...]:
        """Say what stands against the version: what the centre asks, and what attackers found."""
        return (*self.failures, *self.reasons)

    @property
    def short_of(self) -> int:
        """Count the figures that are not as the centre asks."""
        return sum(1 for line in self.lines if line.holds is False)


def explained(report: RiskReport, labels: Labels) -> Explanation:
    """Put a risk report into words in the reader's language; `labels` say what columns mean."""
    return Explanation(
        verdict=_verdict(report),
        grade=_grade(report),
        grade_means=str(GRADE_SENTENCES.get(_level(report), "")) if _grade(report) else "",
        chance=percent(report.figures["prosecutor_max"]),
        loss=percent(report.figures["loss"]),
        failures=tuple(str(FAILURE_SENTENCES[code]) for code in report.failures),
        reasons=reasons_of(report, labels),
        attacks=attacks_in_words(report.judgement, labels),
        answers=answers_of(report, labels),
        personal=_drawn(report) + _personal(report, labels),
        lines=tuple(lines_of(report)),
    )


def reasons_of(report: RiskReport, labels: Labels) -> tuple[str, ...]:
    """Word why the verdict is what it is, what goes by whole columns first."""
    found: list[Mapping[str, Any]] = list(report.judgement.get("reasons", ()))
    return tuple(reason_sentence(one, labels) for one in found)


def _level(report: RiskReport) -> int:
    """Return the grade by GB/T 42460, 0 for a report from before it was graded."""
    level: int = report.figures.get("grade", {}).get("level", 0)
    return level


def _grade(report: RiskReport) -> str:
    level = _level(report)
    if report.verdict == Verdict.NO_PERSONAL_INFORMATION:
        return ""
    return _("%(level)d of 4") % {"level": level} if level else ""


def _verdict(report: RiskReport) -> str:
    if not report.passed:
        return _(
            "The risk that remains is larger than the centre accepts. This version cannot be sold."
        )
    if report.verdict == Verdict.NO_PERSONAL_INFORMATION:
        return _("Nothing in this version concerns a person. It may go on.")
    if report.verdict == Verdict.ANONYMOUS:
        return _(
            "Anonymous: every attacker was tried, and none came further than the centre allows. "
            "This version may go on."
        )
    return _(
        "De-identified, but not anonymous: it is personal information still. It may be traded only "
        "with a basis in law or consent."
    )


def _drawn(report: RiskReport) -> str:
    """Say of a synthetic version that it is one; "" of another."""
    drawn = report.figures.get("synthetic")
    return f"{synthetic_in_words(drawn)} " if drawn else ""


def synthetic_in_words(drawn: Mapping[str, Any]) -> str:
    """Say that rows are nobody's, and how much they can tell of one person at most."""
    return _(
        "It is synthetic: its rows are nobody's. They were drawn from noisy counts under "
        "differential privacy with ε %(epsilon)s and δ %(delta)s."
    ) % {"epsilon": drawn["epsilon"], "delta": drawn["delta"]}


def _personal(report: RiskReport, labels: Labels) -> str:
    if report.verdict == Verdict.NO_PERSONAL_INFORMATION:
        cleared = [one["column"] for one in report.relabelled if one["is_confirmed"]]
        if cleared:
            return _(
                "No. A reviewer agreed that these columns are not personal, though they look so: "
                "%(columns)s. No cell names a person."
            ) % {"columns": listed(cleared, labels)}
        return _("No column was taken for personal, and no cell names a person.")
    if report.verdict == Verdict.ANONYMOUS:
        return _(
            "No. Every attacker was tried, and none came further than the centre allows. It holds "
            "as long as nothing is joined to it that the centre did not know of."
        )
    if report.verdict == Verdict.NOT_MEASURED:
        return _("It is not known: not every attacker could be tried to the end.")
    policy = report.measured_by.policy
    kept = remaining_identifiers(Policy.from_dict(policy.document)) if policy else []
    if kept:
        return _(
            "It is still personal information: %(columns)s can tell one person from another, to "
            "whoever holds the key, knows a part, or reads a name that was left in a text. Trading "
            "it needs a basis in law or consent."
        ) % {"columns": listed(kept, labels)}
    return _("It is still personal information. Trading it needs a basis in law or consent.")


def membership_in_words(figures: Mapping[str, Any]) -> list[str]:
    """Say what attackers could tell of who a model was trained on, in whole sentences."""
    found = figures["membership"]
    return [
        _(
            "%(splits)s models were trained on halves of the rows, and %(attackers)s attackers "
            "tried to tell which rows were in."
        )
        % {"splits": count(found["splits"]), "attackers": count(len(found["attackers"]))},
        _(
            "The best of them has an advantage of at most %(advantage)s over guessing, where 0 is "
            "nothing and 1 is all; the centre allows %(most)s."
        )
        % {
            "advantage": number_format(round(found["upper_bound"], 3), 3),
            "most": number_format(found["most"], 2),
        },
    ]


def lines_of(report: Measured) -> list[Line]:
    """List what was measured beside what the centre asks; nothing of a model, which has no rows."""
    figures, asked = report.figures, report.thresholds
    if "membership" in figures:
        return []
    lines = [Line(_("Rows"), count(figures["rows"]), "", None)]
    person = figures.get("person")
    if person or report.quasi_identifiers:
        lines.append(Line(_("Who is a person"), person or _("Each row is a person"), "", None))
    if report.quasi_identifiers:
        lines += _class_lines(report)
    lines += [
        Line(
            _("Rows left out"),
            percent(figures["suppressed_share"]),
            _at_most(asked["largest_suppression"]),
            "suppression" not in report.failures,
        ),
        Line(
            _("Cells that name a person directly"),
            count(sum(one["rows"] for one in figures["found"])),
            _("none"),
            "direct-found" not in report.failures,
        ),
        Line(_("Detail lost by generalizing"), percent(figures["loss"]), "", None),
    ]
    return lines


def _class_lines(report: Measured) -> list[Line]:
    figures, asked = report.figures, report.thresholds
    lines = [
        Line(_("Groups of rows that look the same"), count(figures["classes"]), "", None),
        Line(
            _("Smallest group (k)"),
            count(figures["smallest_class"]),
            _("at least %(number)s") % {"number": count(asked["smallest_class"])},
            "smallest-class" not in report.failures,
        ),
        Line(
            _("Rows unlike all others"),
            f"{count(figures['unique_rows'])} ({percent(figures['unique_share'])})",
            _at_most(asked["largest_unique_share"]),
            "unique-share" not in report.failures,
        ),
        Line(
            _("Chance to find a known person (prosecutor risk)"),
            percent(figures["prosecutor_max"]),
            _at_most(asked["largest_prosecutor_risk"]),
            "prosecutor-risk" not in report.failures,
        ),
        Line(_("The same on average"), percent(figures["prosecutor_mean"]), "", None),
        Line(
            _("Share of all people matched rightly (marketer risk)"),
            percent(figures["marketer"]),
            "",
            None,
        ),
    ]
    if figures["l"] is not None:
        lines.append(
            Line(_("Fewest different private values in a group (l)"), count(figures["l"]), "", None)
        )
    if figures["t"] is not None:
        lines.append(
            Line(
                _("Farthest that a group is from the whole (t)"),
                number_format(round(figures["t"], 3)),
                "",
                None,
            )
        )
    return lines


def _at_most(share: float) -> str:
    return _("at most %(share)s") % {"share": percent(share)}


HUNDRED = 100


def class_size_chart(report: RiskReport) -> SafeString | str:
    """Draw how many rows look like how many others; "" where that was not measured."""
    bands = report.figures.get("class_sizes", [])
    if not bands:
        return ""
    pairs = [(_band(band["smallest"], band["largest"]), int(band["rows"])) for band in bands]
    return bars(pairs, title=_("Rows by the size of their group"), width=200)


def loss_chart(report: RiskReport, labels: Labels) -> SafeString | str:
    """Draw how much detail each generalized column lost, in percent; "" without any."""
    losses: Mapping[str, float] = report.figures.get("column_losses", {})
    pairs = [
        (labels.get(name) or name, round(loss * HUNDRED, 1))
        for name, loss in sorted(losses.items(), key=lambda item: -item[1])
    ]
    return bars(pairs, title=_("Detail lost, in percent"), width=200) if pairs else ""


def _band(smallest: int, largest: int | None) -> str:
    if largest is None:
        return _("%(number)s rows or more") % {"number": count(smallest)}
    if smallest == largest:
        return ngettext("%(number)s row", "%(number)s rows", smallest) % {"number": count(smallest)}
    return _("%(from)s to %(to)s rows") % {"from": count(smallest), "to": count(largest)}
