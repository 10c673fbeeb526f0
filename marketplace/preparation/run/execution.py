"""Do the work of a run: decrypt, compute, keep the result."""

from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import pyarrow.parquet as pq

from desensitize.attacks.limits import Limits
from desensitize.attacks.personal import personal_in
from desensitize.crypto import KeyRing
from desensitize.detectors import Looked, classify_table
from desensitize.engines import column_losses, run_policy
from desensitize.errors import DesensitizeError
from desensitize.masks import MASKS
from desensitize.policy import ColumnRule, Policy
from desensitize.privacy import Hierarchy
from desensitize.privacy.pairs import shown_as
from desensitize.profile import key_pair, profile_table
from desensitize.risk import class_sizes, compare_tables, confirm, full_scan, measure
from desensitize.tables import describe
from desensitize.treatments import try_treatments
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.projections import Projection
from marketplace.catalog.version.rows import parts_of
from marketplace.core import Actor, WrongState
from marketplace.jobs.execution import Reasons, execute_job
from marketplace.jobs.heartbeat import Heartbeat
from marketplace.preparation.adapters import RUN_SENTENCES
from marketplace.preparation.column.models import ColumnRole
from marketplace.preparation.column.selectors import explained_columns, findings_of
from marketplace.preparation.exclusion.excluding import exclusions_of, opened_source
from marketplace.preparation.policy.relabelling import counted_roles
from marketplace.preparation.policy.services import key_ring
from marketplace.preparation.policy.synthetic import drawn_version
from marketplace.preparation.release.composing import (
    compose,
    earlier_of,
    judged_beside,
    sketch_all,
)
from marketplace.preparation.release.life import (
    line_before,
    tried_over_time,
    with_objections,
    write_revision,
)
from marketplace.preparation.release.models import Copy
from marketplace.preparation.release.selectors import policy_that_made
from marketplace.preparation.release.services import finish_copy
from marketplace.preparation.report.judging import judged, release_of
from marketplace.preparation.report.measurement import Measurement
from marketplace.preparation.run.models import STUDIES, Run, RunKind, Step
from marketplace.preparation.run.services import finish_masking, finish_profile
from marketplace.preparation.run.steps import RUNS
from marketplace.preparation.study.services import finish_study
from marketplace.vault.services import decrypt_into, open_stored

# Write a copy of a masked version for one recipient: a part of it, or with marks of its own.

CUT, MARKED, COPY_MEASURED = 0.3, 0.7, 0.9
MARK_PURPOSE = "copy"


def write_copy(run: Run, folder: Path, heartbeat: Heartbeat, by: Actor) -> None:
    """Write the copy of a run, measure it, and keep it where it passes."""
    copy: Copy = run.copy
    policy = policy_that_made(run.version)
    if policy is None:
        raise WrongState("No run made this version.", code="nothing-to-copy")
    target = folder / "cut.parquet"
    heartbeat.report(0.05, Step.WRITE)
    rows = _cut(run, Projection.from_json(copy.projection), target)
    heartbeat.report(CUT, Step.WRITE)
    names = pq.read_schema(target).names
    rules = mark_rules(policy, names) if copy.is_marked else kept_rules(names)
    marked = tuple(rule.name for rule in rules if rule.mask == "pseudonym")
    if marked or policy.shuffles:
        # In an order of its own, so that two copies cannot be laid together row by row.
        order = "shuffled" if policy.shuffles else "source"
        plain, target = target, folder / "copy.parquet"
        keys = recipient_keys(run, copy)
        marking = Policy(rules, smallest_class=1, order=order)
        run_policy(
            plain,
            target,
            marking,
            keys=keys,
            work=folder,
            explained=explained_columns(run.version, policy),
        )
    heartbeat.report(MARKED, Step.MEASURE)
    quasi = tuple(name for name in policy.released_quasi_identifiers if name in names)
    sensitive = tuple(name for name in policy.released_sensitive if name in names)
    measured = Measurement(
        risk=measure(target, quasi_identifiers=quasi, sensitive=sensitive),
        rows_read=rows,
        suppressed_rows=0,
        suppressed_cells={},
        loss=0.0,
        quasi_identifiers=quasi,
        sensitive=sensitive,
        person=policy.person,
        found=full_scan(target, pseudonyms=policy.pseudonyms),
        sizes=class_sizes(target, quasi_identifiers=quasi),
    )
    heartbeat.report(COPY_MEASURED, Step.KEEP)
    finish_copy(
        run.pk,
        attempt=run.attempt,
        path=target,
        marked_columns=marked,
        measured=measured,
        by=by,
    )


def mark_rules(policy: Policy, names: list[str]) -> tuple[ColumnRule, ...]:
    """Return what happens to each column of a masked version that is marked.

    What the policy made a pseudonym becomes a pseudonym of that pseudonym, under the recipient's
    key; everything else stays. A pseudonym is no clear value, so that its column counts as other.
    """
    return tuple(
        ColumnRule(name, "other", "pseudonym", {"purpose": MARK_PURPOSE})
        if MASKS[policy.released_rule(name).mask].description.pseudonymous
        else ColumnRule(name, "other", "keep")
        for name in names
    )


def kept_rules(names: list[str]) -> tuple[ColumnRule, ...]:
    """Return rules that leave each column as it is."""
    return tuple(ColumnRule(name, "other", "keep") for name in names)


