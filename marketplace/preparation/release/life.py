"""Make a version a revision of what went out before by the same policy: labels, waits, counts."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path
from typing import IO, Any, cast

import numpy as np
import polars as pl

from desensitize.attacks import Attack
from desensitize.attacks.identifiers import remaining_identifiers
from desensitize.attacks.over_time import difference, over_time
from desensitize.attacks.people import Sketch, same_rows
from desensitize.engines import Life, RunResult, refuse_open, run_policy
from desensitize.policy import Policy
from desensitize.privacy import Recoding
from desensitize.privacy.pairs import shown_as
from desensitize.revisions import (
    Asked,
    Before,
    Enough,
    Revised,
    own_rows,
    packed,
    revise,
    row_keys,
    shuffled,
    unpacked,
)
from marketplace.catalog.version.models import DatasetVersion
from marketplace.preparation.column.selectors import explained_columns
from marketplace.preparation.policy.relabelling import CountedRoles
from marketplace.preparation.policy.services import key_ring
from marketplace.preparation.release.models import PeopleSketch, RevisionCounts
from marketplace.preparation.release.selectors import chain_of, counts_before
from marketplace.preparation.release.services import people_key
from marketplace.preparation.report.measurement import limits_of_centre
from marketplace.preparation.run.models import Run
from marketplace.vault.services import decrypt_into, open_stored

Tell = Callable[[float, str], None]


@dataclass(frozen=True)
class Line:
    """Hold what went out before by the policy of a run, opened; nothing where it is the first.

    `chain` are the counts of each revision, the newest last.
    """

    chain: tuple[RevisionCounts, ...]
    before: Before | None

    @property
    def recoding(self) -> Recoding | None:
        """Return the labels in force."""
        return self.before.told.last.recoding if self.before else None


@dataclass(frozen=True)
class Written:
    """Hold what a run wrote as a revision; `revised` is None where nobody can be found by it.

    `tried` is what attackers link to the source: the written file, without rows that stay.
    """

    made: RunResult
    revised: Revised | None
    counts: Path | None
    tried: Path

    def figures(self) -> dict[str, Any]:
        """Return what a measurement has of how the file was made."""
        made, revised = self.made, self.revised
        return {
            "rows_read": made.rows_read,
            "suppressed_rows": made.suppressed_rows,
            "suppressed_cells": made.suppressed_cells,
            "loss": made.loss,
            "recoding": made.recoding.sha256 if made.recoding else "",
            "waiting_rows": revised.waiting if revised else 0,
            "staying_rows": revised.staying if revised else 0,
        }


def line_before(run: Run, folder: Path) -> Line:
    """Open what went out before by the policy of a run; its source has been sketched."""
    newest = counts_before(run)
    if newest is None:
        return Line((), None)
    chain = chain_of(newest)
    told = unpacked([_opener(one) for one in chain], folder)
    released = decrypt_into(newest.version.file, folder)
    # Who can be told by a pseudonym is not hidden by waiting.
    hides = not remaining_identifiers(Policy.from_dict(run.followed.document))
    goes = hides and is_mostly_same(run.version, newest.version)
    return Line(chain, Before(told, released, goes))


def as_tried(
    run: Run, policy: Policy, counted: CountedRoles, released: Path, folder: Path
) -> tuple[Path, Recoding | None]:
    """Return what attackers link to the source of a masked version, and the labels that made it."""
    own = RevisionCounts.objects.filter(version=run.result_version).select_related("file").first()
    if own is None:
        return released, None
    part = unpacked([_opener(own)], folder / "counts").last
    tried = own_rows(released, part, asked_of(run, policy, counted), folder / "own.parquet")
    return tried, part.recoding


def _opener(counts: RevisionCounts) -> Callable[[], IO[bytes]]:
    return lambda: cast(IO[bytes], open_stored(counts.file))


def is_mostly_same(version: DatasetVersion, before: DatasetVersion) -> bool:
    """Return whether most rows of a source are those of the source of an earlier release."""
    found = PeopleSketch.objects.filter(version__in=[version.pk, before.parent_id])
    sketches = {one.version_id: Sketch.from_bytes(bytes(one.content)) for one in found}
    if version.pk == before.parent_id:
        return True
    if len(sketches) < 2:
        return False
    return same_rows(*sketches.values())


def with_objections(line: Line, run: Run, policy: Policy, source: Path, folder: Path) -> Line:
    """Return the line with the people whose rows leave at once, as they asked."""
    if line.before is None or not run.exclusions:
        return line
    key = people_key(run.version.dataset.organization_id)
    apart = folder / "all"
    apart.mkdir(mode=0o700)
    whole = decrypt_into(run.version.file, apart)
    everybody, others = (
        row_keys(pl.scan_parquet(path), key, policy.person) for path in (whole, source)
    )
    whole.unlink()
    before = replace(line.before, objecting=np.setdiff1d(everybody, others))
    return replace(line, before=before)


def write_revision(
    run: Run,
    policy: Policy,
    counted: CountedRoles,
    line: Line,
    *,
    source: Path,
    target: Path,
    folder: Path,
    tell: Tell,
) -> Written:
    """Mask a source by the labels in force, let rows wait or stay, and count what is told.

    Raises:
        DesensitizeError: the policy does not fit the table, or a value fits no label in force.
        TableError: as `run_policy`.
    """
    if line.before is not None:
        refuse_open(policy)
    keys = key_ring(run.version.dataset, release=run.pk)
    aligned = folder / "aligned.parquet" if counted.quasi_identifiers else None
    goes = line.before is not None and line.before.goes_on
    made = run_policy(
        source,
        target,
        policy,
        keys=keys,
        work=folder,
        progress=tell,
        explained=explained_columns(run.version),
        life=Life(line.recoding, enforced=not goes),
        aligned=aligned,
    )
    if aligned is None:
        return Written(made, None, None, target)
    explained, asked = explained_columns(run.version, policy), asked_of(run, policy, counted)
    revised = revise(
        aligned,
        target,
        pl.scan_parquet(source),
        asked=asked,
        before=line.before,
        recoding=made.recoding,
        folder=folder / "told",
        shuffle=lambda one, other: shuffled(
            one, other, keys=keys, work=folder, explained=explained
        ),
    )
    aligned.unlink()
    tried = own_rows(target, revised.part, asked, folder / "own.parquet")
    return Written(made, revised, packed(revised.part, folder / "told.zip"), tried)


def asked_of(run: Run, policy: Policy, counted: CountedRoles) -> Asked:
    """Return who is found by what, and how many hide each other, by the stricter of two."""
    limits = limits_of_centre()
    values = {
        f"value {name}": max(2, ceil(one.least))
        for column, one in policy.diversity.items()
        for name in policy.rule(column).released_as
    }
    return Asked(
        counted.quasi_identifiers,
        counted.sensitive,
        policy.person,
        Enough(max(policy.smallest_class, limits.k), values),
        people_key(run.version.dataset.organization_id),
    )


def tried_over_time(
    written: Written, line: Line, counted: CountedRoles, *, released: Path
) -> Attack | None:
    """Return how far somebody comes who holds all revisions and knows when a person came or left.

    None where it is the first, or nobody can be found by any.
    """
    if written.revised is None or line.before is None:
        return None
    limits = limits_of_centre()
    came = left = None
    there = written.made.columns
    known = [name for name in shown_as(counted.quasi_identifiers, there) if name in there]
    sensitive = [name for name in shown_as(counted.sensitive, there) if name in there]
    if line.before.goes_on:
        came, left = (
            difference(one, other, known=known, sensitive=sensitive, k=limits.k)
            for one, other in (
                (released, line.before.released),
                (line.before.released, released),
            )
        )
    return over_time(
        written.revised.candidates,
        came=came,
        left=left,
        known=known,
        k=limits.k,
        limit=limits.excess,
    )
