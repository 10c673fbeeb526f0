"""Propose what each column of a table is."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from desensitize.detectors.contract import Detector, Proposal
from desensitize.detectors.evidence import proposal
from desensitize.detectors.lexicon import found_word, role_of
from desensitize.detectors.registry import DETECTORS
from desensitize.errors import TableError
from desensitize.profile import ColumnProfile

SAMPLE_ROWS = 10_000
SAMPLE_PARTS = 10
LEAST_UNIQUE_ROWS = 20
# A header alone is believed less the less the values agree with it.
HEADER_CONFIDENCE = 0.6


def classify_table(path: Path, profiles: Sequence[ColumnProfile]) -> tuple[Proposal, ...]:
    """Propose role and kind of each profiled column, from its header and a sample of values.

    Raises:
        TableError: `unreadable_table`.
    """
    try:
        sample = _sample(path, [profile.name for profile in profiles])
    except (pl.exceptions.PolarsError, OSError) as error:
        raise TableError("unreadable_table") from error
    proposals = [_classify(profile, sample[profile.name]) for profile in profiles]
    if any(one.role == "direct" and one.kind is not None for one in proposals):
        proposals = [_date_beside_persons(one) for one in proposals]
    return tuple(proposals)


def _sample(path: Path, names: list[str]) -> pl.DataFrame:
    table = pl.scan_parquet(path).select(pl.col(name).cast(pl.String) for name in names)
    rows = pl.scan_parquet(path).select(pl.len()).collect().item()
    if rows <= SAMPLE_ROWS:
        return table.collect()
    # Parts from all over the file: heads of files are often sorted or untypical.
    length = SAMPLE_ROWS // SAMPLE_PARTS
    step = (rows - length) // (SAMPLE_PARTS - 1)
    parts = [table.slice(part * step, length) for part in range(SAMPLE_PARTS)]
    return pl.concat(parts).collect()


def _classify(profile: ColumnProfile, sample: pl.Series) -> Proposal:
    values = sample.drop_nulls()
    if not len(values):
        return proposal(profile.name, "other", None, 0.5, "no_values")
    best: Proposal | None = None
    for detector in DETECTORS.values():
        found = _judge(detector, profile, values)
        if found is not None and (best is None or found.confidence > best.confidence):
            best = found
    word = role_of(profile.name)
    if best is not None and best.kind == "DATE" and word is not None and word[0] == "quasi":
        return replace(best, role="quasi")
    if best is not None and (word is None or best.evidence_code != "header_only"):
        return best
    if word is not None:
        return proposal(profile.name, word[0], None, 0.8, "header", word=word[1])
    present = profile.rows - profile.nulls
    if profile.dtype == "text" and LEAST_UNIQUE_ROWS <= present == profile.distinct:
        return proposal(profile.name, "direct", None, 0.5, "unique_values")
    return proposal(profile.name, "other", None, 0.7, "nothing_found")


def _judge(detector: Detector, profile: ColumnProfile, values: pl.Series) -> Proposal | None:
    word = found_word(profile.name, detector.headers)
    if word is None and (detector.needs_header or _is_serial(profile, values)):
        return None
    hits = detector.matches(values)
    share = int(hits.sum()) / len(values)
    percent = round(share * 100, 1)
    enough = share >= detector.minimum_share
    if word is not None and enough:
        return proposal(
            profile.name,
            detector.role,
            detector.kind,
            0.9 + 0.1 * share,
            "values_and_header",
            share=percent,
            kind=detector.kind,
            word=word,
        )
    if enough and values.filter(hits).n_unique() >= detector.minimum_distinct:
        return proposal(
            profile.name,
            detector.role,
            detector.kind,
            0.9 * share,
            "values",
            share=percent,
            kind=detector.kind,
        )
    if word is not None and profile.dtype in ("text", "integer"):
        return proposal(
            profile.name,
            detector.role,
            detector.kind if share > 0.3 else None,
            HEADER_CONFIDENCE * (0.5 + share / 2),
            "header_only",
            share=percent,
            kind=detector.kind,
            word=word,
        )
    return None


def _is_serial(profile: ColumnProfile, values: pl.Series) -> bool:
    # Numbers that rise by one constant step count things; persons' numbers do not.
    if len(values) < LEAST_UNIQUE_ROWS:
        return False
    numbers = values.head(SAMPLE_ROWS // SAMPLE_PARTS).cast(pl.Int64, strict=False)
    if numbers.null_count():
        return False
    steps = numbers.diff().drop_nulls()
    return bool(len(steps)) and steps.n_unique() == 1


def _date_beside_persons(found: Proposal) -> Proposal:
    if found.kind != "DATE" or found.role != "other":
        return found
    return proposal(found.name, "quasi", "DATE", found.confidence, "date_beside_persons")
