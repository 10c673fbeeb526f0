"""Write a copy of a masked version for one recipient: a part of it, or with marks of its own."""

from pathlib import Path

import pyarrow.parquet as pq

from desensitize.crypto import KeyRing
from desensitize.engines import run_policy
from desensitize.masks import MASKS
from desensitize.policy import ColumnRule, Policy
from desensitize.risk import class_sizes, full_scan, measure
from marketplace.catalog.version.projections import Projection
from marketplace.catalog.version.rows import parts_of
from marketplace.core import Actor, WrongState
from marketplace.jobs.heartbeat import Heartbeat
from marketplace.preparation.column.selectors import explained_columns
from marketplace.preparation.policy.services import key_ring
from marketplace.preparation.release.models import Copy
from marketplace.preparation.release.selectors import policy_that_made
from marketplace.preparation.release.services import finish_copy
from marketplace.preparation.report.measurement import Measurement
from marketplace.preparation.run.models import Run, Step
from marketplace.vault.services import open_stored

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
