"""Ask the rules in force of a version's bytes, outside any transaction."""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

import polars as pl
from django.utils import timezone

from desensitize.errors import TableError
from desensitize.quality import Circumstances, Described, Measured, Rule, measure, reference_keys
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.quality.adapters import rules_read
from marketplace.catalog.quality.rules import check_set_quality_rules
from marketplace.catalog.quality.selectors import past_rows, rules_in_force, to_measure
from marketplace.catalog.quality.services import record_quality
from marketplace.catalog.version.adapters import refusal_of
from marketplace.catalog.version.code_lists import codes_of, missing_codes
from marketplace.catalog.version.models import Column, DatasetVersion, VersionKind
from marketplace.catalog.version.selectors import (
    columns_of,
    latest_source_version,
    versions_visible_to,
)
from marketplace.core import Actor, Door, Refusal, WrongState, visible
from marketplace.vault.services import open_stored

log = logging.getLogger(__name__)

PREVIEW_ROWS = 200_000
"""So many rows a preview looks at."""


def measure_version(version_id: UUID) -> None:
    """Ask the rules in force of a version and of what was masked of it, where they were not yet.

    It may be called twice: what these rules have found already is left alone.
    """
    by = Actor.system(Door.TASK)
    version = visible(versions_visible_to(by), pk=version_id)
    rules = rules_in_force(version.dataset)
    if rules is None:
        return
    for one in to_measure(version, rules):
        references: dict[str, str] = {}
        try:
            measured = measured_with(one, rules.read, references)
        except (TableError, Refusal) as error:
            # It stays as it waits, and so goes no further; the centre looks into it.
            log.error("The quality of version %s was not measured: %s.", one.pk, error.code)
            continue
        record_quality(one.pk, rules_id=rules.pk, measured=measured, references=references, by=by)


def preview_quality(dataset_id: UUID, *, rules: Sequence[Mapping[str, Any]], by: Actor) -> Measured:
    """Return what rules would find of the newest version; nothing is kept.

    Of a long table the first rows are asked (`PREVIEW_ROWS`).

    Raises:
        NotFound, NotAllowed, WrongState: as for `set_quality_rules`; or the raw data was destroyed
            (`raw-destroyed`).
        Invalid: a rule cannot be read.
    """
    dataset = visible(datasets_visible_to(by), pk=dataset_id)
    check_set_quality_rules(dataset, by)
    read = rules_read(rules)
    newest = latest_source_version(dataset)
    assert newest is not None, "the rule has asked"
    newest.dataset = dataset
    try:
        return measured_with(newest, read, {}, most_rows=PREVIEW_ROWS)
    except TableError as error:
        raise refusal_of(error) from error


def measured_with(
    version: DatasetVersion,
    rules: Sequence[Rule],
    references: dict[str, str],
    *,
    most_rows: int | None = None,
) -> Measured:
    """Ask rules of a version's bytes; `references` is filled with the digests looked into.

    Raises:
        TableError: the stored table cannot be read.
        WrongState: the bytes are gone or damaged.
    """
    columns = list(columns_of(version))
    altered = {column.name for column in columns if column.is_altered}
    dropped: set[str] = set()
    if version.kind == VersionKind.MASKED and version.parent is not None:
        dropped = {column.name for column in columns_of(version.parent)} - {
            column.name for column in columns
        }
    circumstances = Circumstances(
        arrived=timezone.localdate(version.source.created_at),
        past=past_rows(version),
        described={column.name: _described(column) for column in columns},
        altered=altered,
        dropped=dropped,
        reference=_lookup(version.dataset, rules, references),
    )
    with open_stored(version.file) as stored:
        return measure(stored, rules, circumstances, most_rows=most_rows)


def _described(column: Column) -> Described:
    if column.is_altered:
        return Described()
    missing = missing_codes(column)
    return Described(missing, tuple(code for code in codes_of(column) if code not in missing))


def _lookup(
    dataset: Dataset, rules: Sequence[Rule], references: dict[str, str]
) -> Callable[[str, str], pl.DataFrame | None]:
    """Return what opens the column of another dataset of the same organization."""

    def keys_of(other_id: str, name: str) -> pl.DataFrame | None:
        try:
            other = Dataset.objects.filter(
                pk=UUID(other_id), organization_id=dataset.organization_id
            ).first()
        except ValueError:
            return None
        newest = latest_source_version(other) if other is not None else None
        if newest is None or newest.raw_destroyed_at is not None:
            return None
        column = columns_of(newest).filter(name=name).first()
        if column is None:
            return None
        try:
            with open_stored(newest.file) as stored:
                keys = reference_keys(stored, name, _described(column))
        except (TableError, WrongState):
            return None
        for rule in rules:
            if rule.kind == "exists" and rule.parameters["dataset"] == other_id:
                references[rule.key] = newest.sha256
        return keys

    return keys_of
