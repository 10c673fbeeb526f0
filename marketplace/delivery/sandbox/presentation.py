"""Private answers and budgets as people read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from desensitize.privacy.sandbox import COUNT, HISTOGRAM, MEAN, Condition, Question
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.sandbox.models import Answer, QuestionBudget
from marketplace.delivery.sandbox.selectors import period_ends_at, spent_in
from marketplace.trading.listings.sandbox.models import Sandbox
from marketplace.web.charts import noisy_bars

MOST_DRAWN = 60


@dataclass(frozen=True)
class BudgetState:
    """What a buyer may spend, has spent and has left; `percent` of it is left."""

    epsilon: Decimal
    spent: Decimal
    renewed_at: datetime | None

    @property
    def left(self) -> Decimal:
        return (self.epsilon - self.spent).normalize()

    @property
    def percent(self) -> int:
        """Return what is left in hundredths of the whole, at least 1 where anything is."""
        return max(int(100 * self.left / self.epsilon), 1 if self.left else 0)


def budget_state(grant: Grant, sandbox: Sandbox, budget: QuestionBudget | None) -> BudgetState:
    return BudgetState(
        epsilon=sandbox.epsilon.normalize(),
        spent=spent_in(grant, sandbox, budget).normalize(),
        renewed_at=period_ends_at(grant, sandbox),
    )


@dataclass(frozen=True)
class AnswerView:
    """A private answer in words, as rows and as a chart."""

    answer: Answer
    sentence: str
    columns: tuple[str, ...]
    rows: list[dict[str, Any]]
    chart: SafeString | str

    @property
    def epsilon(self) -> Decimal:
        """Return what it cost, without zeros at its end."""
        cost: Decimal = self.answer.release.epsilon
        return cost.normalize()

    @property
    def single(self) -> dict[str, Any] | None:
        """Return the only figure of an answer that has no groups."""
        return self.rows[0] if len(self.rows) == 1 and not self.columns else None


def answer_view(answer: Answer, *, with_chart: bool = False) -> AnswerView:
    """Word an answer; a chart is drawn where it is asked for and has at most 60 bars."""
    question = Question.from_json(answer.release.question)
    result = answer.release.result
    columns = tuple(result["columns"])
    if question.figure == HISTOGRAM:
        columns = (_("From (included)"), _("Up to"))
    rows = [
        {
            "group": cell["group"],
            **{name: _localized(cell[name]) for name in ("figure", "low", "high")},
        }
        for cell in result["cells"]
    ]
    sentence = question_in_words(question)
    chart: SafeString | str = ""
    if with_chart and columns and 0 < len(rows) <= MOST_DRAWN:
        chart = noisy_bars(
            [_bar(cell, question) for cell in result["cells"]],
            title=sentence,
            is_upright=question.figure == HISTOGRAM,
        )
    return AnswerView(answer, sentence, columns, rows, chart)


def answer_views(answers: Iterable[Answer]) -> list[AnswerView]:
    """Word several answers, without charts."""
    return [answer_view(answer) for answer in answers]


def question_in_words(question: Question) -> str:
    """Say what is asked in one sentence without its end."""
    if question.figure == COUNT:
        said = _("Number of rows")
    elif question.figure == HISTOGRAM:
        said = _("Histogram of %(column)s in %(bins)d parts") % {
            "column": question.column,
            "bins": question.bins,
        }
    elif question.figure == MEAN:
        said = _("Mean of %(column)s") % {"column": question.column}
    else:
        said = _("Sum of %(column)s") % {"column": question.column}
    if question.by:
        said = _("%(figure)s by %(columns)s") % {
            "figure": said,
            "columns": _(" and ").join(question.by),
        }
    if question.where:
        conditions = _(" and ").join(map(_condition_in_words, question.where))
        said = _("%(figure)s, where %(conditions)s") % {"figure": said, "conditions": conditions}
    return said


def _condition_in_words(condition: Condition) -> str:
    if condition.values:
        return _("%(column)s is %(values)s") % {
            "column": condition.column,
            "values": _(" or ").join(condition.values),
        }
    return _("%(column)s is from %(low)s to %(high)s") % {
        "column": condition.column,
        "low": condition.low,
        "high": condition.high,
    }


def _bar(cell: dict[str, Any], question: Question) -> tuple[str, float, float, float]:
    low, high = float(cell["low"]), float(cell["high"])
    return _label(cell["group"], question), float(cell["figure"]), low, high


def _label(group: list[str], question: Question) -> str:
    if question.figure == HISTOGRAM:
        return group[0]
    return " · ".join(value or _("(empty)") for value in group)


def _localized(figure: str) -> str:
    places = len(figure.partition(".")[2])
    return number_format(Decimal(figure), decimal_pos=places, use_l10n=True, force_grouping=True)
