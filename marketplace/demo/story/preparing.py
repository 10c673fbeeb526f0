"""The data is profiled, a policy confirmed, the data desensitized and its risk measured."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.catalog.version.models import DatasetVersion
from marketplace.demo.story.findings import passed_report_of, source_of
from marketplace.demo.story.goods import Goods
from marketplace.demo.story.stage import Glimpse, Stage, StoryBroken, the
from marketplace.demo.story.telling import Done, Step
from marketplace.jobs.states import JobState
from marketplace.preparation.adapters import sentence_of
from marketplace.preparation.column.models import ColumnFinding, ColumnRole
from marketplace.preparation.column.selectors import findings_of
from marketplace.preparation.masking.services import start_masking
from marketplace.preparation.policy.events import PolicyConfirmed
from marketplace.preparation.policy.proposals import proposed_policy
from marketplace.preparation.policy.selectors import policy_of
from marketplace.preparation.policy.services import confirm_policy
from marketplace.preparation.profile.services import start_profile
from marketplace.preparation.report.events import RiskMeasured
from marketplace.preparation.run.events import ColumnsClassified
from marketplace.preparation.run.models import Run, RunKind
from marketplace.preparation.run.selectors import last_run


def preparing(goods: Goods) -> tuple[Step, ...]:
    """Return the steps from approved content to a passed risk report."""
    return (
        Step(
            gettext_lazy("The centre profiles and classifies the columns"),
            partial(look_classified, goods),
            partial(classify, goods),
        ),
        Step(
            gettext_lazy("The officer confirms what happens to each column"),
            partial(look_confirmed, goods),
            partial(confirm, goods),
        ),
        Step(
            gettext_lazy("The centre desensitizes the data and measures the risk"),
            partial(look_masked, goods),
            partial(mask, goods),
        ),
    )


def look_classified(goods: Goods, stage: Stage) -> Done | None:
    version = the(source_of(goods))
    run = last_run(version, RunKind.PROFILE)
    roles = [finding.role for finding in findings_of(version)]
    if run is None or run.state != JobState.DONE or not roles:
        return None
    return Done(
        _("%(direct)d direct identifiers, %(quasi)d quasi-identifiers, %(sensitive)d sensitive")
        % {
            "direct": roles.count(ColumnRole.DIRECT),
            "quasi": roles.count(ColumnRole.QUASI),
            "sensitive": roles.count(ColumnRole.SENSITIVE),
        },
        f"run:{run.pk}",
        ColumnsClassified,
    )


def classify(goods: Goods, stage: Stage) -> None:
    """Wait for the run that follows from the approval; ask for another where that one ended."""
    version = the(source_of(goods))
    run = last_run(version, RunKind.PROFILE)
    if run is not None and run.is_final:
        start_profile(version.pk, by=stage.actor(goods.officer))
    _wait_for(version, RunKind.PROFILE, stage)


def look_confirmed(goods: Goods, stage: Stage) -> Done | None:
    """Look for the policy."""
    policy = policy_of(the(source_of(goods)))
    if policy is None:
        return None
    masks = [rule["mask"] for rule in policy.document["columns"]]
    drawing = policy.document.get("synthetic")
    if drawing is not None:
        what = _("%(dropped)d columns left out, a synthetic copy of the others at ε = %(epsilon)s")
        drawn = {"dropped": masks.count("drop"), "epsilon": drawing["epsilon"]}
        return Done(what % drawn, f"policy:{policy.pk}", PolicyConfirmed)
    return Done(
        _(
            "%(dropped)d columns left out, %(generalized)d generalized, "
            "classes of at least %(least)d"
        )
        % {
            "dropped": masks.count("drop"),
            "generalized": masks.count("generalize"),
            "least": policy.document["smallest_class"],
        },
        f"policy:{policy.pk}",
        PolicyConfirmed,
    )


def confirm(goods: Goods, stage: Stage) -> None:
    """Confirm the proposed policy with the officer's own decisions."""
    version = the(source_of(goods))
    confirm_policy(
        version.pk,
        policy=decided_policy(goods, findings_of(version)),
        by=stage.actor(goods.officer),
    )


def decided_policy(goods: Goods, findings: Iterable[ColumnFinding]) -> dict[str, Any]:
    """Return the proposed policy as plain values, changed to what the officer decides."""
    document = proposed_policy(findings).to_dict() | {"smallest_class": goods.smallest_class}
    if goods.synthetic is not None:
        document["synthetic"] = dict(goods.synthetic)
    for rule in document["columns"]:
        rule.update(goods.rules.get(rule["name"], {}))
    return document


DRAWS = 2
"""How often rows are drawn: once in a while a draw misses the bound of an attacker by a hair.

Each takes its ε from the budget of the dataset, whether it passes or not.
"""


def look_masked(goods: Goods, stage: Stage) -> Done | None:
    """Look for a passed risk report of the desensitized data."""
    report = passed_report_of(goods)
    if report is None:
        return None
    figures = report.figures
    if report.quasi_identifiers:
        what = _(
            "passed: %(verdict)s, smallest class %(smallest)d, %(suppressed)d rows left out"
        ) % {
            "verdict": report.get_verdict_display(),
            "smallest": figures["smallest_class"],
            "suppressed": figures["suppressed_rows"],
        }
    else:
        what = _("passed: %(verdict)s") % {"verdict": report.get_verdict_display()}
    return Done(what, f"risk_report:{report.pk}", RiskMeasured)


def mask(goods: Goods, stage: Stage) -> None:
    """Ask for the masking run, and wait for it; where rows are drawn, again if they do not pass.

    Raises:
        StoryBroken: no run ended in a report that passed.
    """
    version = the(source_of(goods))
    for _draw in range(DRAWS if goods.synthetic else 1):
        start_masking(version.pk, by=stage.actor(goods.officer))
        _wait_for(version, RunKind.MASK, stage)
        if passed_report_of(goods) is not None:
            return
    raise StoryBroken(_("The risk report of the desensitized data did not pass. See its page."))


def _wait_for(version: DatasetVersion, kind: RunKind, stage: Stage) -> None:
    def look() -> Glimpse:
        run = last_run(version, kind)
        if run is None:
            return Glimpse(0.0, _("Waiting for the pipeline"), is_over=False)
        return Glimpse(run.progress / 1000, run.get_step_display(), is_over=run.is_final)

    stage.hands.work_until(look)
    run = the(last_run(version, kind))
    if run.state != JobState.DONE:
        raise StoryBroken(_why_not(run))


def _why_not(run: Run) -> str:
    if run.state == JobState.CANCELLED:
        return _("Somebody cancelled the run. Start the story again.")
    return sentence_of(run.error_code, run.error_parameters)
