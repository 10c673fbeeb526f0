"""Try a masked version together with the earlier releases of the same people."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from desensitize.attacks import Attack, Earlier, Play, Release
from desensitize.attacks.composition import NAME, composition
from desensitize.attacks.over_time import worse_of
from desensitize.attacks.people import sketch_people
from desensitize.attacks.personal import Personal, personal_in
from desensitize.attacks.registry import ATTACKERS
from desensitize.attacks.verdict import Judgement, held_to, judge, judge_together
from desensitize.policy import Policy
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, WrongState
from marketplace.jobs.heartbeat import Heartbeat
from marketplace.preparation.column.models import ColumnRole
from marketplace.preparation.column.selectors import findings_of
from marketplace.preparation.exclusion.excluding import exclusions_of_release, opened_source
from marketplace.preparation.policy.relabelling import counted_roles
from marketplace.preparation.policy.selectors import policy_of
from marketplace.preparation.release.comparing import compare_what_is_open
from marketplace.preparation.release.life import as_tried
from marketplace.preparation.release.people import (
    earlier_releases,
    unsketched_sources,
    untried_with,
)
from marketplace.preparation.release.services import finish_composition, keep_sketch, people_key
from marketplace.preparation.report.judging import release_of
from marketplace.preparation.report.measurement import limits_of_centre
from marketplace.preparation.report.selectors import report_of
from marketplace.preparation.run.models import Run, Step
from marketplace.vault.services import decrypt_into

OPENED, TRIED = 0.1, 0.95

Paths = dict[UUID | tuple[UUID, tuple[str, ...]], Path]
"""Open files: masked versions by their ids, sources by `source_key`."""


def sketch_source(version: DatasetVersion, source: Path, policy: Policy, *, by: Actor) -> None:
    """Keep a sketch of the people of a source version, to know them again in other sources."""
    key = people_key(version.dataset.organization_id)
    sketch = sketch_people(source, key=key, person=policy.person)
    keep_sketch(version.pk, sketch=sketch, person=policy.person, by=by)


def sketch_what_is_out(version: DatasetVersion, folder: Path, *, by: Actor) -> None:
    """Sketch the sources of what the organization let out before there were sketches."""
    for source in unsketched_sources(version.dataset.organization_id).exclude(pk=version.pk):
        confirmed = policy_of(source)
        if confirmed is not None:
            path = decrypt_into(source.file, folder)
            sketch_source(source, path, Policy.from_dict(confirmed.document), by=by)
            path.unlink()


def opened_earlier(
    versions: Sequence[DatasetVersion], folder: Path, opened: Paths
) -> dict[UUID, Earlier]:
    """Decrypt earlier releases and, where it is still there, the source of each, by version.

    `opened` holds by version what is open already. A source has the rows that the release's own
    run read: persons who left later were in it.
    """
    found = {}
    for version in versions:
        source = version.parent
        assert source is not None, "a masked version has its source"
        if version.pk not in opened:
            opened[version.pk] = decrypt_into(version.file, folder)
        codes = exclusions_of_release(version)
        key = source_key(source.pk, codes)
        if key not in opened and source.raw_destroyed_at is None:
            opened[key] = opened_source(source, folder, codes)
        found[version.pk] = Earlier(opened[version.pk], opened.get(key))
    return found


def source_key(source_id: UUID, codes: Sequence[str]) -> tuple[UUID, tuple[str, ...]]:
    """Return under what a source is open, without the rows that have one of the codes."""
    return source_id, tuple(codes)


def beside(release: Release, run: Run, earlier: tuple[Earlier, ...]) -> Release:
    """Return a release beside earlier ones, with all by which somebody is found in any of them.

    What one release leaves out the other may show: an attacker knows the columns of both.
    """
    found = findings_of(run.version).filter(role=ColumnRole.QUASI)
    known = dict.fromkeys(found.values_list("name", flat=True))
    rules = release.policy.columns if release.policy else ()
    known |= dict.fromkeys(rule.name for rule in rules if rule.role == ColumnRole.QUASI)
    held = {*release.quasi_identifiers, *release.sensitive, *release.cleared}
    more = tuple(name for name in known if name not in held)
    return replace(release, quasi_identifiers=(*release.quasi_identifiers, *more), earlier=earlier)


def sketch_all(run: Run, source: Path, policy: Policy, folder: Path, *, by: Actor) -> None:
    """Sketch the people of a run's source, and of all that went out and has no sketch.

    Where somebody can be found by columns, that comes first: what went out before is then looked
    at by the sketch. Any other source is sketched once it is seen to concern somebody, if it does.
    Where sketches leave open whether two sources share people, all their rows are compared.
    """
    sketch_what_is_out(run.version, folder, by=by)
    sketch_source(run.version, source, policy, by=by)
    compare_what_is_open(run, run.version, folder, by=by)


def earlier_of(
    run: Run, source: Path, folder: Path, *, counted: Collection[UUID] = ()
) -> dict[UUID, Earlier]:
    """Open all that went out of the same people, but versions whose counts were looked at."""
    versions = list(earlier_releases(run.version).exclude(pk__in=counted))
    opened: Paths = {source_key(run.version_id, run.exclusions): source}
    return opened_earlier(versions, folder, opened)


def judged_beside(
    release: Release,
    run: Run,
    earlier: Mapping[UUID, Earlier],
    over_time: Attack | None = None,
    chain: Collection[UUID] = (),
    *,
    personal: Personal | None = None,
) -> tuple[Judgement, dict[UUID, Attack]]:
    """Return what attackers make of a release, of which one holds the earlier ones too.

    Beside it stands what that one reached with each of them, by their versions. `over_time` is what
    was reached with those of `chain`, by their counts. `personal` is what `personal_in` says, where
    that was asked before.
    """
    together = beside(release, run, tuple(earlier.values()))

    def compose_both(_alone: Release, /, *, limit: float) -> Attack:
        if over_time is not None and not earlier:
            return over_time
        found = composition(together, limit=limit)
        return found if over_time is None else worse_of(found, over_time)

    limits, personal = limits_of_centre(), personal or personal_in(release)
    counted = {}
    if over_time is not None:
        counted = dict.fromkeys(chain, held_to(over_time, personal, limits))
    attackers: dict[str, Play] = {**ATTACKERS, NAME: compose_both}
    judgement = judge(release, limits, attackers=attackers, personal=personal)
    attack = next((one for one in judgement.attacks if one.name == NAME), None)
    if attack is not None and (attack.passed or len(earlier) + len(counted) == 1):
        # What holds with all holds with each.
        return judgement, counted | dict.fromkeys(earlier, attack)
    attacks = judge_together(together, limits, personal=personal.beside(together))
    return judgement, counted | dict(zip(earlier, attacks, strict=True))


def compose(run: Run, folder: Path, heartbeat: Heartbeat, by: Actor) -> None:
    """Try the version of a run together with what was let out since it was measured.

    First it is looked whether they share people, where sketches leave that open.
    """
    report, parent = report_of(run.version_id), run.version.parent
    if report is None or parent is None or report.measured_by.policy is None:
        raise WrongState("The risk report was withdrawn meanwhile.", code="risk-missing")
    compare_what_is_open(run, parent, folder, by=by)
    versions = untried_with(run.version)
    if not versions:
        finish_composition(run.pk, attempt=run.attempt, found={}, by=by)
        return
    policy = Policy.from_dict(report.measured_by.policy.document)
    codes = report.measured_by.exclusions
    source = opened_source(parent, folder, codes)
    released = decrypt_into(run.version.file, folder)
    opened: Paths = {source_key(parent.pk, codes): source, run.version_id: released}
    heartbeat.report(OPENED, Step.ATTACK)
    earlier = opened_earlier(versions, folder, opened)
    counted = counted_roles(report.measured_by.policy)
    tried, recoding = as_tried(report.measured_by, policy, counted, released, folder)
    release = release_of(
        report.measured_by, policy, counted, source=source, released=tried, recoding=recoding
    )
    together = beside(release, report.measured_by, tuple(earlier.values()))
    attacks = judge_together(together, limits_of_centre())
    heartbeat.report(TRIED, Step.KEEP)
    found = dict(zip(earlier, attacks, strict=True))
    finish_composition(run.pk, attempt=run.attempt, found=found, by=by)
