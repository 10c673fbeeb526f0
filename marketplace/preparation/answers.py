"""What somebody could do with a masked version, as questions and answers with its figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from marketplace.preparation.models import RiskReport
from marketplace.preparation.wording import kind_label


@dataclass(frozen=True)
class Answer:
    """A question that a re-identifier would ask, and the answer."""

    question: str
    answer: str


Labels = Mapping[str, str]
"""What the columns of a version mean, by their names."""


def answers_of(report: RiskReport, labels: Labels) -> tuple[Answer, ...]:
    """Answer every question that the figures of a report allow."""
    return tuple(answer for make in ANSWERS if (answer := make(report, labels)))


def percent(share: float) -> str:
    """Write a share in percent, with as many places as tell it from nothing."""
    shown = round(share * 100, 1 if share >= 0.001 else 4)
    return f"{number_format(f'{shown:f}'.rstrip('0').rstrip('.'))} %"


def count(number: int) -> str:
    """Write a number with the separators of the reader's language."""
    return number_format(number, use_l10n=True, force_grouping=True)


def listed(names: Sequence[str], labels: Labels) -> str:
    """List columns as in a sentence, by what they mean: “Age”, “Sex” and “Town”."""
    quoted = [_("“%(name)s”") % {"name": labels.get(name) or name} for name in names]
    if len(quoted) < 2:
        return "".join(quoted)
    return _("%(names)s and %(last)s") % {
        "names": pgettext("between the names of a list", ", ").join(quoted[:-1]),
        "last": quoted[-1],
    }


def _named(report: RiskReport, labels: Labels) -> Answer:
    found: list[Mapping[str, Any]] = report.figures["found"]
    question = _("Does a name or number of a person still stand in it?")
    if not found:
        return Answer(
            question, _("No. Every released cell was read, and none names a person directly.")
        )
    columns = "; ".join(
        f"{listed([one['column']], labels)} ({kind_label(one['kind'])})" for one in found
    )
    return Answer(question, _("Yes, in these columns: %(columns)s.") % {"columns": columns})


def _known_person(report: RiskReport, labels: Labels) -> Answer | None:
    if not report.quasi_identifiers or not report.figures["rows"]:
        return None
    return Answer(
        _("I know a person, and that this person is in the data. Can I find the row?"),
        _(
            "Someone who knows %(columns)s of a person, and knows that the person is in the data, "
            "is left with at least %(smallest)s rows that look the same, and is right in at most "
            "1 of %(smallest)s guesses (%(chance)s)."
        )
        % {
            "columns": listed(report.quasi_identifiers, labels),
            "smallest": count(report.figures["smallest_class"]),
            "chance": percent(report.figures["prosecutor_max"]),
        },
    )


def _somebody(report: RiskReport, labels: Labels) -> Answer | None:
    if not report.quasi_identifiers or not report.figures["rows"]:
        return None
    return Answer(
        _("I know a person, but not whether this person is in the data. Can I find out?"),
        _(
            "No more often than that: at most %(chance)s (journalist risk). It is an upper bound, "
            "since the centre holds no list of everybody from whom the data was drawn: whoever "
            "has such a list cannot tell who of it is in the data, and is wrong at least as often."
        )
        % {"chance": percent(report.figures["prosecutor_max"])},
    )


def _anybody(report: RiskReport, labels: Labels) -> Answer | None:
    if not report.quasi_identifiers or not report.figures["rows"]:
        return None
    unique: int = report.figures["unique_rows"]
    if unique:
        answer = ngettext(
            "%(count)s row is unlike all others: whoever knows that person finds it at once.",
            "%(count)s rows are unlike all others: whoever knows these people finds them at once.",
            unique,
        ) % {"count": count(unique)}
    else:
        answer = _("No. There is no row that is unlike all others.")
    return Answer(_("Does anybody stand out?"), answer)


def _everybody(report: RiskReport, labels: Labels) -> Answer | None:
    if not report.quasi_identifiers or not report.figures["rows"]:
        return None
    figures = report.figures
    return Answer(
        _("I have a list of everybody in the data. How many can I match?"),
        _(
            "Someone who guesses within rows that look the same is right for about %(people)s of "
            "%(rows)s people (%(share)s), and cannot tell for which."
        )
        % {
            "people": count(round(figures["marketer"] * figures["rows"])),
            "rows": count(figures["rows"]),
            "share": percent(figures["marketer"]),
        },
    )


def _secret(report: RiskReport, labels: Labels) -> Answer | None:
    columns, fewest = report.figures["sensitive"], report.figures["l"]
    if not columns or fewest is None or not report.quasi_identifiers:
        return None
    question = _("Can I learn something private without finding the row?")
    names = {"columns": listed(columns, labels), "fewest": count(fewest)}
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


def _left_out(report: RiskReport, labels: Labels) -> Answer | None:
    figures = report.figures
    if not figures["suppressed_rows"]:
        return None
    return Answer(
        _("What is missing?"),
        _("%(count)s of %(rows)s rows (%(share)s) were left out, since they would have stood out.")
        % {
            "count": count(figures["suppressed_rows"]),
            "rows": count(figures["rows_read"]),
            "share": percent(figures["suppressed_share"]),
        },
    )


ANSWERS: tuple[Callable[[RiskReport, Labels], Answer | None], ...] = (
    _named,
    _known_person,
    _somebody,
    _anybody,
    _everybody,
    _secret,
    _left_out,
)
