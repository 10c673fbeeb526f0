"""Datasets in each state, reached by acts."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

from marketplace.catalog.approval.services import approve_dataset, submit_dataset
from marketplace.catalog.dataset.descriptions import DatasetDescription
from marketplace.catalog.dataset.grading import HarmDegree, HarmedObject, Impact
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.services import register_dataset
from marketplace.catalog.grade.services import grade_dataset
from marketplace.catalog.new_version.services import keep_table
from marketplace.catalog.version.annotations import LONGEST, ColumnAnnotation
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.reading import CleanTable, clean_table
from marketplace.catalog.version.selectors import columns_of, latest_source_version
from marketplace.catalog.version.services import annotate_columns
from marketplace.review.checklists import CHECKLISTS
from marketplace.vault.incoming import encrypt_path, encrypt_stream
from tests.given.shelf import kept
from tests.given.world import World

TRIPS = """day,line,boardings,delay_minutes
2026-03-01,1,1204,1.5
2026-03-01,2,980,0.0
2026-03-02,1,1311,2.25
2026-03-02,2,1002,0.5
"""
"""A table about no person."""

WIDER = "day,line,weather\n2026-03-01,1,rain\n"
"""A later table with another column."""

NEXT_MONTH = """line,day,boardings,delay_minutes
1,2026-04-01,1190,1
2,2026-04-01,1013,0
1,2026-04-02,1276,3
2,2026-04-02,996,2
"""
"""The table of trips a month later: its columns stand in another order, its delays are whole."""

CONTENT_CHECKLIST = tuple(code for code, _sentence in CHECKLISTS["content"])

DESCRIPTION = DatasetDescription(
    title="Bus boardings by line and day",
    abstract="How many passengers boarded each bus line a day, with the mean delay.",
    theme="transport",
    asset_kind="public_service",
    source_kind="own_production",
    source_description="Counted by the ticket machines of the bureau's buses.",
    legal_basis="Statute of the Transport Bureau, section 4",
    region="Minjiang",
    time_scope="March 2026",
    update_frequency="monthly",
    contact="2 Office Street, Minjiang",
    personal_basis="none",
)
SLIGHT = (Impact(HarmedObject.ORGANIZATION, HarmDegree.GENERAL),)


def description(**changes: str) -> DatasetDescription:
    """Return a description that keeps every rule, with changes."""
    return replace(DESCRIPTION, **changes)


@kept
def draft_dataset(world: World, *, by: str = "officer", **changes: str) -> Dataset:
    """Register a dataset without data."""
    return register_dataset(description=description(**changes), by=world.actor(by))


def uploaded_version(
    world: World, dataset: Dataset, *, table: str = TRIPS, by: str = "officer"
) -> DatasetVersion:
    """Give a dataset its data."""
    read = table_of(table)
    return keep_table(dataset.pk, table=read, clean=encrypt_path(read.path), by=world.actor(by))


def annotated_version(
    world: World, dataset: Dataset, *, table: str = TRIPS, by: str = "officer"
) -> DatasetVersion:
    """Give a dataset its data, and each column a label."""
    version = uploaded_version(world, dataset, table=table, by=by)
    annotations = [
        ColumnAnnotation(
            column.name, label=column.name.replace("_", " ").capitalize()[: LONGEST["label"]]
        )
        for column in columns_of(version)
    ]
    return annotate_columns(version.pk, columns=annotations, by=world.actor(by))


@kept
def ready_dataset(
    world: World,
    *,
    table: str = TRIPS,
    impacts: tuple[Impact, ...] = SLIGHT,
    negative_list: tuple[str, ...] = (),
    by: str = "officer",
    **changes: str,
) -> Dataset:
    """Register, fill, annotate and grade a dataset, so that it can be submitted."""
    dataset = draft_dataset(world, by=by, **changes)
    annotated_version(world, dataset, table=table, by=by)
    return grade_dataset(
        dataset.pk, impacts=impacts, negative_list=negative_list, by=world.actor(by)
    )


@kept
def submitted_dataset(
    world: World,
    *,
    table: str = TRIPS,
    impacts: tuple[Impact, ...] = SLIGHT,
    negative_list: tuple[str, ...] = (),
    by: str = "officer",
    **changes: str,
) -> Dataset:
    """Submit a dataset for content review."""
    dataset = ready_dataset(
        world, table=table, impacts=impacts, negative_list=negative_list, by=by, **changes
    )
    return submit_dataset(dataset.pk, by=world.actor(by))


@kept
def approved_dataset(
    world: World,
    *,
    table: str = TRIPS,
    impacts: tuple[Impact, ...] = SLIGHT,
    negative_list: tuple[str, ...] = (),
    by: str = "officer",
    **changes: str,
) -> Dataset:
    """Bring a dataset through content review."""
    dataset = submitted_dataset(
        world, table=table, impacts=impacts, negative_list=negative_list, by=by, **changes
    )
    return approve_dataset(dataset.pk, checklist=CONTENT_CHECKLIST, by=world.actor("reviewer"))


def approved_again(world: World, dataset: Dataset, *, by: str = "officer") -> Dataset:
    """Bring a dataset that was opened again through content review."""
    submit_dataset(dataset.pk, by=world.actor(by))
    approve_dataset(dataset.pk, checklist=CONTENT_CHECKLIST, by=world.actor("reviewer"))
    dataset.refresh_from_db()
    return dataset


def approved_as_it_is(world: World, dataset: Dataset) -> Dataset:
    """Label the columns of what a draft holds, and bring it through content review."""
    officer = world.actor("officer")
    version = source_version(dataset)
    annotations = [ColumnAnnotation(one.name, label=one.name) for one in columns_of(version)]
    annotate_columns(version.pk, columns=annotations, by=officer)
    grade_dataset(dataset.pk, impacts=SLIGHT, negative_list=(), by=officer)
    submit_dataset(dataset.pk, by=officer)
    return approve_dataset(dataset.pk, checklist=CONTENT_CHECKLIST, by=world.actor("reviewer"))


def source_version(dataset: Dataset) -> DatasetVersion:
    """Return the newest source version, which there is."""
    version = latest_source_version(dataset)
    assert version is not None
    return version


@cache
def table_of(text: str) -> CleanTable:
    """Read a table in the child process, once a session: many tests need the same one."""
    # The folder of the session, which is removed with all that is in it.
    folder = Path(tempfile.mkdtemp(prefix="clean-table-", dir=os.environ["TEST_VAR_DIR"]))
    incoming = encrypt_stream([text.encode()])
    try:
        return clean_table(incoming, name="trips.csv", folder=folder)
    finally:
        incoming.discard()
