"""What a risk report means, in words that a reviewer reads in two minutes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desensitize.policy import Policy
from marketplace.preparation.measurement import remaining_identifiers
from marketplace.preparation.models import Personal, RiskReport
from marketplace.preparation.wording import FAILURE_SENTENCES, kind_label


@dataclass(frozen=True)
class Line:
    """A figure beside what the centre asks; `holds` is None where nothing is asked."""

    label: str
    measured: str
    asked: str
    holds: bool | None


@dataclass(frozen=True)
class Answer:
    """A question that a re-identifier would ask, and the answer."""

    question: str
    answer: str


@dataclass(frozen=True)
class Explanation:
    """A risk report in words."""

    verdict: str
    failures: tuple[str, ...]
    answers: tuple[Answer, ...]
    personal: str
    lines: tuple[Line, ...]


def explained(report: RiskReport) -> Explanation:
    """Put a risk report into words in the reader's language."""
    return Explanation(
        verdict=_verdict(report),
        failures=tuple(str(FAILURE_SENTENCES[code]) for code in report.failures),
        answers=tuple(answer for make in ANSWERS if (answer := make(report))),
        personal=_personal(report),
        lines=tuple(_lines(report)),
    )


def percent(share: float) -> str:
    """Write a share in percent, with as many places as tell it from nothing."""
    shown = round(share * 100, 1 if share >= 0.001 else 4)
    return f"{number_format(f'{shown:f}'.rstrip('0').rstrip('.'))} %"


def _count(number: int) -> str:
    return number_format(number, use_l10n=True, force_grouping=True)


def _verdict(report: RiskReport) -> str:
    if not report.passed:
        return _(
            "The risk that remains is larger than the centre accepts. This version cannot be sold."
        )
    if report.personal == Personal.NONE:
        return _("Nothing in this version concerns a person. It may go on.")
    return _("The risk that remains is within what the centre accepts. This version may go on.")


def _named(report: RiskReport) -> Answer:
    found: list[Mapping[str, Any]] = report.figures["found"]
    question = _("Does a name or number of a person still stand in it?")
    if not found:
        return Answer(
            question, _("No. Every released cell was read, and none names a person directly.")
        )
    columns = ", ".join(f"{one['column']} ({kind_label(one['kind'])})" for one in found)
    return Answer(question, _("Yes, in these columns: %(columns)s.") % {"columns": columns})


def _known_person(report: RiskReport) -> Answer | None:
    if not report.quasi_identifiers:
        return None
    smallest: int = report.figures["smallest_class"]
    return Answer(
        _("I know that my neighbour is in these data. Can I find their row?"),
        _(
            "Knowing %(columns)s, you are left with %(smallest)s rows at the least that all look "
            "the same, so a guess is right in at most %(chance)s of cases."
        )
        % {
            "columns": ", ".join(report.quasi_identifiers),
            "smallest": _count(smallest),
            "chance": percent(report.figures["prosecutor_max"]),
        },
    )


def _anybody(report: RiskReport) -> Answer | None:
    if not report.quasi_identifiers:
        return None
    unique: int = report.figures["unique_rows"]
    if unique:
        answer = ngettext(
            "%(count)s row is unlike all others: whoever knows that person finds it at once.",
            "%(count)s rows are unlike all others: whoever knows these people finds them at once.",
            unique,
        ) % {"count": _count(unique)}
    else:
        answer = _("No. There is no row that is unlike all others.")
    return Answer(_("Does anybody stand out?"), answer)


def _everybody(report: RiskReport) -> Answer | None:
    if not report.quasi_identifiers:
        return None
    return Answer(
        _("I have a list of everybody. How many can I match?"),
        _("By guessing within rows that look the same, about %(share)s of the people.")
        % {"share": percent(report.figures["marketer"])},
    )


def _secret(report: RiskReport) -> Answer | None:
    columns, fewest = report.figures["sensitive"], report.figures["l"]
    if not columns or fewest is None or not report.quasi_identifiers:
        return None
    question = _("Can I learn something private without finding the row?")
    names = {"columns": ", ".join(columns), "fewest": _count(fewest)}
    if fewest <= 1:
        return Answer(
            question,
            _(
                "Sometimes. There are rows that look the same and also agree in one of these: "
                "%(columns)s. There, knowing the person is enough to know it."
            )
            % names,
        )
    return Answer(
        question,
        _(
            "Hardly. Rows that look the same always hold at least %(fewest)s different values of "
            "each of these: %(columns)s."
        )
        % names,
    )


def _left_out(report: RiskReport) -> Answer | None:
    figures = report.figures
    if not figures["suppressed_rows"]:
        return None
    return Answer(
        _("What is missing?"),
        _("%(count)s of %(rows)s rows (%(share)s) were left out, since they would have stood out.")
        % {
            "count": _count(figures["suppressed_rows"]),
            "rows": _count(figures["rows_read"]),
            "share": percent(figures["suppressed_share"]),
        },
    )


ANSWERS: tuple[Callable[[RiskReport], Answer | None], ...] = (
    _named,
    _known_person,
    _anybody,
    _everybody,
    _secret,
    _left_out,
)


def _personal(report: RiskReport) -> str:
    if report.personal == Personal.NONE:
        return _("No column was taken for personal, and no cell names a person.")
    if report.personal == Personal.ANONYMIZED:
        return _(
            "Direct identifiers are gone and the rest is generalized within the centre's limits. "
            "It counts as anonymized as long as nothing is joined to it."
        )
    kept = (
        remaining_identifiers(Policy.from_dict(report.run.policy.document))
        if (report.run.policy)
        else []
    )
    if kept:
        return _(
            "It is still personal information: by %(columns)s, whoever holds the key or knows a "
            "part tells one person from another. Trading it needs a basis in law or consent."
        ) % {"columns": ", ".join(kept)}
    return _("It is still personal information. Trading it needs a basis in law or consent.")


def _lines(report: RiskReport) -> list[Line]:
    figures, asked = report.figures, report.thresholds
    lines = [Line(_("Rows"), _count(figures["rows"]), "", None)]
    if report.quasi_identifiers:
        lines += [
            Line(_("Groups of rows that look the same"), _count(figures["classes"]), "", None),
            Line(
                _("Smallest group"),
                _count(figures["smallest_class"]),
                _("at least %(number)s") % {"number": _count(asked["smallest_class"])},
                "smallest-class" not in report.failures,
            ),
            Line(
                _("Rows unlike all others"),
                percent(figures["unique_share"]),
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
        ]
    lines += [
        Line(
            _("Rows left out"),
            percent(figures["suppressed_share"]),
            _at_most(asked["largest_suppression"]),
            "suppression" not in report.failures,
        ),
        Line(
            _("Cells that name a person directly"),
            _count(sum(one["rows"] for one in figures["found"])),
            _("none"),
            "direct-found" not in report.failures,
        ),
        Line(_("Detail lost by generalizing"), percent(figures["loss"]), "", None),
    ]
    return lines


def _at_most(share: float) -> str:
    return _("at most %(share)s") % {"share": percent(share)}
