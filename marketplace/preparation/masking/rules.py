"""What the acts that mask a version refuse, by right and state."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from marketplace.catalog.quality.rules import refuse_unless_kept
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, WrongState, clock
from marketplace.jobs.states import JobState
from marketplace.preparation.column.selectors import findings_of
from marketplace.preparation.exclusion.models import Exclusion
from marketplace.preparation.policy.models import MaskingPolicy
from marketplace.preparation.policy.relabelling import unreasoned
from marketplace.preparation.policy.selectors import policy_of
from marketplace.preparation.report.relabelled import agreed_since
from marketplace.preparation.report.selectors import report_of
from marketplace.preparation.run.models import Run, RunKind
from marketplace.preparation.run.selectors import active_run, last_run
from marketplace.preparation.version.rules import check_current, check_decides, check_has_raw


def standing_result(version: DatasetVersion, policy: MaskingPolicy) -> Run | None:
    """Return the run that masks a version, or whose result by the policy has a report in date.

    What a reviewer has agreed to since has to be measured anew, and whose rows are to leave since
    stand in no result.
    """
    active = active_run(version, RunKind.MASK)
    if active is not None:
        return active
    run = last_run(version, RunKind.MASK)
    if run is None or run.state != JobState.DONE or run.policy_id != policy.pk:
        return None
    report = report_of(run.result_version_id) if run.result_version_id else None
    if report is None or not report.passed or report.valid_until < clock.today():
        return None
    if still_in(version, run.exclusions) or agreed_since(report):
        return None
    return run


def still_in(version: DatasetVersion, exclusions: Collection[str]) -> bool:
    """Return whether rows are to leave the dataset that were not among the codes left out."""
    excluded = Exclusion.objects.filter(dataset_id=version.dataset_id)
    return excluded.exclude(code__in=list(exclusions)).exists()


def check_left_out(version: DatasetVersion, exclusions: Collection[str]) -> None:
    """Refuse to keep what was made with rows of persons who are to leave since.

    Raises:
        WrongState: there are such rows (`persons-left`).
    """
    if still_in(version, exclusions):
        raise WrongState(
            _("Persons are to leave this data since the run began. Start it again."),
            code="persons-left",
        )


def checked_to_mask(version: DatasetVersion, by: Actor) -> MaskingPolicy:
    """Return the confirmed policy by which a version is masked.

    Raises:
        NotAllowed: the actor is no officer of the organization.
        WrongState: the content is not approved, newer data came, or no policy is confirmed
            (`policy-not-confirmed`).
    """
    check_decides(version, by)
    check_current(version)
    policy = policy_of(version)
    if policy is None:
        raise WrongState(
            _("Confirm first what happens to each column."), code="policy-not-confirmed"
        )
    return policy


def check_start_masking(version: DatasetVersion, by: Actor) -> None:
    """Refuse to mask a version.

    Raises:
        NotAllowed, WrongState: as for `checked_to_mask`; or a run is under way or its result stands
            (`result-standing`), the raw data was destroyed, or the policy takes a class away
            without a reason (`reason-missing`), or a rule of quality holds the version
            (`quality-failed`, `quality-unmeasured`).
    """
    policy = checked_to_mask(version, by)
    if standing_result(version, policy) is not None:
        raise WrongState(
            _("The version is being masked, or its result by this policy stands."),
            code="result-standing",
        )
    check_has_raw(version)
    refuse_unless_kept(version)
    names = unreasoned(policy, list(findings_of(version)))
    if names:
        raise WrongState(
            _(
                "The policy takes columns for less than they were found to be, without a reason: "
                "%(columns)s. Confirm it anew."
            )
            % {"columns": ", ".join(names)},
            code="reason-missing",
        )
