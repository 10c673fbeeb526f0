"""What a risk report means, and what to do about it, as pages show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from desensitize.attacks.identifiers import remaining_identifiers
from desensitize.policy import Policy
from desensitize.treatments import Advice, Tried, advise
from marketplace.credentials.presentation import AttackInWords, attacker_label
from marketplace.jobs.states import JobState
from marketplace.preparation.column.presentation import FAILURE_SENTENCES, GRADE_SENTENCES
from marketplace.preparation.report.models import RiskReport, Verdict
from marketplace.preparation.report.outcomes import (
    Answer,
    Labels,
    answers_of,
    attacks_in_words,
    count,
    listed,
    reason_sentence,
    step_sentence,
)
from marketplace.preparation.run.models import RunKind
from marketplace.preparation.study.models import Study
from marketplace.preparation.study.selectors import last_study
from marketplace.web.shares import percent


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


# What to do about a version that attackers came too far with.


@dataclass(frozen=True)
class AdviceInWords:
    """The column that is to blame, and the treatment that would help.

    `steps` is empty where no treatment was tried yet or none helps; `place` is that of the
    treatment in its study. `is_under_way` says that treatments are being tried.
    """

    blame: str
    steps: tuple[str, ...]
    cost: str
    place: int
    is_synthetic: bool
    is_tried: bool
    is_under_way: bool


def advice_of(report: RiskReport, labels: Labels) -> AdviceInWords | None:
    """Word the advice for a report; None where attackers came no further than allowed."""
    if report.version.parent is None or "attackers" not in report.judgement:
        return None
    study = last_study(report.version.parent, RunKind.TRADEOFF)
    tried = tried_of(study) if study is not None and _is_of(study, report) else None
    advice = advise(report.judgement, tried)
    if advice is None:
        return None
    treatment = advice.treatment
    return AdviceInWords(
        blame=_blame(advice, labels),
        steps=tuple(step_sentence(step, labels) for step in treatment.steps) if treatment else (),
        cost=_cost(advice),
        place=advice.place,
        is_synthetic=treatment is not None and treatment.is_synthetic,
        is_tried=tried is not None,
        is_under_way=study is not None and study.run.is_active,
    )


def tried_of(study: Study) -> Tried | None:
    """Read the treatments of a study; None where it has no answer of this form."""
    is_done = study.run.state == JobState.DONE and "treatments" in study.answer
    return Tried.from_dict(study.answer) if is_done else None


def _is_of(study: Study, report: RiskReport) -> bool:
    """Return whether treatments were tried around the policy that made a report's version."""
    policy, asked = report.measured_by.policy, study.question.get("policy", {})
    return policy is not None and _rules(asked) == _rules(policy.document)


def _rules(document: dict[str, Any]) -> Policy:
    return Policy.from_dict(document)


def _blame(advice: Advice, labels: Labels) -> str:
    who = attacker_label(advice.attacker)
    if not advice.column:
        return who
    column = listed([advice.column], labels)
    if not advice.attacker:
        return column
    return _("%(column)s (%(attacker)s)") % {"column": column, "attacker": who}


def _cost(advice: Advice) -> str:
    """Say what the treatment does to the usefulness; "" where it could not be compared."""
    now = None if advice.treatment is None else advice.treatment.usefulness
    if advice.cost is None or now is None:
        return ""
    figures = {"before": percent(now + advice.cost), "after": percent(now)}
    if advice.cost > 0:
        return _("Usefulness falls from %(before)s to %(after)s.") % figures
    return _("No usefulness: it is %(after)s, and %(before)s without it.") % figures
