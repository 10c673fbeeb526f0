"""Ask runs that only look, and keep what they answer."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, Invalid, WrongState, visible
from marketplace.core.arguments import Keys
from marketplace.jobs.rules import check_works
from marketplace.jobs.steps import end_done, held_job
from marketplace.ledger.services.recording import record
from marketplace.preparation.policy.proposals import policy_of_next_run
from marketplace.preparation.policy.selectors import policy_of
from marketplace.preparation.report.models import Verdict
from marketplace.preparation.report.selectors import reports_visible_to
from marketplace.preparation.run.models import Run, RunKind
from marketplace.preparation.run.steps import RUNS, concerns, request_run
from marketplace.preparation.study.events import StudyFinished
from marketplace.preparation.study.models import Study
from marketplace.preparation.study.questions import (
    Question,
    comparison_question,
    digest_of,
    tradeoff_question,
)
from marketplace.preparation.study.rules import (
    check_compares,
    check_no_study,
    check_tries_treatments,
)
from marketplace.preparation.study.selectors import last_study
from marketplace.preparation.version.locks import locked_source

MOST_VERSIONS = 2
LAWFUL = frozenset({Verdict.NO_PERSONAL_INFORMATION.value, Verdict.ANONYMOUS.value})
MASKED = Keys(
    label=gettext_lazy("Masked versions"),
    help=gettext_lazy("One, to see it beside its source; two, to see which keeps more."),
    most=MOST_VERSIONS,
)


@transaction.atomic
def start_tradeoff(version_id: UUID, *, by: Actor) -> Run:
    """Ask a worker to try treatments around the policy as it stands, and attackers on each.

    The same question that is being answered, or was answered, is not asked twice.

    Raises:
        NotFound: there is no such source version among those the actor may see.
        NotAllowed: the actor is no officer of the organization.
        WrongState: the content is not approved, newer data came, it is not classified, the raw
            data was destroyed, or another such run is under way.
    """
    version = locked_source(version_id, by=by)
    check_tries_treatments(version, by)
    policy = policy_of_next_run(version)
    return _asked(version, RunKind.TRADEOFF, tradeoff_question(version, policy), by=by)


@transaction.atomic
def help_failed_report(report_id: UUID, *, by: Actor) -> Run | None:
    """Have treatments tried where a report says that its version cannot be traded as it is.

    So it is where the report did not pass, and where what was made is personal information still
    and its dataset names no basis to trade it. Nothing happens where the data or the policy went
    on meanwhile.

    Raises:
        NotFound: there is no such report.
        NotAllowed: the actor is not the centre's software.
    """
    check_works(by)
    report = visible(
        reports_visible_to(by).select_related("version__parent__dataset"), pk=report_id
    )
    source = report.version.parent
    is_lawful = report.verdict in LAWFUL or (
        report.verdict == Verdict.DE_IDENTIFIED and bool(source and source.dataset.personal_basis)
    )
    if source is None or (report.passed and is_lawful):
        return None
    policy = policy_of(source)
    if policy is None or policy.pk != report.measured_by.policy_id:
        return None
    try:
        return start_tradeoff(source.pk, by=by)
    except WrongState:
        return None


@transaction.atomic
def start_comparison(
    version_id: UUID, *, masked: Annotated[Sequence[UUID], MASKED], by: Actor
) -> Run:
    """Ask a worker what one or two masked versions have lost against their source.

    The same question that is being answered, or was answered, is not asked twice.

    Raises:
        NotFound: there is no such source version among those the actor may see.
        NotAllowed: the actor is no officer of the organization.
        WrongState: the raw data was destroyed, or another such run is under way.
        Invalid: no version, more than two, or one that was not made from this source.
    """
    version = locked_source(version_id, by=by)
    check_compares(version, by)
    wanted = list(dict.fromkeys(masked))
    if not 1 <= len(wanted) <= MOST_VERSIONS:
        sentence = _("Choose one or two masked versions.")
        raise Invalid(sentence, fields={"masked": [sentence]})
    reports = {
        report.version_id: report
        for report in reports_visible_to(by)
        .filter(version__parent=version, version__in=wanted)
        .order_by("created_at")
    }
    if set(reports) != set(wanted):
        sentence = _("Choose masked versions that were made from this version.")
        raise Invalid(sentence, fields={"masked": [sentence]})
    question = comparison_question(version, [reports[one] for one in wanted])
    return _asked(version, RunKind.COMPARE, question, by=by)


@transaction.atomic
def finish_study(run_id: UUID, *, attempt: int, answer: Mapping[str, Any], by: Actor) -> Run:
    """Keep what a run that only looks found.

    Raises:
        NotFound: there is no such run.
        NotAllowed: the actor is not the centre's software.
        WrongState: the run was cancelled, or another worker has it.
    """
    run = held_job(run_id, attempt=attempt, queue=RUNS, by=by)
    study: Study = run.study
    study.answer = dict(answer)
    study.save(update_fields=["answer"])
    end_done(run)
    record(
        StudyFinished(
            subject=f"run:{run.pk}", about=concerns(run), run_kind=run.kind, digest=study.digest
        ),
        by=by,
    )
    return run


def _asked(version: DatasetVersion, kind: RunKind, question: Question, *, by: Actor) -> Run:
    digest = digest_of(question)
    last = last_study(version, kind)
    if last is not None:
        same = last.digest == digest
        if same and (last.run.is_active or last.run.is_done):
            return last.run
    check_no_study(version, kind)
    run = request_run(version, kind, by=by)
    Study.objects.create(run=run, question=question, digest=digest)
    return run
