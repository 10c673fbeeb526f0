"""What to do about a version that attackers came too far with."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from desensitize.policy import Policy
from desensitize.treatments import Advice, advise
from marketplace.credentials.presentation import attacker_label
from marketplace.preparation.column.presentation import Labels
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.report.outcomes import listed, step_sentence
from marketplace.preparation.run.models import RunKind
from marketplace.preparation.study.models import Study
from marketplace.preparation.study.selectors import last_study, tried_of
from marketplace.web.shares import percent


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
