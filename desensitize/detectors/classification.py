"""Propose what each column of a table is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
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


@dataclass(frozen=True)
class Looked:
    """Hold the sampled columns of a table, each judged by itself.

    That takes most of the time, so that whoever asks more than once of a table keeps it.
    """

    columns: tuple[SampledColumn, ...]
    judged: tuple[Proposal, ...]

    @classmethod
    def at(cls, path: Path, names: Sequence[str] | None = None) -> "Looked":
        """Look at a Parquet file, or at some of its columns.

        Raises:
            TableError: `unreadable-table`.
        """
        return cls.of(sampled_columns(path, names))

    @classmethod
    def of(cls, columns: Sequence[SampledColumn]) -> "Looked":
        """Look at columns that were sampled."""
        return cls(tuple(columns), tuple(judged(column) for column in columns))

    def among(self, names: Sequence[str]) -> "Looked":
        """Return the same of a table that has these columns alone."""
        places = {column.name: place for place, column in enumerate(self.columns)}
        chosen = [places[name] for name in names]
        return Looked(
            tuple(self.columns[place] for place in chosen),
            tuple(self.judged[place] for place in chosen),
        )

    def proposals(self) -> tuple[Proposal, ...]:
        """Propose role and kind of each column, now that it stands beside the others."""
        places = coordinate_columns(self.columns)
        proposals = [_located(one, places) for one in self.judged]
        if any(one.role == "direct" and one.kind is not None for one in proposals):
            proposals = [_beside_persons(one) for one in proposals]
        return tuple(proposals)


def classify_columns(columns: Sequence[SampledColumn]) -> tuple[Proposal, ...]:
    """Propose role and kind of each sampled column of one table."""
    return Looked.of(columns).proposals()


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
