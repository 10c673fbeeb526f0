"""Do the work of a run: decrypt, compute, keep the result.

Outside any transaction: only taking a run, saying how far it is and keeping its result are acts of
their own. Whatever is killed in between leaves a run whose lease runs out, and no version.
"""

from __future__ import annotations

import errno
import logging
from itertools import count
from pathlib import Path
from uuid import UUID

from django.db import OperationalError

from desensitize.detectors import classify_table
from desensitize.engines import column_losses, run_policy
from desensitize.errors import DesensitizeError
from desensitize.policy import Policy
from desensitize.profile import profile_table
from desensitize.risk import class_sizes, confirm, full_scan, measure
from desensitize.tables import describe
from marketplace.core.actor import Actor, Door
from marketplace.core.errors import NotFound, Refusal, WrongState
from marketplace.preparation.adapters import RUN_SENTENCES
from marketplace.preparation.composing import (
    compose,
    earlier_of,
    judged_beside,
)
from marketplace.preparation.copying import write_copy
from marketplace.preparation.drawing import drawn_version
from marketplace.preparation.heartbeat import Heartbeat, RunLost
from marketplace.preparation.judging import judged, release_of
from marketplace.preparation.meanings import explained_columns
from marketplace.preparation.measurement import Measurement
from marketplace.preparation.models import STUDIES, Run, RunKind, Step
from marketplace.preparation.relabelling import counted_roles
from marketplace.preparation.services.keys import key_ring
from marketplace.preparation.services.leases import fail_run, take_run
from marketplace.preparation.services.results import finish_masking, finish_profile
from marketplace.preparation.studying import study
from marketplace.vault.chunks import DamagedFile
from marketplace.vault.services.work import decrypt_into, work_folder

log = logging.getLogger(__name__)

ENGINE_STEPS = {
    "read": Step.OPEN,
    "search": Step.SEARCH,
    "write": Step.WRITE,
    "check": Step.CHECK,
}
OPENED, ENGINE_DONE, MEASURED, SKETCHED, ATTACKED = 0.05, 0.5, 0.6, 0.65, 0.95
AGAIN = 0.75
PROFILED, CLASSIFIED = 0.8, 0.9


def execute_run(run_id: UUID) -> None:
    """Take a run that waits and do it; a run that does not wait is left alone."""
    by = Actor.system(Door.TASK)
    try:
        run = take_run(run_id, by=by)
    except (NotFound, WrongState):
        log.info("Run %s does not wait for a worker.", run_id)
        return
    try:
        with Heartbeat(run, by=by) as heartbeat, work_folder() as folder:
            if run.kind == RunKind.PROFILE:
                _profile(run, folder, heartbeat, by)
            elif run.kind in STUDIES:
                study(run, folder, heartbeat, by)
            elif run.kind == RunKind.COPY:
                write_copy(run, folder, heartbeat, by)
            elif run.kind == RunKind.COMPOSE:
                compose(run, folder, heartbeat, by)
            else:
                _mask(run, folder, heartbeat, by)
    except RunLost:
        log.info("Run %s was cancelled or taken over.", run_id)
    except OperationalError:
        # The database went away: the lease runs out, and the run is taken up again.
        raise
    except Exception as error:
        _fail(run, error, by)


def _profile(run: Run, folder: Path, heartbeat: Heartbeat, by: Actor) -> None:
    source = decrypt_into(run.version.file, folder)
    heartbeat.report(OPENED, Step.PROFILE)
    profiles = profile_table(
        source,
        progress=lambda share, _column: heartbeat.report(
            OPENED + (PROFILED - OPENED) * share, Step.PROFILE
        ),
    )
    heartbeat.report(PROFILED, Step.CLASSIFY)
    proposals = confirm(source, classify_table(source, profiles))
    heartbeat.report(CLASSIFIED, Step.KEEP)
    finish_profile(run.pk, attempt=run.attempt, profiles=profiles, proposals=proposals, by=by)


def _mask(run: Run, folder: Path, heartbeat: Heartbeat, by: Actor) -> None:
    assert run.policy is not None
    source, target = decrypt_into(run.version.file, folder), folder / "masked.parquet"
    policy = Policy.from_dict(run.policy.document)

    def relay(share: float, step: str) -> None:
        heartbeat.report(
            OPENED + (ENGINE_DONE - OPENED) * share, ENGINE_STEPS.get(step, Step.CHECK)
        )

    if policy.synthetic is not None:
        _draw(run, policy, source, target, heartbeat, by)
        return
    made = run_policy(
        source,
        target,
        policy,
        keys=key_ring(run.version.dataset, release=run.pk),
        work=folder,
        progress=relay,
        explained=explained_columns(run.version),
    )
    heartbeat.report(ENGINE_DONE, Step.MEASURE)
    counted = counted_roles(run.policy)
    risk = measure(
        target,
        quasi_identifiers=counted.quasi_identifiers,
        sensitive=counted.sensitive,
    )
    found = full_scan(target, pseudonyms=policy.pseudonyms)
    heartbeat.report(MEASURED, Step.PEOPLE)
    earlier = earlier_of(run, source, policy, folder, by=by)
    heartbeat.report(SKETCHED, Step.ATTACK)
    release = release_of(run, policy, counted, source=source, released=target)
    judgement, composed = judged_beside(release, run, earlier)
    heartbeat.report(ATTACKED, Step.KEEP)
    finish_masking(
        run.pk,
        attempt=run.attempt,
        path=target,
        columns=describe(target).columns,
        measured=Measurement(
            risk=risk,
            rows_read=made.rows_read,
            suppressed_rows=made.suppressed_rows,
            suppressed_cells=made.suppressed_cells,
            loss=made.loss,
            quasi_identifiers=counted.quasi_identifiers,
            sensitive=counted.sensitive,
            found=found,
            sizes=class_sizes(target, quasi_identifiers=counted.quasi_identifiers),
            losses=column_losses(source, target, policy),
            person=policy.person,
            judgement=judgement,
            relabelled=counted.relabelled,
        ),
        composed=composed,
        by=by,
    )


def _draw(
    run: Run, policy: Policy, source: Path, target: Path, heartbeat: Heartbeat, by: Actor
) -> None:
    """Draw rows of nobody in place of masked ones, and let attackers try them.

    No figure tells anything of the source beside what attackers reach: rows are those drawn.
    """
    assert run.policy is not None
    heartbeat.report(OPENED, Step.WRITE)
    made = drawn_version(run, policy, source, target, by=by)
    heartbeat.report(ENGINE_DONE, Step.MEASURE)
    counted = counted_roles(run.policy)
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
        by=by,
    )


def _fail(run: Run, error: Exception, by: Actor) -> None:
    parameters: dict[str, str | int | float] = {}
    if isinstance(error, DesensitizeError):
        code, parameters = error.code, error.parameters
    elif isinstance(error, Refusal):
        code = error.code if error.code in RUN_SENTENCES else "unexpected"
    elif isinstance(error, DamagedFile):
        code = "file-damaged"
    elif isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        code = "disk-full"
    else:
        code = "unexpected"
    if code == "unexpected":
        log.exception("Run %s failed.", run.pk, exc_info=error)
    try:
        fail_run(run.pk, attempt=run.attempt, error=code, parameters=parameters, by=by)
    except (NotFound, WrongState):
        log.info("Run %s was cancelled or taken over.", run.pk)