def recipient_keys(run: Run, copy: Copy) -> KeyRing:
    """Open the keys of a recipient's pseudonyms, from which no other recipient's follow."""
    return key_ring(run.version.dataset, release=run.pk, recipient=str(copy.recipient_id))


def _cut(run: Run, projection: Projection, target: Path) -> int:
    """Write the part of a version that a projection leaves; return how many rows it has."""
    rows = 0
    with open_stored(run.version.file) as file:
        parts = parts_of(file, projection)
        first = next(parts)
        with pq.ParquetWriter(target, first.schema, compression="zstd") as writer:
            for part in parts:
                rows += len(part)
                if len(part):
                    writer.write_table(part)
    return rows


# Compute the results of runs that only look.

STUDY_OPENED, ANSWERED = 0.05, 0.95
MOST_TIES = 12


def study(run: Run, folder: Path, heartbeat: Heartbeat, by: Actor) -> None:
    """Answer the question of a run and keep the answer."""
    source = opened_source(run.version, folder, exclusions_of(run.version.dataset))
    question = run.study.question
    if run.kind == RunKind.TRADEOFF:
        answer = _tradeoff(source, question, heartbeat)
    else:
        answer = _comparison(run, source, question, folder, heartbeat)
    heartbeat.report(ANSWERED, Step.KEEP)
    finish_study(run.pk, attempt=run.attempt, answer=answer, by=by)


def _tradeoff(source: Path, question: dict[str, Any], heartbeat: Heartbeat) -> dict[str, Any]:
    heartbeat.report(STUDY_OPENED, Step.ATTACK)
    return try_treatments(
        source,
        Policy.from_dict(question["policy"]),
        roles=question["roles"],
        limits=Limits(**question["limits"]),
        known=question["known"],
        progress=lambda share: heartbeat.report(
            STUDY_OPENED + (ANSWERED - STUDY_OPENED) * share, Step.ATTACK
        ),
    ).as_dict()


def _comparison(
    run: Run, source: Path, question: dict[str, Any], folder: Path, heartbeat: Heartbeat
) -> dict[str, Any]:
    asked = question["masked"]
    children = {str(child.pk): child for child in run.version.children.select_related("file")}
    compared = []
    for number, one in enumerate(asked):
        heartbeat.report(
            STUDY_OPENED + (ANSWERED - STUDY_OPENED) * number / len(asked), Step.COMPARE
        )
        child = children[one["version"]]
        masked, roles = decrypt_into(child.file, folder), _roles(child, run.version)
        policy = Policy.from_dict(one["policy"])
        found = compare_tables(
            source,
            masked,
            quasi_identifiers=[rule.name for rule in policy.generalized],
            hierarchies=_given(policy),
        ).as_dict()
        heartbeat.report(
            STUDY_OPENED + (ANSWERED - STUDY_OPENED) * (number + 0.7) / len(asked), Step.PROFILE
        )
        found["associations"] = found["associations"][:MOST_TIES]
        found["version"] = one["version"]
        made_by, histograms = policy_that_made(child), dict[str, Any]()
        ends = made_by.ends if made_by else {}
        for profile in profile_table(masked):
            # Of a column that came as two, it is where the intervals begin that is drawn.
            name = ends.get(profile.name, profile.name)
            histograms.setdefault(name, profile.shown(roles[name]).as_dict()["histogram"])
        found["histograms"] = histograms
        compared.append(found)
    return {"compared": compared}


def _roles(masked: DatasetVersion, source: DatasetVersion) -> dict[str, str]:
    """Return the class by which each masked column's profile is shown: the stricter of two.

    A pseudonym and a text with marks in it still speak of one person.
    """
    found = {finding.name: finding.role for finding in findings_of(source)}
    policy = policy_that_made(masked)
    for rule in policy.columns if policy else ():
        one_person = rule.masks_within or MASKS[rule.mask].description.pseudonymous
        if one_person or rule.role == ColumnRole.DIRECT:
            found[rule.name] = ColumnRole.DIRECT
        elif found[rule.name] == ColumnRole.OTHER:
            found[rule.name] = rule.role
    return found


def _given(policy: Policy) -> dict[str, Hierarchy]:
    rows = {rule.name: rule.make_mask().options.table("hierarchy") for rule in policy.generalized}
    return {name: Hierarchy.checked(name, one) for name, one in rows.items() if one}


REASONS = Reasons((DesensitizeError,), RUN_SENTENCES)
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
    """Do a run that waits; any other is left alone."""
    execute_job(run_id, queue=RUNS, work=_work, reasons=REASONS)


def _work(run: Run, folder: Path, heartbeat: Heartbeat, by: Actor) -> None:
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
    key = key_pair(source, profiles)
    heartbeat.report(CLASSIFIED, Step.KEEP)
    finish_profile(
        run.pk, attempt=run.attempt, profiles=profiles, proposals=proposals, key=key, by=by
    )


def _relay(heartbeat: Heartbeat, share: float, step: str) -> None:
    heartbeat.report(OPENED + (ENGINE_DONE - OPENED) * share, ENGINE_STEPS.get(step, Step.CHECK))


def _mask(run: Run, folder: Path, heartbeat: Heartbeat, by: Actor) -> None:
    assert run.policy is not None
    source, target = _opened(run, folder), folder / "masked.parquet"
    policy = Policy.from_dict(run.policy.document)

    if policy.synthetic is not None:
        _draw(run, policy, source, target, heartbeat, by)
        return
    counted = counted_roles(run.policy)
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
        exclusions=run.exclusions,
        by=by,
    )
