"""Desensitize a source version, let attackers try what came of it, and keep it."""

from functools import partial
from itertools import count
from pathlib import Path

from desensitize.attacks.personal import personal_in
from desensitize.detectors import Looked
from desensitize.engines import column_losses
from desensitize.policy import Policy
from desensitize.privacy.pairs import shown_as
from desensitize.risk import class_sizes, full_scan, measure
from desensitize.tables import describe
from marketplace.core import Actor
from marketplace.jobs.heartbeat import Heartbeat
from marketplace.preparation.exclusion.excluding import exclusions_of, opened_source
from marketplace.preparation.masking.drawing import drawn_version
from marketplace.preparation.masking.services import finish_masking
from marketplace.preparation.policy.relabelling import counted_roles
from marketplace.preparation.release.composing import earlier_of, judged_beside, sketch_all
from marketplace.preparation.release.life import (
    line_before,
    tried_over_time,
    with_objections,
    write_revision,
)
from marketplace.preparation.report.judging import judged, release_of
from marketplace.preparation.report.measurement import Measurement
from marketplace.preparation.run.models import Run, Step

ENGINE_STEPS = {
    "read": Step.OPEN,
    "search": Step.SEARCH,
    "write": Step.WRITE,
    "check": Step.CHECK,
}

OPENED, ENGINE_DONE, MEASURED, SKETCHED, ATTACKED = 0.05, 0.5, 0.6, 0.65, 0.95

AGAIN = 0.75


def _relay(heartbeat: Heartbeat, share: float, step: str) -> None:
    heartbeat.report(OPENED + (ENGINE_DONE - OPENED) * share, ENGINE_STEPS.get(step, Step.CHECK))


def mask_version(run: Run, folder: Path, heartbeat: Heartbeat, by: Actor) -> None:
    """Desensitize and measure a run's version by its policy."""
    source, target = _opened(run, folder), folder / "masked.parquet"
    policy = Policy.from_dict(run.followed.document)

    if policy.synthetic is not None:
        _draw(run, policy, source, target, heartbeat, by)
        return
    counted = counted_roles(run.followed)
    sketch = partial(sketch_all, run, source, policy, folder, by=by)
    if counted.quasi_identifiers:
        sketch()
    line = with_objections(line_before(run, folder), run, policy, source, folder)
    tell = partial(_relay, heartbeat)
    written = write_revision(
        run, policy, counted, line, source=source, target=target, folder=folder, tell=tell
    )
    made = written.made
    heartbeat.report(ENGINE_DONE, Step.MEASURE)
    quasi = shown_as(counted.quasi_identifiers, made.columns)
    sensitive = shown_as(counted.sensitive, made.columns)
    risk = measure(target, quasi_identifiers=quasi, sensitive=sensitive)
    looked = Looked.at(target)
    found = full_scan(target, pseudonyms=policy.pseudonyms, looked=looked)
    heartbeat.report(MEASURED, Step.PEOPLE)
    release = release_of(
        run, policy, counted, source=source, released=written.tried, recoding=made.recoding
    )
    personal = personal_in(release, looked=looked if written.tried == target else None)
    if not (counted.quasi_identifiers or personal.is_nothing):
        sketch()
    over_time = tried_over_time(written, line, counted, released=target)
    chain = [one.version_id for one in line.chain] if over_time else []
    earlier = earlier_of(run, source, folder, counted=chain)
    heartbeat.report(SKETCHED, Step.ATTACK)
    judgement, composed = judged_beside(release, run, earlier, over_time, chain, personal=personal)
    heartbeat.report(ATTACKED, Step.KEEP)
    finish_masking(
        run.pk,
        attempt=run.attempt,
        path=target,
        columns=describe(target).columns,
        measured=Measurement(
            **written.figures(),
            risk=risk,
            quasi_identifiers=quasi,
            sensitive=sensitive,
            found=found,
            sizes=class_sizes(target, quasi_identifiers=quasi),
            losses=column_losses(source, target, policy, made.recoding),
            person=policy.person,
            judgement=judgement,
            relabelled=counted.relabelled,
        ),
        composed=composed,
        counts=written.counts,
        before=line.chain[-1] if line.chain else None,
        exclusions=run.exclusions,
        by=by,
    )


def _opened(run: Run, folder: Path) -> Path:
    """Decrypt what a run reads, without the rows of persons who are to leave it today."""
    run.exclusions = exclusions_of(run.version.dataset)
    return opened_source(run.version, folder, run.exclusions)


def _draw(
    run: Run, policy: Policy, source: Path, target: Path, heartbeat: Heartbeat, by: Actor
) -> None:
    """Draw rows of nobody in place of masked ones, and let attackers try them.

    No figure tells anything of the source beside what attackers reach: rows are those drawn.
    """
    heartbeat.report(OPENED, Step.WRITE)
    made = drawn_version(run, policy, source, target, by=by)
    heartbeat.report(ENGINE_DONE, Step.MEASURE)
    counted = counted_roles(run.followed)
    risk = measure(target, quasi_identifiers=(), sensitive=())
    found = full_scan(target)
    heartbeat.report(MEASURED, Step.ATTACK)
    times = count(1)

    def told() -> None:
        # How often the copy is made again shows on the way: each time a part of the rest is done.
        share = 1 - AGAIN ** next(times)
        heartbeat.report(MEASURED + (ATTACKED - MEASURED) * share, Step.ATTACK)

    judgement = judged(run, policy, counted, source=source, released=target, told=told)
    heartbeat.report(ATTACKED, Step.KEEP)
    finish_masking(
        run.pk,
        attempt=run.attempt,
        path=target,
        columns=describe(target).columns,
        measured=Measurement(
            risk=risk,
            rows_read=made.rows,
            suppressed_rows=0,
            suppressed_cells={},
            loss=0.0,
            quasi_identifiers=(),
            sensitive=(),
            found=found,
            person=policy.person,
            judgement=judgement,
            relabelled=counted.relabelled,
            synthetic=made.budget.as_dict() | {"rows": made.rows},
        ),
        exclusions=run.exclusions,
        by=by,
    )
