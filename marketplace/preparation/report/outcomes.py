"""What attackers reached and what is missing, in words: answers, reasons, each attack."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from desensitize.attacks.registry import ATTACKERS, REASONS
from desensitize.policy import Policy
from desensitize.treatments import Step
from marketplace.credentials.presentation import (
    OUTCOMES,
    AttackInWords,
    attack_in_words,
    attacker_label,
    can_have_nothing_to_play,
)
from marketplace.preparation.column.presentation import Labels, kind_label
from marketplace.preparation.report.models import RiskReport, Verdict
from marketplace.preparation.report.selectors import without_detail
from marketplace.web.shares import count, percent


@dataclass(frozen=True)
class Answer:
    """A question that a reader would ask, and the answer."""

    question: str
    answer: str


def answers_of(report: RiskReport, labels: Labels) -> tuple[Answer, ...]:
    """Return an answer to every question that the figures of a report allow."""
    return tuple(answer for make in ANSWERS if (answer := make(report, labels)))


MOST_LISTED, FIRST_LISTED = 6, 3


def listed(names: Sequence[str], labels: Labels) -> str:
    """List columns as in a sentence, by what they mean: “Age”, “Sex” and “Town”."""
    quoted = _in_quotes(names, labels)
    if len(quoted) < 2:
        return "".join(quoted)
    return _("%(names)s and %(last)s") % {
        "names": pgettext("between the names of a list", ", ").join(quoted[:-1]),
        "last": quoted[-1],
    }


def _in_quotes(names: Sequence[str], labels: Labels) -> list[str]:
    return [_("“%(name)s”") % {"name": labels.get(name) or name} for name in names]


def listed_in_part(names: Sequence[str], labels: Labels) -> str:
    """List columns as `listed` does; of many the first ones, and how many others there are."""
    if len(names) <= MOST_LISTED:
        return listed(names, labels)
    first = _in_quotes(names[:FIRST_LISTED], labels)
    return _("%(names)s and %(count)s other columns") % {
        "names": pgettext("between the names of a list", ", ").join(first),
        "count": number_format(len(names) - FIRST_LISTED),
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


def _missing_columns(report: RiskReport, labels: Labels) -> Answer | None:
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


def _without_detail(report: RiskReport, labels: Labels) -> Answer | None:
    names = without_detail(report)
    if not names:
        return None
    return Answer(
        _("What says nothing any more?"),
        ngettext(
            "%(columns)s: every row has the same there, since no finer level of it is shared by "
            "enough rows that look alike. Leave it out, or set levels under which more values go "
            "together, so that one of them can be shown.",
            "%(columns)s: every row has the same there, since no finer level of them is shared by "
            "enough rows that look alike. Leave them out, or set levels under which more values "
            "go together, so that one of them can be shown.",
            len(names),
        )
        % {"columns": listed_in_part(names, labels)},
    )


def _waiting(report: RiskReport, _labels: Labels) -> Answer | None:
    figures = report.figures
    waiting, staying = figures.get("waiting_rows", 0), figures.get("staying_rows", 0)
    if not waiting and not staying:
        return None
    return Answer(
        _("Who came or left?"),
        _(
            "%(waiting)s rows wait: they are shown once enough like them have come, so that nobody "
            "is found by the day. %(staying)s rows that the data no longer has are shown until "
            "enough like them are gone."
        )
        % {"waiting": count(waiting), "staying": count(staying)},
    )


def _texts(report: RiskReport, labels: Labels) -> Answer | None:
    policy = report.measured_by.policy
    rules = Policy.from_dict(policy.document).columns if policy else ()
    masked = [rule.name for rule in rules if rule.masks_within]
    if not masked:
        return None
    return Answer(
        _("What is left in the texts?"),
        _(
            "In %(columns)s marks stand where something personal was found: numbers, addresses, "
            "accounts, names. A name that no word announces can be overlooked, and whoever knows a "
            "case can recognize it. Read a sample before anybody else does."
        )
        % {"columns": listed(masked, labels)},
    )


def _uses(report: RiskReport, _labels: Labels) -> Answer | None:
    if not report.passed or report.verdict != Verdict.DE_IDENTIFIED:
        return None
    return Answer(
        _("What may be done with it?"),
        _(
            "Inside the centre it may be worked on by those whom your organization entrusts with "
            "it, such as labelled, or used to train a model (Personal Information Protection Law, "
            "article 21). Its rows go to others only with consent or a basis in law, and after an "
            "assessment of the impact (articles 13, 23 and 55). It may not be called anonymous."
        ),
    )


ANSWERS: tuple[Callable[[RiskReport, Labels], Answer | None], ...] = (
    _named,
    _missing_columns,
    _without_detail,
    _waiting,
    _texts,
    _uses,
)


# Reasons of a verdict, and what a treatment does, in words.

SHARES = frozenset({"rate", "control", "excess", "limit", "high", "share"})

STEP_SENTENCES: Mapping[str, Promise] = MappingProxyType(
    {
        "leave_out": gettext_lazy("Leave out %(columns)s"),
        "sensitive": gettext_lazy("Treat %(columns)s as sensitive"),
        "generalize": gettext_lazy("Let the search make %(columns)s coarser too"),
        "by_cell": gettext_lazy("Make %(columns)s coarser cell by cell"),
        "bins": gettext_lazy("Release %(columns)s in ranges of %(figure)s"),
        "diversity": gettext_lazy(
            "At least %(figure)s different values of %(columns)s in each group"
        ),
        "closeness": gettext_lazy(
            "In each group, values of %(columns)s that differ by at most %(figure)s (t) from "
            "those of the whole"
        ),
        "larger_classes": gettext_lazy("Groups of at least %(figure)s rows that look the same"),
        "shuffle": gettext_lazy("Release the rows in an order of their own"),
        "synthetic": gettext_lazy(
            "A synthetic copy: invented rows that keep the statistics, at ε = %(figure)s"
        ),
    }
)
"""What a treatment does, by the codes of `desensitize.treatments.steps`."""


def reason_sentence(reason: Mapping[str, Any], labels: Labels) -> str:
    """Word a reason of a verdict, as `Reason.as_dict` has it."""
    why = REASONS.get(str(reason["code"]))
    if why is None:
        return str(reason["sentence"])
    return _(why.shown or why.sentence) % _all_worded(reason["parameters"], labels)


def step_sentence(step: Step, labels: Labels) -> str:
    figure = "" if step.figure is None else number_format(f"{step.figure:g}")
    return str(STEP_SENTENCES[step.code]) % {
        "columns": listed_in_part(step.columns, labels),
        "figure": figure,
    }


def _all_worded(parameters: Mapping[str, Any], labels: Labels) -> dict[str, str]:
    return {name: _worded(name, value, labels) for name, value in parameters.items()}


def _worded(name: str, value: Any, labels: Labels) -> str:
    if name in SHARES:
        return percent(float(value))
    if isinstance(value, int | float):
        return count(int(value))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return listed([str(one) for one in value], labels)
    words: Mapping[str, Callable[[str], str]] = {
        "attacker": attacker_label,
        "column": lambda column: listed([column], labels),
        "columns": lambda columns: listed(_quoted(columns), labels),
        "left_out": lambda text: _values_left_out(text, labels),
    }
    return words[name](str(value)) if name in words else str(value)


def _values_left_out(text: str, labels: Labels) -> str:
    names = _quoted(text)
    if not names:
        return _("together")
    return _("but %(columns)s") % {"columns": listed(names, labels)}


def _quoted(text: str) -> list[str]:
    """Return the names in a list that the library has quoted: “age”, “sex”."""
    return text[text.find("“") + 1 : text.rfind("”")].split("”, “") if "“" in text else []


# What the attackers reached, as a reviewer reads it.


def attacks_in_words(judgement: Mapping[str, Any], labels: Labels) -> tuple[AttackInWords, ...]:
    """Put the attackers of a judgement into words, those that came too far first."""
    ended = list(zip(outcomes_of(judgement), judgement.get("attackers", ()), strict=True))
    return tuple(
        _attack(attack, outcome, labels)
        for each in OUTCOMES
        for outcome, attack in ended
        if outcome == each
    )


def outcomes_of(judgement: Mapping[str, Any]) -> list[str]:
    """Return how each attack of a judgement ended, one of `OUTCOMES`."""
    reasons = judgement.get("reasons", ())
    reached = {one["parameters"]["attacker"] for one in reasons if one["code"] == "reached"}
    return [_outcome(attack, reached) for attack in judgement.get("attackers", ())]


def has_nothing_to_play(attack: Mapping[str, Any]) -> bool:
    """Return whether there was nothing that the attacker could have tried."""
    return (
        attack["passed"]
        and not attack["trials"]
        and not attack["worst"]
        and attack["rate"] == attack["control"]
        and can_have_nothing_to_play(str(attack["name"]))
    )


def _outcome(attack: Mapping[str, Any], reached: set[Any]) -> str:
    if has_nothing_to_play(attack):
        return "nothing"
    if attack["passed"]:
        return "withstood"
    is_beyond = attack["name"] in reached and attack["tried"] and not attack["not_tried"]
    return "failed" if attack["breaks"] or is_beyond else "unknown"


def _attack(attack: Mapping[str, Any], outcome: str, labels: Labels) -> AttackInWords:
    is_unknown = outcome == "unknown"
    return attack_in_words(
        attack,
        outcome,
        worst=_worst(str(attack["name"]), attack["worst"], labels),
        not_tried=[reason_sentence(one, labels) for one in attack["not_tried"] if is_unknown],
    )


def _worst(name: str, worst: Mapping[str, Any], labels: Labels) -> str:
    """Say the worst case; "" where the library names none that concerns single people."""
    told = ATTACKERS[name].tell_worst(worst) if name in ATTACKERS else None
    if told is None:
        return ""
    text = _(told.text) if isinstance(told.text, str) else ngettext(*told.text, told.number)
    return text % _all_worded(told.parameters, labels)
