"""What stands in a masked version and what is missing, as questions and answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from marketplace.preparation.models import RiskReport
from marketplace.preparation.wording import kind_label
from marketplace.web.shares import percent


@dataclass(frozen=True)
class Answer:
    """A question that a reader would ask, and the answer."""

    question: str
    answer: str


Labels = Mapping[str, str]
"""What the columns of a version mean, by their names."""


def answers_of(report: RiskReport, labels: Labels) -> tuple[Answer, ...]:
    """Return an answer to every question that the figures of a report allow."""
    return tuple(answer for make in ANSWERS if (answer := make(report, labels)))


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


ANSWERS: tuple[Callable[[RiskReport, Labels], Answer | None], ...] = (_named, _left_out)
