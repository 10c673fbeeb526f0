"""Propose what each column of a table is."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from desensitize.detectors.column import SampledColumn
from desensitize.detectors.contract import Proposal
from desensitize.detectors.coordinates import coordinate_columns
from desensitize.detectors.evidence import proposal
from desensitize.detectors.judgement import judged
from desensitize.detectors.sampling import sampled_columns
from desensitize.profile import ColumnProfile

PAIRED, ALONE = 0.9, 0.6


def classify_table(
    path: Path, profiles: Sequence[ColumnProfile] | None = None
) -> tuple[Proposal, ...]:
    """Propose role and kind of each column, from its header and a sample of values.

    The sample is of at most 1,000 rows from all over a Parquet file. `profiles`, where they are
    known, say exactly which columns hold no value twice.

    Raises:
        TableError: `unreadable-table`.
    """
    columns = sampled_columns(path, None if profiles is None else [one.name for one in profiles])
    if profiles is not None:
        columns = [
            replace(
                column,
                all_distinct=column.all_distinct and _is_unique(profile),
                known_distinct=profile.distinct,
            )
            for column, profile in zip(columns, profiles, strict=True)
        ]
    return classify_columns(columns)


def classify_columns(columns: Sequence[SampledColumn]) -> tuple[Proposal, ...]:
    """Propose role and kind of each sampled column of one table."""
    places = coordinate_columns(columns)
    proposals = [_located(judged(column), places) for column in columns]
    if any(one.role == "direct" and one.kind is not None for one in proposals):
        proposals = [_beside_persons(one) for one in proposals]
    return tuple(proposals)


def _is_unique(profile: ColumnProfile) -> bool:
    return profile.distinct == profile.rows - profile.nulls


def _located(found: Proposal, places: dict[str, bool]) -> Proposal:
    if found.name not in places or found.kind is not None or found.evidence_code == "header":
        return found
    if places[found.name]:
        return proposal(found.name, "quasi", "GEO", PAIRED, "coordinates_beside")
    return proposal(found.name, "quasi", "GEO", ALONE, "coordinates_alone")


def _beside_persons(found: Proposal) -> Proposal:
    if found.role != "other":
        return found
    if found.kind == "DATE":
        return proposal(found.name, "quasi", "DATE", found.confidence, "date_beside_persons")
    if found.kind == "ORG":
        return replace(found, role="quasi")
    return found
